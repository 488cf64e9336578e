"""
Judge one subject by one policy: exceptions first, then what is known already, then rules and doubts.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from pratique.model.advisory import DataStatus
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.model.report import Subject, SubjectKind
from pratique.model.verdict import Reason, Waiver, WaiverState
from pratique.policy.case import Case
from pratique.policy.deciding import Terms, decide, standing
from pratique.policy.exceptions import apply_exceptions, is_excused
from pratique.policy.policy import Policy


class Known(Struct, frozen=True, kw_only=True):
    """
    The findings of a baseline, which do not count again.

    ``about`` says what the baseline is; ``keys`` are ``known_key`` of its findings, none of them empty.
    """

    about: str = ""
    keys: frozenset[str] = frozenset()


class Circumstances(Struct, frozen=True, kw_only=True):
    """What is the same for all subjects of a run; ``scanners`` are those that looked."""

    data: tuple[DataStatus, ...]
    now: datetime
    scanners: frozenset[str]
    known: Known = Known()


SCANNERS = ("vuln", "secret", "malware", "config", "license")


def judge(subject: Subject, policy: Policy, around: Circumstances) -> Subject:
    """Return the subject with its verdict, the findings that are excepted suppressed."""
    known, now = around.known, around.now
    case = Case(
        subject=subject,
        findings=_counting(subject.findings, known),
        data=around.data,
        now=now,
        settings=policy.settings,
        left_out=_left_out(subject, around.scanners),
    )
    may_stand = standing(case) | {one.id: [""] for one in policy.rules if one.match == "image"}
    excepted = apply_exceptions(subject, policy.exceptions, now, may_stand)
    before = subject.findings
    subject = replace(subject, findings=excepted.findings)
    case = replace(case, subject=subject, findings=_counting(subject.findings, known))
    terms = Terms(
        policy=policy.name,
        modes=policy.modes,
        doubts=policy.doubts,
        waivers=(*excepted.waivers, *_from_files(before)),
        excused=excepted.excused,
        baseline=known.about,
        accepted=_accepted(subject.findings, known),
    )
    verdict = decide(case, terms, _own_reasons(case, policy, excepted.excused))
    return replace(subject, verdict=verdict)


def _from_files(findings: Sequence[Finding]) -> Iterator[Waiver]:
    """Yield what ignore files let pass: one for each rule of theirs, whose reason names its place."""
    by_reason: dict[str, list[Finding]] = {}
    for one in findings:
        if one.suppressed_by in (Suppressor.IGNORE_RULE, Suppressor.EXCEPTION):
            by_reason.setdefault(one.suppressed, []).append(one)
    for reason, met in by_reason.items():
        yield Waiver(
            place="ignore file",
            state=WaiverState.APPLIED,
            about=", ".join(dict.fromkeys(one.rule for one in met)),
            owner="",
            reason=reason,
            expires="",
            findings=tuple(dict.fromkeys(one.id for one in met)),
        )


def known_key(finding: Finding) -> str:
    """
    Return what a baseline holds a finding by; empty for malware, which no baseline lets pass.

    A flaw that has become known to be exploited since is another one.
    """
    if finding.kind is FindingKind.MALWARE:
        return ""
    return "\0".join((*identity(finding), "exploited" if finding.exploited else ""))


def identity(finding: Finding) -> tuple[str, str, str]:
    """
    Return what makes a finding the same in two reports: kind, rule, and where.

    A package's version and architecture do not count, so a flaw that an upgrade left in place is not
    new; neither does the line of a secret, whose fingerprint tells it apart where there is one.
    """
    package = finding.package.partition("#")[0].partition("?")[0].rpartition("@")[0]
    place = finding.fingerprint or finding.location
    return str(finding.kind), finding.rule, package or place


def _left_out(subject: Subject, scanners: frozenset[str]) -> tuple[str, ...]:
    """Return the scanners that did not look: not asked, or there are no files to look into."""
    if subject.kind is SubjectKind.SBOM:
        scanners &= {"vuln"}
    return tuple(name for name in SCANNERS if name not in scanners)


def _counting(findings: Sequence[Finding], known: Known) -> tuple[Finding, ...]:
    return tuple(f for f in findings if not f.suppressed and known_key(f) not in known.keys)


def _accepted(findings: Sequence[Finding], known: Known) -> tuple[str, ...]:
    if not known.keys:
        return ()
    return tuple(f.id for f in findings if not f.suppressed and known_key(f) in known.keys)


def _own_reasons(
    case: Case, policy: Policy, excused: Mapping[str, tuple[str, ...]]
) -> tuple[Reason, ...]:
    if not policy.rules:
        return ()
    from pratique.policy.cel.evaluating import evaluate  # loads cel-cpp, for policies of users only

    return tuple(one for one in evaluate(case, policy) if not is_excused(one.rule, "", excused))
