"""
Apply the exceptions of a policy, before anything is counted.

Laws: an exception names a flaw, a rule or a finding, who answers for it, why, and its last day.
Every further field that is set must hold too. After its last day it does nothing, and both that and
its disuse are told. None lets pass what is undecided whatever the policy (``ALWAYS_UNDECIDED``).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.ignore.glob import glob_matches
from pratique.formats.purl_matching import purl_matches
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.model.verdict import Waiver, WaiverState
from pratique.policy.doubts import ALWAYS_UNDECIDED
from pratique.policy.version_range import in_range

_NAMED_ONLY = frozenset({FindingKind.MALWARE, FindingKind.TAMPER})
"""A CVE among their aliases is not enough."""


class PolicyException(Struct, frozen=True, kw_only=True):
    """
    One exception.

    ``names`` are CVEs, other names of a flaw, rules, doubts, or ids of findings: any of them.
    ``package`` is a name or a package URL, ``versions`` a range (``>=1.2, <1.4``); ``path`` a glob of
    the file; ``image`` a glob of the image's name or its digest. ``expires`` is the last day.
    """

    place: str
    names: tuple[str, ...]
    owner: str
    reason: str
    expires: date
    package: str = ""
    versions: str = ""
    path: str = ""
    image: str = ""


class Excepted(Struct, frozen=True, kw_only=True):
    """What became of the findings (in their order) and of the exceptions (in theirs)."""

    findings: tuple[Finding, ...]
    waivers: tuple[Waiver, ...]
    excused: Mapping[str, tuple[str, ...]]
    """What else they let pass: the name of a rule or doubt, and globs of places (empty: any)."""


def apply_exceptions(
    subject: Subject,
    exceptions: Sequence[PolicyException],
    now: datetime,
    standing: Mapping[str, Sequence[str]],
) -> Excepted:
    """
    Return the findings of a subject, those that a live exception names suppressed.

    ``standing`` holds what speaks of no finding and can be excepted all the same: the names of rules
    on the image and of doubts, with the places they are about.
    """
    hearing = _Hearing(subject, now, standing)
    findings = list(subject.findings)
    waivers: list[Waiver] = []
    excused: dict[str, tuple[str, ...]] = {}
    for exception in exceptions:
        waiver, met = hearing.judge(exception, findings)
        waivers.append(waiver)
        if waiver.state is WaiverState.APPLIED:
            for at in met:
                findings[at] = _suppressed(findings[at], exception)
            for name in hearing.excuses(exception):
                excused[name] = (*excused.get(name, ()), exception.path)
    return Excepted(findings=tuple(findings), waivers=tuple(waivers), excused=excused)


def is_excused(name: str, place: str, excused: Mapping[str, Sequence[str]]) -> bool:
    """Whether an exception lets a rule on the image, or a doubt about a place, pass."""
    return any(not path or _is_place(path, place) for path in excused.get(name, ()))


class _Hearing:
    def __init__(
        self, subject: Subject, now: datetime, standing: Mapping[str, Sequence[str]]
    ) -> None:
        self._subject = subject
        self._today = now.date()
        self._standing = standing
        self._packages = {one.key: one for one in subject.packages}

    def judge(
        self, exception: PolicyException, findings: Sequence[Finding]
    ) -> tuple[Waiver, tuple[int, ...]]:
        """Return what becomes of an exception, and the positions of the findings it holds for."""
        waiver = _unused(exception)
        named = [at for at, f in enumerate(findings) if not f.suppressed and _names(exception, f)]
        if exception.expires < self._today:
            why = f"its last day was {waiver.expires}"
            ids = _ids(findings, named)
            return replace(waiver, state=WaiverState.EXPIRED, why=why, findings=ids), ()
        differs = {at: self._difference(exception, findings[at]) for at in named}
        met = tuple(at for at, why in differs.items() if not why)
        if met or self.excuses(exception):
            ids = _ids(findings, met)
            return replace(waiver, state=WaiverState.APPLIED, findings=ids), met
        if named:
            why = differs[named[0]]
            return replace(waiver, state=WaiverState.NOT_MATCHING, why=why), ()
        return waiver, ()

    def excuses(self, exception: PolicyException) -> tuple[str, ...]:
        """Return the rules on the image and the doubts that an exception lets pass."""
        if exception.package or _image_differs(exception, self._subject):
            return ()
        return tuple(
            name
            for name in exception.names
            if name not in ALWAYS_UNDECIDED
            and any(
                not exception.path or _is_place(exception.path, place)
                for place in self._standing.get(name, ())
            )
        )

    def _difference(self, exception: PolicyException, finding: Finding) -> str:
        """Return what keeps an exception from holding for a finding; empty: it holds."""
        if exception.package and not _is_package(exception, self._packages.get(finding.package)):
            return f"it is about {exception.package} {exception.versions}".rstrip()
        if exception.path and not _is_place(exception.path, finding.location):
            return f"it is about files at {exception.path}"
        return _image_differs(exception, self._subject)


def _unused(exception: PolicyException) -> Waiver:
    return Waiver(
        place=exception.place,
        state=WaiverState.UNUSED,
        about=", ".join(exception.names),
        owner=exception.owner,
        reason=exception.reason,
        expires=exception.expires.isoformat(),
    )


def _ids(findings: Sequence[Finding], positions: Iterable[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(findings[at].id for at in positions))


def _names(exception: PolicyException, finding: Finding) -> bool:
    own = {finding.id, finding.rule}
    if finding.kind not in _NAMED_ONLY:
        own.update(finding.names)
    return not own.isdisjoint(exception.names)


def _is_package(exception: PolicyException, package: Package | None) -> bool:
    if package is None:
        return False
    wanted = exception.package
    same = purl_matches(wanted, package.purl) if _is_purl(wanted) else wanted == package.name
    return same and (not exception.versions or in_range(package, exception.versions))


def _is_purl(text: str) -> bool:
    return text.startswith("pkg:")


def _is_place(pattern: str, location: str) -> bool:
    outer = location.partition("!")[0]
    return any(glob_matches(pattern, one) for one in {location.replace("!", "/"), outer} - {""})


def _image_differs(exception: PolicyException, subject: Subject) -> str:
    if not exception.image:
        return ""
    names = {subject.target, str(subject.digest or "")}
    if subject.image is not None:
        names |= {subject.image.name, str(subject.image.digest)}
    if any(glob_matches(exception.image, name) for name in names - {""}):
        return ""
    return f"it is about images called {exception.image}"


def _suppressed(finding: Finding, exception: PolicyException) -> Finding:
    until = exception.expires.isoformat()
    reason = f"{exception.owner}: {exception.reason} ({exception.place}, until {until})"
    return replace(finding, suppressed=reason, suppressed_by=Suppressor.EXCEPTION)
