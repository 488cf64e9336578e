"""
Say whether one digest may pass under one policy version, and why.

Laws: a definite "deny" stays one whatever else is unknown; otherwise a doubt makes "undecided",
never "allow". Every answer but a silent "allow" rests on reasons, and each reason names what it
rests on, the exceptions that were considered, and the date of the advisory data behind it.
"""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from pratique.model.digest import Digest
from pratique.model.severity import Severity
from pratique.model.unknown import Unknown


class Answer(StrEnum):
    """
    What a verdict comes down to; ``rank`` orders them, the gravest last.

    >>> gravest([Answer.WARN, Answer.DENY, Answer.UNDECIDED])
    <Answer.DENY: 'deny'>
    """

    ALLOW = "allow"
    WARN = "warn"
    """Allowed, and something should be mended."""
    UNDECIDED = "undecided"
    """Nothing forbids it, and something that could was not seen."""
    DENY = "deny"

    @property
    def rank(self) -> int:
        """Return 0 for allow, 1 warn, 2 undecided, 3 deny."""
        return _RANK[self]

    @property
    def passes(self) -> bool:
        """Whether the image may go on: allow and warn."""
        return self in (Answer.ALLOW, Answer.WARN)


_RANK = {answer: rank for rank, answer in enumerate(Answer)}


def gravest(answers: Iterable[Answer]) -> Answer:
    """Return the answer that prevails; of none, "allow"."""
    return max(answers, key=_RANK.__getitem__, default=Answer.ALLOW)


class Mode(StrEnum):
    """What a rule does where it fires."""

    AUDIT = "audit"
    """It is reported and changes nothing."""
    WARN = "warn"
    DENY = "deny"


class PolicyName(Struct, frozen=True, kw_only=True):
    """
    One version of a policy.

    ``sha256`` (hex) covers the file's bytes and the built-in profile it extends; of a built-in
    profile, its rules and figures in words. ``place`` is the file, empty for a built-in profile.
    """

    name: str
    sha256: str
    extends: str = ""
    place: str = ""


class WaiverState(StrEnum):
    """What became of an exception."""

    APPLIED = "applied"
    EXPIRED = "expired"
    NOT_MATCHING = "not-matching"
    """It names the flaw or rule and does not hold here; ``why`` says what differs."""
    UNUSED = "unused"
    """It names nothing that was found."""


class Waiver(Struct, frozen=True, kw_only=True):
    """
    One exception and what became of it.

    ``place`` says where it stands (``policy.yaml:12``), ``about`` what it names, ``expires`` its
    last day (ISO date; empty for a rule of an ignore file, whose reason says it), ``findings`` the ids of those it lets pass, ``why`` why it does not.
    """

    place: str
    state: WaiverState
    about: str
    owner: str
    reason: str
    expires: str
    why: str = ""
    findings: tuple[str, ...] = ()


class DataBasis(Struct, frozen=True, kw_only=True):
    """
    The advisory data that a reason or a verdict rests on.

    ``feeds`` are named as in ``db status``; ``built`` says when the data was fetched, ``newest``
    the date of its newest record; both ISO 8601, empty where unknown.
    """

    ecosystem: str
    feeds: tuple[str, ...] = ()
    built: str = ""
    newest: str = ""


class Reason(Struct, frozen=True, kw_only=True):
    """
    Why a verdict is what it is: one rule and all it fired at, most important first.

    ``answer`` is what this reason alone speaks for (``allow`` for a rule in audit mode). ``mode`` is
    None where no rule speaks but a doubt does. ``findings`` are ``Finding.id``, ``packages``
    ``Package.key``; ``waivers`` the exceptions considered for what the reason rests on. ``fix`` is
    what to do.
    """

    rule: str
    answer: Answer
    message: str
    mode: Mode | None = None
    severity: Severity = Severity.UNKNOWN
    findings: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    data: tuple[DataBasis, ...] = ()
    fix: str = ""


class Verdict(Struct, frozen=True, kw_only=True):
    """
    The decision on one subject under one policy version at one time.

    ``digest`` is the image's (None for a directory); ``now`` ISO 8601, UTC. ``reasons`` come
    gravest first. ``waivers`` are all exceptions of the policy and of ignore files and what became
    of them. ``accepted`` are the ids of findings that a baseline holds already and that therefore
    did not count, ``baseline`` what that was.
    """

    answer: Answer
    policy: PolicyName
    now: str
    digest: Digest | None = None
    reasons: tuple[Reason, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    data: tuple[DataBasis, ...] = ()
    baseline: str = ""
    accepted: tuple[str, ...] = ()
