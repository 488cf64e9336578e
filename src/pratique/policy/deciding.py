"""
Decide: bring rules, doubts and exceptions to one verdict.

Laws:
1. The gravest reason prevails: deny, then undecided, then warn. A definite deny is one whatever else
   is unknown, because no further knowledge could undo it.
2. One more finding, Unknown or failed expression never makes an answer milder; a failed expression
   is a doubt, never a "no".
3. What is excepted does not count, and is named with who answers for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.kit.clock import iso
from pratique.model.finding import Finding
from pratique.model.severity import Severity
from pratique.model.unknown import Unknown
from pratique.model.verdict import (
    Answer,
    Mode,
    PolicyName,
    Reason,
    Verdict,
    Waiver,
    WaiverState,
    gravest,
)
from pratique.policy.case import Case, basis, described
from pratique.policy.doubts import DOUBTS, FIXES, Doubt, doubts
from pratique.policy.exceptions import is_excused
from pratique.policy.rules import RULES
from pratique.policy.wording import list_doubts, list_findings

ANSWERS = {Mode.AUDIT: Answer.ALLOW, Mode.WARN: Answer.WARN, Mode.DENY: Answer.DENY}
"""What a rule in each mode speaks for."""


class Terms(Struct, frozen=True, kw_only=True):
    """
    What a case is decided by.

    ``waivers`` are the exceptions after they were applied, ``excused`` what else they let pass.
    """

    policy: PolicyName
    modes: Mapping[str, Mode]
    doubts: Mapping[str, Answer]
    waivers: tuple[Waiver, ...] = ()
    excused: Mapping[str, tuple[str, ...]] = {}
    baseline: str = ""
    accepted: tuple[str, ...] = ()


def decide(case: Case, terms: Terms, more: Iterable[Reason] = ()) -> Verdict:
    """
    Return the verdict on a case; ``more`` are the reasons that the policy's own rules give.
    """
    reasons = [*_of_findings(case, terms), *_of_doubts(case, terms), *more]
    reasons = [_with_waivers(one, case, terms.waivers) for one in reasons]
    order = {name: at for at, name in enumerate((*(rule.name for rule in RULES), *DOUBTS))}
    reasons.sort(key=lambda one: (-one.answer.rank, order.get(one.rule, len(order)), one.rule))
    return Verdict(
        answer=gravest(one.answer for one in reasons),
        policy=terms.policy,
        now=iso(case.now),
        digest=case.subject.digest,
        reasons=tuple(reasons),
        waivers=terms.waivers,
        data=tuple(described(one) for one in case.needed_data()),
        baseline=terms.baseline,
        accepted=terms.accepted,
    )


def _of_findings(case: Case, terms: Terms) -> Iterator[Reason]:
    for rule in RULES:
        met = [one for one in case.findings if rule.fires(one, case)]
        if met:
            mode = terms.modes[rule.name]
            message = list_findings(rule.says, met)
            yield reason_of(rule.name, mode, message, case, findings=met, fix=rule.fix)


def _of_doubts(case: Case, terms: Terms) -> Iterator[Reason]:
    by_name: dict[str, list[Doubt]] = {}
    for doubt in doubts(case):
        if not is_excused(doubt.name, _place(doubt), terms.excused):
            by_name.setdefault(doubt.name, []).append(doubt)
    for name, met in by_name.items():
        found = [one.finding for one in met if one.finding is not None]
        yield Reason(
            rule=name,
            answer=terms.doubts[name],
            message=list_doubts(DOUBTS[name], [one.message for one in met]),
            findings=tuple(one.id for one in found),
            packages=_packages(found),
            unknowns=tuple(one.unknown for one in met if one.unknown is not None),
            data=basis(case, found),
            fix=FIXES.get(name, "look at what was not read (`pratique scan --full`)"),
        )


def standing(case: Case) -> dict[str, list[str]]:
    """Return the doubts, with the places they are about."""
    found: dict[str, list[str]] = {}
    for doubt in doubts(case):
        found.setdefault(doubt.name, []).append(_place(doubt))
    return found


def _place(doubt: Doubt) -> str:
    return doubt.unknown.location if doubt.unknown is not None else ""


def reason_of(
    rule: str,
    mode: Mode,
    message: str,
    case: Case,
    *,
    findings: Sequence[Finding] = (),
    fix: str = "",
) -> Reason:
    """Return the reason that a rule gives where it fired."""
    severities = [one.severity for one in findings]
    return Reason(
        rule=rule,
        answer=ANSWERS[mode],
        mode=mode,
        message=message,
        severity=max(severities, key=lambda one: one.rank, default=Severity.UNKNOWN),
        findings=tuple(one.id for one in findings),
        packages=_packages(findings),
        data=basis(case, findings),
        fix=fix,
    )


def failed(rule: str, problem: str, fix: str, unknowns: tuple[Unknown, ...] = ()) -> Reason:
    """Return the reason that an expression which could not be evaluated gives: a doubt."""
    return Reason(rule=rule, answer=Answer.UNDECIDED, message=problem, fix=fix, unknowns=unknowns)


def _packages(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.package for one in findings if one.package))


def _with_waivers(reason: Reason, case: Case, waivers: Sequence[Waiver]) -> Reason:
    """Add the exceptions that name what the reason rests on, and do not (or no longer) hold."""
    if not waivers:
        return reason
    found = {one.id: one for one in case.subject.findings}
    names = {reason.rule}
    for key in reason.findings:
        if key in found:
            names |= {found[key].rule, found[key].id, *found[key].names}
    met = tuple(
        one for one in waivers if one.state is not WaiverState.UNUSED and _about(one) & names
    )
    return replace(reason, waivers=met) if met else reason


def _about(waiver: Waiver) -> set[str]:
    return set(waiver.about.split(", "))
