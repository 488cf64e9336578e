"""
Say a verdict in words: the answer, each reason in a line, what became of the exceptions.

Law: "allow" and "warn" are said only where a policy decided so; a report without a verdict never
borrows its words.
"""

from collections import Counter

from pratique.formats.text import printable
from pratique.model.report import Subject
from pratique.model.verdict import Answer, DataBasis, Reason, Verdict, WaiverState

ANSWER_WORDS = {
    Answer.ALLOW: "ALLOW",
    Answer.WARN: "WARN",
    Answer.UNDECIDED: "UNDECIDED",
    Answer.DENY: "DENY",
}
_WAIVER_WORDS = {
    WaiverState.APPLIED: "applied",
    WaiverState.EXPIRED: "expired",
    WaiverState.NOT_MATCHING: "not matching",
    WaiverState.UNUSED: "unused",
}


def judged_by(verdict: Verdict) -> str:
    """Return which policy in which version decided, and against what baseline."""
    policy = verdict.policy
    name = f"policy {printable(policy.name)}"
    name += f" (extends {printable(policy.extends)})" if policy.extends else ""
    words = f"{name}, version {printable(policy.sha256[:12])}" if policy.sha256 else name
    return words + (f", compared with {printable(verdict.baseline)}" if verdict.baseline else "")


def headline(verdict: Verdict) -> str:
    """Return the first line of a verdict: how many reasons speak for what."""
    tally = Counter(reason.answer for reason in verdict.reasons)
    if verdict.answer is Answer.ALLOW:
        return "nothing speaks against it"
    speaking = tally[verdict.answer]
    words = {
        Answer.WARN: ("thing should be mended", "things should be mended"),
        Answer.UNDECIDED: ("thing could not be seen", "things could not be seen"),
        Answer.DENY: ("reason against it", "reasons against it"),
    }[verdict.answer]
    return f"{speaking} {words[speaking != 1]}" if speaking else "see below"


def answer_word(reason: Reason) -> str:
    """
    Return what a reason speaks for; what a rule in audit mode says is only noted.

    >>> answer_word(Reason(rule="x", answer=Answer.ALLOW, message="y"))
    'noted'
    """
    return "noted" if reason.answer is Answer.ALLOW else reason.answer.value


def reason_words(reason: Reason) -> str:
    """Return a reason in one clause: what, and what to do."""
    fix = f": {printable(reason.fix)}" if reason.fix else ""
    return printable(reason.message or reason.rule) + fix


def waiver_words(verdict: Verdict) -> str:
    """
    Return what became of the exceptions in one clause, empty where there is none.

    Expired ones come first: somebody has to decide again.
    """
    tally = Counter(waiver.state for waiver in verdict.waivers)
    order = (WaiverState.EXPIRED, WaiverState.APPLIED, WaiverState.NOT_MATCHING, WaiverState.UNUSED)
    return ", ".join(f"{tally[state]} {_WAIVER_WORDS[state]}" for state in order if tally[state])


def basis_words(data: tuple[DataBasis, ...]) -> str:
    """Return which advisory data of which day a reason rests on, empty where it rests on none."""
    parts = (
        f"{printable(one.ecosystem)} of {printable(one.built[:10]) or 'unknown date'}"
        for one in data
    )
    return ", ".join(dict.fromkeys(parts))


def new_ids(subject: Subject) -> frozenset[str] | None:
    """Return the ids of findings that a baseline does not hold; None without a baseline."""
    verdict = subject.verdict
    if verdict is None or not verdict.baseline:
        return None
    return frozenset(finding.id for finding in subject.findings) - frozenset(verdict.accepted)
