"""
Write the blocks of the HTML report below a subject's head: tables, all text escaped.

Law: every string becomes text or a quoted attribute by ``text``; the only addresses are web
addresses that ``links`` let through. Rows carry a sort key where their text does not sort.
"""

from collections.abc import Iterable, Sequence
from html import escape

from pratique.formats.text import printable
from pratique.model.finding import Finding
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.reports._flaws import links
from pratique.reports._layers import layer_shares
from pratique.reports._sentences import by_severity, fix_step, fix_words, plural
from pratique.reports._suppressed import suppressed_counts
from pratique.reports._upgrades import Upgrade

_TEXT_CHARS = 2000


def text(value: str) -> str:
    """
    Return a string as harmless text, fit for an attribute in double quotes too.

    >>> text('<img src=x onerror="a">')
    '&lt;img src=x onerror=&quot;a&quot;&gt;'
    """
    return escape(printable(value)[:_TEXT_CHARS])


def upgrades(found: Sequence[Upgrade]) -> list[str]:
    """Return the table of what to upgrade."""
    rows = []
    for upgrade in found:
        worst = ", ".join(
            f'<span class="grade {severity.value}">{words}</span>'
            for severity, words in by_severity(upgrade.flaws)
        )
        marks = ' <span class="mark critical">EXPLOITED</span>' if upgrade.exploited else ""
        kind = f' <span class="faint">{text(upgrade.type)}</span>' if upgrade.type else ""
        places = "<br>".join(f"<code>{text(place)}</code>" for place in upgrade.places[:5])
        more = f"<br>and {len(upgrade.places) - 5} more" if len(upgrade.places) > 5 else ""
        rows.append(
            [
                ("", f"<b>{text(upgrade.name)}</b>{kind}"),
                ("Installed", f"<code>{text(upgrade.installed)}</code>"),
                ("Upgrade to", _target(upgrade)),
                ("", worst + marks),
                ("In", places + more),
            ]
        )
    head = ["Package", "Installed", "Upgrade to", "Flaws", "In"]
    if not any(upgrade.places for upgrade in found):
        head, rows = head[:-1], [row[:-1] for row in rows]
    return _table(head, rows)


def findings(found: Iterable[Finding]) -> list[str]:
    """Return the table of findings, worst first."""
    head = ("Severity", "Flaw", "Package", "Installed", "What to do", "Where")
    rows = [[*_cells(one), ("Where", _where(one))] for one in found]
    return _table(head, rows, sortable=True)


def suppressed(found: Sequence[Finding]) -> list[str]:
    """Return the findings that do not count, by whose word that is, folded."""
    away = [finding for finding in found if finding.suppressed]
    if not away:
        return []
    lines = [
        f"<details><summary>Suppressed <small>{plural(len(away), 'finding')}</small></summary>"
    ]
    for who, words in suppressed_counts(away):
        rows = [
            [*_cells(one)[:4], ("Why", text(one.suppressed))]
            for one in away
            if one.suppressed_by is who
        ]
        lines.append(f"<h3>{words[:1].upper() + words[1:]}</h3>")
        lines += _table(("Severity", "Flaw", "Package", "Installed", "Why"), rows, sortable=True)
    return [*lines, "</details>"]


def layers(subject: Subject, live: Sequence[Finding]) -> list[str]:
    """Return what each layer brought, folded; nothing for a single layer."""
    shares = layer_shares(subject, live)
    if len(shares) < 2:
        return []
    rows = [
        [
            (
                "Layer",
                f"{share.part} {share.layer.index if share.layer.index >= 0 else '?'}".strip(),
            ),
            ("", f"<code>{text(share.step)}</code>"),
            ("Packages", str(share.packages)),
            ("Findings", ", ".join(words for _, words in by_severity(share.findings)) or "0"),
        ]
        for share in shares
    ]
    head = ("Layer", "Build step", "Packages", "Findings")
    return ["<details><summary>Layers</summary>", *_table(head, rows), "</details>"]


def packages(subject: Subject) -> list[str]:
    """Return all packages, folded."""
    if not subject.packages:
        return []
    rows = [_package(package) for package in subject.packages]
    head = ("Type", "Package", "Version", "Licence", "Where")
    total = plural(len(rows), "package")
    return [
        f"<details><summary>Packages <small>{total}</small></summary>",
        *_table(head, rows, sortable=True),
        "</details>",
    ]


def _package(package: Package) -> list[tuple[str, str]]:
    marks = [package.scope.value, "declared" if package.declared else ""]
    marks += ["part of an OS package"] if package.owner else []
    shown = "".join(f' <span class="mark faint">{text(mark)}</span>' for mark in marks if mark)
    return [
        ("", text(package.type.value)),
        ("", f"<b>{text(package.name)}</b>{shown}"),
        ("", f"<code>{text(package.version)}</code>"),
        ("Licence", text(" AND ".join(package.licences))),
        ("Where", f"<code>{text(package.location)}</code>" if package.location else ""),
    ]


def _cells(finding: Finding) -> list[tuple[str, ...]]:
    fix = finding.fix
    step = f"<code>{text(fix_step(fix))}</code>" if fix.version else fix_words(fix.state)
    step = f"upgrade to {step}" if fix.version else step
    marks = ' <span class="mark critical">EXPLOITED</span>' if finding.exploited else ""
    if finding.epss and finding.epss.probability >= 0.1:
        marks += f' <span class="mark medium">EPSS {finding.epss.probability:.0%}</span>'
    grade = f'<span class="grade {finding.severity.value}">{finding.severity.value}</span>'
    title = f'<span class="title">{text(finding.title)}</span>' if finding.title else ""
    return [
        ("", grade, str(5 - finding.severity.rank)),
        ("", f"{_linked(finding)}{marks}{title}", finding.rule),
        ("", f"<b>{text(finding.package_name or finding.location)}</b>"),
        ("Installed", f"<code>{text(finding.package_version)}</code>"),
        ("", step),
    ]


def _where(finding: Finding) -> str:
    place = f"<code>{text(finding.location)}</code>" if finding.location else ""
    layer = f'<span class="title">layer {finding.layer.index}</span>' if finding.layer else ""
    return place + layer


def _linked(finding: Finding) -> str:
    urls = links([*(one.url for one in finding.evidence), *finding.references])
    name = f'<span class="mono">{text(finding.rule)}</span>'
    if not urls:
        return name
    return f'<a href="{escape(urls[0])}" rel="noopener noreferrer">{name}</a>'


def _target(upgrade: Upgrade) -> str:
    if upgrade.malicious:
        return "remove it"
    parts = [" or ".join(f"<code>{text(fix)}</code>" for fix in upgrade.fixes)]
    if upgrade.paid:
        paid = " or ".join(f"<code>{text(fix)}</code>" for fix in upgrade.paid)
        parts.append(f"with {text(upgrade.offer)} {paid}")
    return ", ".join(filter(None, parts)) or "no fix yet"


def _table(
    head: Sequence[str], rows: Iterable[Sequence[tuple[str, ...]]], *, sortable: bool = False
) -> list[str]:
    """Return a table; a cell is (label on narrow screens, HTML[, what it sorts by])."""
    titles = "".join(f'<th scope="col">{title}</th>' for title in head)
    mark = " data-sort" if sortable else ""
    lines = [f"<table{mark}><thead><tr>{titles}</tr></thead><tbody>"]
    lines += ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows]
    return [*lines, "</tbody></table>"]


def _cell(cell: tuple[str, ...]) -> str:
    label, content, *key = cell
    label = f' data-label="{label}"' if label else ""
    sort = f' data-key="{text(key[0])}"' if key else ""
    return f"<td{label}{sort}>{content}</td>"
