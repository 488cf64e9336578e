"""
Lay out the verdict at the top of the table: the answer, its reasons, what became of exceptions.
"""

from pratique.formats.text import columns, fitted, padded, printable
from pratique.model.report import Report
from pratique.model.verdict import Answer, Verdict
from pratique.reports._ansi import Ink
from pratique.reports._blocks import wrapped
from pratique.reports._verdict import (
    ANSWER_WORDS,
    answer_word,
    headline,
    judged_by,
    reason_words,
    waiver_words,
)
from pratique.reports.interface import Style

_REASONS_SHOWN = 6
_ANSWER_WIDTH = 9
_LOOKS = {
    Answer.ALLOW: "good",
    Answer.WARN: "doubt",
    Answer.UNDECIDED: "doubt",
    Answer.DENY: "bad",
}
_BADGES = {
    "pass": (" PASS ", "good badge"),
    "fail": (" FAIL ", "bad badge"),
    "undecided": (" UNDECIDED ", "doubt badge"),
}
_PARTLY = (" INCOMPLETE ", "doubt badge")


def verdict(found: Verdict, style: Style, paint: Ink) -> list[str]:
    """Return the lines of a verdict, its reasons folded to a few, and an empty line."""
    label, look = f" {ANSWER_WORDS[found.answer]} ", _LOOKS[found.answer]
    words = f"{headline(found)}: {judged_by(found)}"
    first, *rest = wrapped(words, style.width, label + " ", "  ")
    lines = [paint(label, f"{look} badge") + first[len(label) :], *rest]
    speaking = [one for one in found.reasons if one.answer is not Answer.ALLOW]
    most = max(2, min(_REASONS_SHOWN, style.height // 8))
    shown = found.reasons if style.full else speaking[:most]
    for reason in shown:
        answer = padded(answer_word(reason), _ANSWER_WIDTH)
        lead = f"  {answer}  "
        indent = " " * columns(lead)
        own = wrapped(reason_words(reason), style.width, lead, indent)
        if not style.full:
            own = [fitted(f"{lead}{reason_words(reason)}", style.width)]
        lines += [f"  {paint(answer, _LOOKS[reason.answer])}  {own[0][len(lead) :]}", *own[1:]]
    if len(found.reasons) > len(shown):
        lines.append(f"  … {len(found.reasons) - len(shown)} more: --full")
    exceptions = waiver_words(found)
    lines += [paint(f"  Exceptions: {exceptions}", "faint")] if exceptions else []
    return [*lines, ""]


def outcome(report: Report, style: Style, paint: Ink) -> list[str]:
    """
    Return the outcome of ``--fail-on`` where one was asked for and no policy said more.

    "Pass" without a threshold says nothing.
    """
    if any(subject.verdict for subject in report.subjects):
        return []
    if report.outcome not in _BADGES or (report.outcome == "pass" and not report.threshold):
        return []
    label, badge = _BADGES[report.outcome]
    reasons = [printable(reason) for reason in report.reasons]
    if report.outcome == "pass":
        none = f"no finding of severity {printable(report.threshold)} or higher"
        if reasons:  # not everything was looked at: the word must not sound like a clearance
            label, badge = _PARTLY
            none = f"nothing {printable(report.threshold)} or worse found, but {reasons[0]}"
        reasons = [none]
    elif not report.threshold:
        reasons = ["not everything could be read, see INCOMPLETE"]
    shown = reasons if style.full else reasons[:3]
    first = fitted(shown[0], style.width - len(label) - 1) if shown else ""
    lines = [f"{paint(label, badge)} {first}"]
    return [*lines, *(f"  {fitted(reason, style.width - 2)}" for reason in shown[1:]), ""]
