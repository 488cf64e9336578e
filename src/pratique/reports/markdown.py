"""
Render a report as Markdown for a pull request comment or a job summary on GitHub.

The verdict and its reasons, contraband and what to fix now come first; the rest is folded. Where a
policy compared with a baseline, what is new is marked. A comment holds 65,536 characters,
so the text stays below ``_MOST_CHARS``: the rows of the long tables are shared out and what is
left out is counted. Strings of the image stand in code spans and act on nothing.
"""

from collections.abc import Callable, Sequence

from pratique.model.finding import Finding, FindingKind, Part
from pratique.model.report import Report, Subject
from pratique.model.verdict import Answer, Verdict
from pratique.reports._flaws import links
from pratique.reports._layers import base_words
from pratique.reports._markdown import code, folded, table
from pratique.reports._markdown_lint import is_lint, lint_lines
from pratique.reports._places import (
    DOUBTFUL,
    KIND_WORDS,
    PART_WORDS,
    WEAKNESSES,
    about,
    contraband_in,
    hidden,
    is_doubtful,
)
from pratique.reports._sentences import (
    by_severity,
    checked_words,
    content_words,
    data_words,
    fix_step,
    gaps,
    plural,
)
from pratique.reports._steps import step
from pratique.reports._summary import count, counted, of_kinds, summarise
from pratique.reports._suppressed import suppressed_words
from pratique.reports._upgrades import Upgrade, ungraded_upgrades, urgent_upgrades
from pratique.reports._verdict import (
    answer_word,
    headline,
    judged_by,
    new_ids,
    reason_words,
    waiver_words,
)
from pratique.reports.interface import Style

NAME = "markdown"
MEDIA_TYPE = "text/markdown; charset=utf-8"
SUFFIX = ".md"

_MOST_CHARS = 60_000
_ROWS = (200, 100, 50, 25, 10, 5, 0)
"""How many rows a long table may have, tried until the text is short enough."""
_MOST_SUBJECTS = 20
_BADGES = {"pass": "✅ **PASS**", "fail": "❌ **FAIL**", "undecided": "⚠️ **UNDECIDED**"}
_ANSWERS = {
    Answer.ALLOW: "✅ **ALLOW**",
    Answer.WARN: "⚠️ **WARN**",
    Answer.UNDECIDED: "⚠️ **UNDECIDED**",
    Answer.DENY: "❌ **DENY**",
}
_MARKS = {Answer.ALLOW: "✅", Answer.WARN: "⚠️", Answer.UNDECIDED: "⚠️", Answer.DENY: "❌"}
_MOST_REASONS = 10
_PARTLY = "⚠️ **INCOMPLETE**"


def render(report: Report, style: Style) -> bytes:
    """Return the text, UTF-8, ending in a newline."""
    texts = ("\n".join(_lines(report, rows)) + "\n" for rows in _ROWS)
    text = next((text for text in texts if len(text) <= _MOST_CHARS), None)
    return (text or _verdict(report)[0] + "\n").encode()


def _lines(report: Report, rows: int) -> list[str]:
    lines = _verdict(report)
    if is_lint(report):
        words = f"pratique {report.tool_version} · `pratique explain RULE` says more"
        return [*lines, *lint_lines(report, rows), "", f"<sub>{words}</sub>"]
    for subject in report.subjects[:_MOST_SUBJECTS]:
        lines += ["", *_subject(subject, report, rows)]
    if len(report.subjects) > _MOST_SUBJECTS:
        lines += ["", f"… and {len(report.subjects) - _MOST_SUBJECTS} more images"]
    return [*lines, "", f"<sub>pratique {report.tool_version}{_data(report)}</sub>"]


def _verdict(report: Report) -> list[str]:
    if any(subject.verdict for subject in report.subjects):
        return ["## Image security"]  # each says more below its image
    title = "## Linted files" if is_lint(report) else "## Image security"
    badge = _BADGES.get(report.outcome, "")
    reasons = [code(reason) for reason in report.reasons[:3]]
    if report.outcome == "pass":
        badge = _PARTLY if reasons else badge
        limit = code(report.threshold) + " or worse" if report.threshold else "over the limit"
        reasons = [f"nothing {limit} was found", *reasons] if report.threshold or reasons else []
        badge = badge if reasons else ""
    text = f"{badge} {'; '.join(reasons)}".strip()
    return [title, *(["", text] if text else [])]


def _subject(subject: Subject, report: Report, rows: int) -> list[str]:
    summary, live = summarise(subject, report), counted(subject)
    name = (subject.image.name if subject.image else "") or subject.target
    digest = code((subject.digest or "")[:19])
    facts = content_words(subject)
    lines = [f"### {code(name) or 'unnamed'} {digest}".rstrip(), ""]
    facts.append(base_words(subject))
    lines.append(" · ".join(code(fact) for fact in facts if fact))
    lines += _judged(subject.verdict) if subject.verdict else []
    lines += _incomplete(gaps(subject, report))
    if not report.scanned:
        return [*lines, *_packages(subject, rows)]
    lines += ["", _figures(subject, report)]
    for finding in subject.findings:
        if finding.kind is FindingKind.END_OF_LIFE:
            lines += ["", f"⚠️ **End of life**: {code(finding.title or finding.rule)}"]
    lines += _contraband(live, rows)
    lines += _weaknesses(live, rows)
    upgrades = urgent_upgrades(live, subject.packages)
    title = "Fix now"
    if not upgrades:
        upgrades, title = ungraded_upgrades(live, subject.packages), "Fix"
    shown = upgrades[: max(rows, 10)]
    if shown:
        lines += ["", f"**{title}**", "", *_upgrades(shown), *_more(upgrades, shown)]
    lines += _settings(live, rows)
    new = new_ids(subject)
    lines += _findings(_total(live, new), live, rows, lambda finding: _state(finding, new))
    away = [finding for finding in subject.findings if finding.suppressed]
    title = f"{summary.suppressed} suppressed: {suppressed_words(away)}"
    return [*lines, *_findings(title, away, rows, lambda finding: code(finding.suppressed))]


def _judged(verdict: Verdict) -> list[str]:
    """Return the answer, the policy and the reasons, each in a line."""
    head = f"{_ANSWERS[verdict.answer]} {headline(verdict)} ({code(judged_by(verdict))})"
    shown = verdict.reasons[:_MOST_REASONS]
    lines = [
        f"- {_MARKS[one.answer]} {answer_word(one)}: {code(reason_words(one), 300)}"
        for one in shown
    ]
    left = len(verdict.reasons) - len(shown)
    lines += [f"- … and {left} more"] if left else []
    exceptions = waiver_words(verdict)
    lines += [f"- exceptions: {exceptions}"] if exceptions else []
    return ["", head, *([""] if lines else []), *lines]


def _total(live: Sequence[Finding], new: frozenset[str] | None) -> str:
    title = f"All {plural(len(live), 'finding')}"
    return title if new is None else f"{title}, {sum(one.id in new for one in live)} new"


def _contraband(live: Sequence[Finding], rows: int) -> list[str]:
    """Return what does not belong in an image at all; few rows of it always stay."""
    return _alerts("Contraband", contraband_in(live), rows)


def _weaknesses(live: Sequence[Finding], rows: int) -> list[str]:
    """Return what tools of others found in the application itself, worst first."""
    return _alerts("Application", of_kinds(live, *WEAKNESSES), rows)


def _alerts(title: str, found: Sequence[Finding], rows: int) -> list[str]:
    if not found:
        return []
    shown = found[: max(rows, 10)]
    cells = (
        (
            one.severity.value,
            f"{DOUBTFUL + ' ' if is_doubtful(one) else ''}**{KIND_WORDS[one.kind][0]}** {code(one.title or one.rule)} {code(one.masked)}".rstrip(),
            f"{code(about(one), 120)} {hidden(one)}".rstrip(),
            code(step(one)),
        )
        for one in shown
    )
    head = ("Severity", "What", "Where", "What to do")
    return ["", f"**{title}**", "", *table(head, cells), *_more(found, shown)]


def _settings(live: Sequence[Finding], rows: int) -> list[str]:
    """Return configuration and licences, folded."""
    found = of_kinds(live, FindingKind.CONFIG, FindingKind.LICENCE)
    shown = found[:rows]
    cells = (
        (one.severity.value, _linked(one), code(one.title or one.rule), code(about(one), 120))
        for one in shown
    )
    lines = table(("Severity", "Rule", "What", "Where"), cells) if shown else []
    title = f"{plural(len(found), 'finding')} on configuration and licences"
    return folded(title, [*lines, *_more(found, shown)]) if found else []


def _incomplete(lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    what = plural(len(lines), "thing")
    head = f"{_PARTLY} {what} could not be looked at: there may be more than is shown"
    shown = [f"- {code(line, 300)}" for line in lines[:10]]
    more = [f"- … and {len(lines) - 10} more"] if len(lines) > 10 else []
    return ["", head, "", *shown, *more]


def _figures(subject: Subject, report: Report) -> str:
    summary = summarise(subject, report)
    if not summary.findings:
        if summary.coverage != "complete":
            return "No finding in what was looked at."
        return f"No known flaw: {code(checked_words(subject, report))}"
    parts = [words for _, words in by_severity(count(counted(subject)))]
    parts.append(f"{summary.fixable} fixable")
    parts += [f"{PART_WORDS[Part(part)]} {counts.total}" for part, counts in summary.parts.items()]
    parts += [f"**{summary.exploited} known to be exploited**"] if summary.exploited else []
    return " · ".join(parts)


def _upgrades(upgrades: Sequence[Upgrade]) -> list[str]:
    rows = []
    for upgrade in upgrades:
        target = " or ".join(code(fix) for fix in upgrade.fixes)
        if upgrade.paid:
            paid = " or ".join(code(fix) for fix in upgrade.paid)
            target = ", ".join(filter(None, (target, f"with {code(upgrade.offer)} {paid}")))
        if upgrade.malicious:
            target = "remove it"
        words = [words for _, words in by_severity(upgrade.flaws)]
        words += ["**exploited**"] if upgrade.exploited else []
        rows.append(
            (
                f"{code(upgrade.name)} {upgrade.type}".strip(),
                code(upgrade.installed),
                target or "no fix yet",
                ", ".join(words),
                _places(upgrade.places),
            )
        )
    if any(row[-1] for row in rows):
        return table(("Package", "Installed", "Upgrade to", "Flaws", "In"), rows)
    return table(("Package", "Installed", "Upgrade to", "Flaws"), [row[:-1] for row in rows])


def _places(places: Sequence[str]) -> str:
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    return code(places[0], 120) + more if places else ""


def _findings(
    title: str, findings: Sequence[Finding], rows: int, last: Callable[[Finding], str]
) -> list[str]:
    shown = findings[:rows]
    cells = (
        (
            finding.severity.value,
            _linked(finding),
            f"{code(about(finding))} {code(finding.package_version)}".rstrip(),
            last(finding),
        )
        for finding in shown
    )
    if not findings:
        return []
    lines = (
        table(("Severity", "Flaw", "Package or place", "What to do or why not"), cells)
        if shown
        else []
    )
    return folded(title, [*lines, *_more(findings, shown)])


def _state(finding: Finding, new: frozenset[str] | None) -> str:
    fix = finding.fix
    words = f"upgrade to {code(fix_step(fix))}" if fix.version else step(finding)
    words = words if finding.kind is FindingKind.VULNERABILITY else code(words)
    marks = ["**new**"] if new is not None and finding.id in new else []
    marks += ["**exploited**"] if finding.exploited else []
    marks += ["**in use**"] if finding.in_use else []
    return ", ".join([*marks, words])


def _linked(finding: Finding) -> str:
    urls = links([*(one.url for one in finding.evidence), *finding.references])
    label = code(finding.rule, 60)
    return f"[{label}]({urls[0].replace('(', '%28').replace(')', '%29')})" if urls else label


def _packages(subject: Subject, rows: int) -> list[str]:
    shown = subject.packages[:rows]
    cells = ((one.type.value, code(one.name), code(one.version)) for one in shown)
    lines = table(("Type", "Package", "Version"), cells)
    return folded(
        plural(len(subject.packages), "package"), [*lines, *_more(subject.packages, shown)]
    )


def _more(every: Sequence[object], shown: Sequence[object]) -> list[str]:
    left = len(every) - len(shown)
    return ["", f"… and {left} more: see another format of this report"] if left else []


def _data(report: Report) -> str:
    words = "; ".join(words for words, _ in data_words(report.data, report.now))
    return f"; advisory data: {code(words, 2000)}" if words and report.scanned else ""
