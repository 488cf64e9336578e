"""
Write the tables of the HTML report: upgrades, findings, what does not count, packages.

Rows carry a sort key where their text does not sort, and the words by which they are filtered.
"""

from collections.abc import Iterable, Sequence

from pratique.model.finding import Finding, FindingKind
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.reports._html_text import Cell, Row, code, grade, linked, mark, table, text
from pratique.reports._places import KIND_WORDS, about, detail, hidden, layer_words, place
from pratique.reports._sentences import by_severity, plural
from pratique.reports._steps import step
from pratique.reports._subjects import is_of_language
from pratique.reports._suppressed import suppressed_counts
from pratique.reports._upgrades import Upgrade

_LIKELY = 0.1
"""The probability of exploitation (EPSS) from which it is shown."""


def upgrades(found: Sequence[Upgrade]) -> list[str]:
    """Return the table of what to upgrade."""
    placed = any(upgrade.places for upgrade in found)
    head = ["Package", "Installed", "Upgrade to", "Flaws", *(["In"] if placed else [])]
    return table("What to upgrade", head, (_upgrade(one, placed=placed) for one in found))


def findings(found: Iterable[Finding], new: frozenset[str] | None = None) -> list[str]:
    """Return the table of findings, worst first; ``new`` are the ids that a baseline lacks."""
    head = ("Severity", "Finding", "Package or place", "Installed", "What to do", "Where")
    rows = (Row((*_cells(one, new), *_where(one)), _facts(one, new)) for one in found)
    return table("All findings", head, rows, sortable="findings")


def suppressed(found: Sequence[Finding]) -> list[str]:
    """Return the findings that do not count, by whose word that is, folded."""
    away = [finding for finding in found if finding.suppressed]
    if not away:
        return []
    total = plural(len(away), "finding")
    lines = [f"<details><summary>Suppressed <small>{total}</small></summary>"]
    for who, words in suppressed_counts(away):
        own = [one for one in away if one.suppressed_by is who]
        rows = (Row((*_cells(one)[:4], Cell(text(one.suppressed), "Why"))) for one in own)
        head = ("Severity", "Finding", "Package or place", "Installed", "Why")
        lines.append(f"<h3>{words[:1].upper() + words[1:]}</h3>")
        lines += table(words, head, rows, sortable="plain")
    return [*lines, "</details>"]


def packages(subject: Subject) -> list[str]:
    """Return all packages, folded."""
    if not subject.packages:
        return []
    rows = [_package(package) for package in subject.packages]
    head = ("Package", "Type", "Version", "Licence", "Where")
    total = plural(len(rows), "package")
    return [
        f"<details><summary>Packages <small>{total}</small></summary>",
        *table("All packages", head, rows, sortable="plain"),
        "</details>",
    ]


def _upgrade(upgrade: Upgrade, *, placed: bool) -> Row:
    worst = ", ".join(grade(severity, words) for severity, words in by_severity(upgrade.flaws))
    marks = f" {mark('EXPLOITED', 'critical')}" if upgrade.exploited else ""
    kind = f' <span class="faint">{text(upgrade.type)}</span>' if upgrade.type else ""
    places = "<br>".join(map(code, upgrade.places[:5]))
    more = f"<br>and {len(upgrade.places) - 5} more" if len(upgrade.places) > 5 else ""
    cells = (
        Cell(f"<b>{text(upgrade.name)}</b>{kind}", heads=True),
        Cell(code(upgrade.installed), "Installed"),
        Cell(_target(upgrade), "Upgrade to"),
        Cell(worst + marks),
    )
    return Row((*cells, *([Cell(places + more, "In")] if placed else [])))


def _target(upgrade: Upgrade) -> str:
    if upgrade.malicious:
        return "remove it"
    parts = [" or ".join(map(code, upgrade.fixes))]
    if upgrade.paid:
        paid = " or ".join(map(code, upgrade.paid))
        parts.append(f"with {text(upgrade.offer)} {paid}")
    return ", ".join(filter(None, parts)) or "no fix yet"


def _package(package: Package) -> Row:
    marks = [package.scope.value, "declared" if package.declared else ""]
    marks += ["part of an OS package"] if package.owner else []
    shown = "".join(f" {mark(words, 'faint')}" for words in marks if words)
    return Row(
        (
            Cell(f"<b>{text(package.name)}</b>{shown}", key=package.name, heads=True),
            Cell(text(package.type.value)),
            Cell(code(package.version)),
            Cell(text(package.licence_expression or " AND ".join(package.licences)), "Licence"),
            Cell(code(package.location), "Where"),
        )
    )


def _cells(finding: Finding, new: frozenset[str] | None = None) -> tuple[Cell, ...]:
    words = ": ".join(filter(None, (finding.title, detail(finding))))
    title = f'<span class="title">{text(words)}</span>' if words else ""
    name = f"<b>{text(finding.package_name)}</b>" if finding.package_name else code(place(finding))
    secret = f" {code(finding.masked)}" if finding.masked else ""
    worst = 5 - finding.severity.rank
    return (
        Cell(grade(finding.severity), key=str(worst)),
        Cell(f"{linked(finding)}{_marks(finding, new)}{title}", key=finding.rule),
        Cell((name or text(about(finding))) + secret, key=about(finding)),
        Cell(code(finding.package_version), "Installed" if finding.package_version else ""),
        Cell(text(step(finding))),
    )


def _marks(finding: Finding, new: frozenset[str] | None) -> str:
    found = []
    if new is not None and finding.id in new:
        found.append(mark("NEW", "doubt"))
    if finding.kind is not FindingKind.VULNERABILITY:
        found.append(mark(KIND_WORDS[finding.kind][0], "faint"))
    if finding.exploited:
        found.append(mark("EXPLOITED", "critical"))
    if finding.in_use:
        found.append(mark("IN USE", "high"))
    if finding.epss and finding.epss.probability >= _LIKELY:
        found.append(mark(f"EPSS {finding.epss.probability:.0%}", "medium"))
    if finding.confidence.value != "high":
        found.append(mark(f"{finding.confidence.value} confidence", "faint"))
    return "".join(f" {one}" for one in found)


def _where(finding: Finding) -> tuple[Cell]:
    # A distribution's package stands in its database, which says nothing to a reader.
    where = code(place(finding)) if is_of_language(finding.package) else ""
    words = ", ".join(filter(None, (layer_words(finding), hidden(finding))))
    layer = f'<span class="title">{text(words)}</span>' if words else ""
    return (Cell(where + layer, "Where" if where else ""),)


def _facts(finding: Finding, new: frozenset[str] | None) -> dict[str, str]:
    """Return what a row is filtered by: words without spaces, several of them with."""
    states = ["fixable" if finding.fix.version else "no-fix"]
    states = states if finding.kind is FindingKind.VULNERABILITY else []
    states += ["exploited"] if finding.exploited else []
    states += ["in-use"] if finding.in_use else []
    states += ["hidden"] if finding.hidden_by else []
    states += ["new"] if new is not None and finding.id in new else []
    return {
        "severity": finding.severity.value,
        "kind": finding.kind.value,
        "part": finding.part.value,
        "state": " ".join(states),
    }
