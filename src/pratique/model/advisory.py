"""
Describe a publisher's record about a flaw, normalised from every feed to one shape.

The shape follows the OSV schema 1.7 (https://ossf.github.io/osv-schema/), with the publisher's
word on the state of the fix added, because a distribution also says "will not fix" and "not
affected".
"""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import NewType, Protocol

from msgspec import Struct

from pratique.model.severity import Score, Severity

AdvisoryId = NewType("AdvisoryId", str)


class FixState(StrEnum):
    """The publisher's word on one package of one release."""

    FIXED = "fixed"
    NOT_FIXED = "not-fixed"
    WILL_NOT_FIX = "will-not-fix"
    DEFERRED = "deferred"
    NOT_AFFECTED = "not-affected"
    UNDER_INVESTIGATION = "under-investigation"
    END_OF_LIFE = "end-of-life"
    UNKNOWN = "unknown"


class Range(Struct, frozen=True, array_like=True):
    """
    An interval of versions: from ``introduced`` to before ``fixed``, or up to ``last_affected``.

    ``introduced`` ``"0"`` is before every version. At most one of ``fixed`` and ``last_affected``
    is set; neither means that no fix is known. ``limit`` as in OSV. ``kind`` is ``ECOSYSTEM`` (the
    ecosystem's own order) or ``SEMVER``.
    """

    introduced: str = "0"
    fixed: str = ""
    last_affected: str = ""
    limit: str = ""
    kind: str = "ECOSYSTEM"


class Import(Struct, frozen=True, array_like=True):
    """
    A Go package that has the flaw, and its functions that do; none named: all of it.

    ``symbols`` are ``Function`` or ``Type.Method``. ``systems`` and ``arches`` (as Go names them)
    limit the statement; empty means all.
    """

    path: str
    symbols: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    arches: tuple[str, ...] = ()


class Affected(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """
    One package of one release that an advisory speaks of.

    ``ecosystem`` is the OSV name with its release suffix (``Debian:12``, ``Alpine:v3.20``,
    ``Ubuntu:22.04:LTS``, ``Red Hat:enterprise_linux:9::baseos``, ``PyPI``); ``name`` is
    normalised for that ecosystem. A version is affected when any range or ``versions`` holds it;
    ``state`` NOT_AFFECTED overrides both. ``arches`` empty means all; ``module`` is the rpm module
    stream (``nodejs:18``) the statement is limited to.
    """

    ecosystem: str
    name: str
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()
    state: FixState = FixState.UNKNOWN
    arches: tuple[str, ...] = ()
    module: str = ""
    severity: Severity | None = None
    note: str = ""
    """The publisher's qualifier as a person should read it ("urgency: unimportant")."""
    imports: tuple[Import, ...] = ()
    """Where in the package the flaw is, as far as the publisher says (Go)."""


class Advisory(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """
    One record of one feed.

    ``aliases`` are other names of the same flaw; ``upstream`` the flaws (CVE) that a
    distribution's record is about; ``related`` is weaker. Dates are ISO 8601 as published.
    """

    id: AdvisoryId
    feed: str
    affected: tuple[Affected, ...] = ()
    aliases: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    title: str = ""
    description: str = ""
    severity: Severity = Severity.UNKNOWN
    scores: tuple[Score, ...] = ()
    cwes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    withdrawn: str = ""
    malicious: bool = False


class Candidate(Struct, frozen=True):
    """One advisory's statement on the package that was looked up."""

    advisory: Advisory
    affected: Affected


class Exploited(Struct, frozen=True, kw_only=True):
    """What CISA's catalogue of known exploited vulnerabilities says of one CVE."""

    added: str
    due: str = ""
    ransomware: bool = False


class Epss(Struct, frozen=True, kw_only=True):
    """FIRST's estimate that a CVE is exploited within 30 days; both figures 0.0–1.0."""

    probability: float
    percentile: float | None = None
    date: str = ""


class CveRecord(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What score feeds (NVD, CVE list, Vulnrichment) say of one CVE."""

    id: str
    scores: tuple[Score, ...] = ()
    cwes: tuple[str, ...] = ()
    title: str = ""
    description: str = ""
    published: str = ""
    rejected: bool = False


class DataStatus(Struct, frozen=True, kw_only=True):
    """
    What data stand behind the answers for one ecosystem.

    ``ecosystem`` is the base name (``Debian``, not ``Debian:12``). ``present`` False means *no
    data*, which is never *clean*. ``scores_only`` marks data that no package was matched with, and
    that lent scores to findings: they were on this machine for another image, or on request.
    """

    ecosystem: str
    present: bool
    built: str = ""
    newest: str = ""
    feeds: tuple[str, ...] = ()
    advisories: int = 0
    unproven: tuple[str, ...] = ()
    """Feeds whose live endpoint this code has never been exercised against."""
    scores_only: bool = False


class AdvisoryLookup(Protocol):
    """Answer questions about advisories; implemented by the advisory database."""

    def candidates(self, ecosystem: str, name: str) -> tuple[Candidate, ...]:
        """Return every live statement on ``name`` in exactly ``ecosystem``, native feed first."""

    def candidates_of(
        self, ecosystem: str, names: Collection[str], wanted: Callable[[Affected], bool]
    ) -> Mapping[str, tuple[Candidate, ...]]:
        """
        Return what ``candidates`` says of many names at once.

        Names that have no statement for which ``wanted`` is true are left out, which saves
        unpacking what would decide nothing.
        """

    def releases(self, base: str) -> frozenset[str]:
        """Return the full ecosystem names under ``base`` that have data; empty: none."""

    def statements(self, ecosystem: str, most: int) -> int:
        """Return how many live statements there are on exactly ``ecosystem``, at most ``most``."""

    def status(self, base: str) -> DataStatus:
        """Return what is known of the data for the base ecosystem."""

    def cve(self, cve_id: str) -> CveRecord | None:
        """Return what score feeds say of a CVE."""

    def exploited(self, cve_id: str) -> Exploited | None:
        """Return the known-exploited entry of a CVE."""

    def epss(self, cve_id: str) -> Epss | None:
        """Return the exploit prediction of a CVE."""

    def end_of_life(self, product: str, cycle: str) -> str | None:
        """Return the ISO date when support of a release ends, None when unknown."""
