"""
Write what stands above the tables of the HTML report: verdict, figures, gaps, contraband.
"""

from collections.abc import Sequence

from pratique.model.finding import Finding, FindingKind
from pratique.model.report import Report, Subject
from pratique.model.verdict import Reason, Verdict, WaiverState
from pratique.reports._html_text import Cell, Row, code, grade, linked, mark, table, text
from pratique.reports._places import (
    CONTRABAND,
    DOUBTFUL,
    KIND_WORDS,
    WEAKNESSES,
    contraband_in,
    detail,
    hidden,
    is_doubtful,
    layer_words,
    place,
)
from pratique.reports._sentences import by_severity, checked_words
from pratique.reports._steps import step
from pratique.reports._summary import count, of_kinds, summarise
from pratique.reports._verdict import (
    ANSWER_WORDS,
    answer_word,
    basis_words,
    headline,
    judged_by,
    waiver_words,
)

_REASONS = 12
_OUTCOMES = {"pass": "Pass", "fail": "Fail", "undecided": "Undecided"}


def verdict(found: Verdict) -> list[str]:
    """Return the card of a verdict: the answer, every reason, what became of the exceptions."""
    answer = found.answer
    lines = [
        f'<section class="card verdict {answer.value}" aria-label="Verdict">',
        f'<p class="answer"><b>{ANSWER_WORDS[answer]}</b><span>{text(headline(found))}</span></p>',
        f'<p class="faint">{text(judged_by(found))}</p>',
    ]
    shown = found.reasons[:_REASONS]
    if shown:
        lines += ['<ul class="reasons">', *map(_reason, shown), "</ul>"]
    if len(found.reasons) > len(shown):
        lines.append(
            f"<p>and {len(found.reasons) - len(shown)} more reasons: see the JSON report</p>"
        )
    return [*lines, *_waivers(found), "</section>"]


def outcome(report: Report) -> list[str]:
    """Return the outcome of ``--fail-on``; "pass" without a threshold says nothing."""
    word, label = report.outcome, _OUTCOMES.get(report.outcome, "")
    if any(subject.verdict for subject in report.subjects):  # which says more
        return []
    if not label or (word == "pass" and not report.threshold):
        return []
    reasons = list(report.reasons)
    if word == "pass":
        none = f"nothing {report.threshold} or worse found"
        if reasons:  # not everything was looked at: the word must not sound like a clearance
            word, label = "undecided", "Incomplete"
            none += f", but {reasons[0]}"
        reasons = [none]
    words = "; ".join(map(text, reasons))
    return [
        f'<section class="card verdict {word}" aria-label="Outcome">',
        f'<p class="answer"><b>{label.upper()}</b><span>{words}</span></p></section>',
    ]


def gaps(lines: Sequence[str]) -> list[str]:
    """Return what was not looked at; nothing where everything was."""
    if not lines:
        return []
    what = "1 thing was" if len(lines) == 1 else f"{len(lines)} things were"
    head = f"<b>Incomplete</b>: {what} not looked at: there may be more than is shown"
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    return [f'<div class="card gaps"><span class="undecided">{head}</span><ul>{items}</ul></div>']


def tiles(subject: Subject, report: Report, live: Sequence[Finding]) -> list[str]:
    """Return the figures: findings by severity, and what is special about them."""
    summary = summarise(subject, report)
    if not summary.findings:
        words = "No finding in what was looked at; the rest may hold some."
        if summary.coverage == "complete":
            words = f"No known flaw: {text(checked_words(subject, report))}"
        elif summary.coverage == "nothing to check":
            words = "Nothing to check: there is no package"
        return [f"<p>{words}</p>"]
    shown = [
        (words.partition(" ")[0], severity.value, severity.value)
        for severity, words in by_severity(summary.severities)
    ]
    shown.append((str(summary.fixable), "fixable", ""))
    shown += [(str(summary.exploited), "exploited", "critical")] if summary.exploited else []
    for kind in (*CONTRABAND, *WEAKNESSES, FindingKind.CONFIG, FindingKind.LICENCE):
        number = summary.kinds.get(kind.value, 0)
        look = by_severity(count(of_kinds(live, kind)))[0][0].value if number else ""
        shown += [(str(number), KIND_WORDS[kind][number != 1], look)] if number else []
    shown += [(str(summary.hidden), "in hidden files", "")] if summary.hidden else []
    shown += [(str(summary.suppressed), "suppressed", "")] if summary.suppressed else []
    items = "".join(
        f"<li><b{f' class={look}' if look else ''}>{number}</b><span>{words}</span></li>"
        for number, words, look in shown
    )
    return [f'<ul class="tiles">{items}</ul>']


def end_of_life(subject: Subject) -> list[str]:
    """Return the notice that the distribution is no longer mended."""
    return [
        '<div class="card verdict fail"><p class="answer"><b>END OF LIFE</b>'
        f"<span>{text(one.title or one.rule)}</span></p></div>"
        for one in subject.findings
        if one.kind is FindingKind.END_OF_LIFE and not one.suppressed
    ]


def contraband(live: Sequence[Finding]) -> list[str]:
    """Return what does not belong in an image at all: malware, secrets, signs of tampering."""
    found = contraband_in(live)
    if not found:
        return []
    head = ("Severity", "What", "Where", "Shown as", "What to do")
    lines = ["<h3>Contraband <small>what does not belong in an image at all</small></h3>"]
    if any(one.kind is FindingKind.SECRET for one in found):
        lines.append(
            '<p class="faint">A secret that was in an image counts as known: deleting its file in a '
            "later layer leaves it in the layer below.</p>"
        )
    if any(map(is_doubtful, found)):
        lines.append(
            f'<p class="faint">{mark(DOUBTFUL, "undecided")} marks low confidence: what documentation, tests '
            "and packages of others show, or what fails its own checksum.</p>"
        )
    return [
        *lines,
        '<div class="wanted">',
        *table("Contraband", head, map(_wanted, found)),
        "</div>",
    ]


def weaknesses(live: Sequence[Finding]) -> list[str]:
    """Return what tools of others found in the application itself, worst first."""
    found = of_kinds(live, *WEAKNESSES)
    if not found:
        return []
    head = ("Severity", "What", "Where", "Shown as", "What to do")
    return [
        "<h3>Application <small>its code, and what it does when it runs</small></h3>",
        '<div class="wanted">',
        *table("Application", head, map(_wanted, found)),
        "</div>",
    ]


def _wanted(finding: Finding) -> Row:
    kind = mark(KIND_WORDS[finding.kind][0], finding.severity.value)
    kind = f"{mark(DOUBTFUL, 'undecided')} {kind}" if is_doubtful(finding) else kind
    seen = ": ".join(filter(None, (finding.title, detail(finding))))
    title = f'<span class="title">{text(seen)}</span>'
    words = ", ".join(filter(None, (layer_words(finding), hidden(finding))))
    where = f"<b>{text(finding.package_name)}</b> " if finding.package_name else ""
    return Row(
        (
            Cell(grade(finding.severity)),
            Cell(f"{kind} {linked(finding)}{title}", heads=True),
            Cell(f'{where}{code(place(finding))}<span class="title">{text(words)}</span>'),
            Cell(code(finding.masked), "Shown as" if finding.masked else ""),
            Cell(text(step(finding))),
        )
    )


def _reason(reason: Reason) -> str:
    small = []
    small += [f"To do: {text(reason.fix)}"] if reason.fix else []
    small += [
        f"Exception {text(one.place)} {text(one.state.value)}"
        + (f": {text(one.why)}" if one.why else "")
        for one in reason.waivers[:3]
    ]
    basis = basis_words(reason.data)
    small += [f"Rests on advisory data: {text(basis)}"] if basis else []
    rule = f'<span class="mono faint">{text(reason.rule)}</span>'
    more = "".join(f"<small>{line}</small>" for line in small)
    look = reason.answer.value
    return (
        f'<li><b class="{look}">{answer_word(reason)}</b>'
        f"<div>{text(reason.message or reason.rule)} {rule}{more}</div></li>"
    )


def _waivers(found: Verdict) -> list[str]:
    if not found.waivers:
        return []
    rows = (
        Row(
            (
                Cell(code(one.about), heads=True),
                Cell(
                    text(one.state.value),
                    look="undecided" if one.state is WaiverState.EXPIRED else "",
                ),
                Cell(text(one.owner), "Owner"),
                Cell(text(one.reason), "Reason"),
                Cell(text(one.expires), "Until"),
                Cell(code(one.place), "In"),
            )
        )
        for one in found.waivers
    )
    head = ("About", "State", "Owner", "Reason", "Until", "In")
    return [
        f"<details><summary><small>Exceptions: {text(waiver_words(found))}</small></summary>",
        *table("Exceptions", head, rows),
        "</details>",
    ]
