"""
Say which flaws an advisory is about, and which records are about the same one.

Laws: an erratum that names several CVEs stands for each of them, and joins none; a CVE stands for
itself alone, whatever other CVEs its record calls aliases; only the aliases of a record about a
single flaw are names of that flaw; a record without any CVE keeps its own id; a bug-fix erratum
without a CVE is about no flaw. Two different CVEs are never joined.
Source: https://ossf.github.io/osv-schema/ on aliases (symmetric), upstream (directed) and related.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from pratique.model.advisory import Advisory

_CVE = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_ERRATUM = re.compile(
    r"(?:ALBA|ALEA|ALSA|ALAS\w*|AVG|ASA|DLA|DSA|DTSA|ELSA|ELBA|FEDORA|LSN|MGAA|MGASA|PHSA|RHBA|RHEA"
    r"|RHSA|RLBA|RLEA|RLSA|RXSA|openEuler-SA|openSUSE|SUSE|USN)[-:]"
)
_BUG_FIX = re.compile(
    r"(?:ALBA|ALEA|ELBA|MGAA|RHBA|RHEA|RLBA|RLEA|openSUSE-[RFO]U|SUSE-[RFO]U)[-:]"
)


class Flaws(Struct, frozen=True):
    """
    The flaws of one advisory: CVEs where it names any, else its own id, or none.

    ``names`` are all names of the flaw when it is a single one. ``erratum`` says that the record
    describes an update and not the flaw.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    erratum: bool

    @property
    def single(self) -> bool:
        """Return whether the advisory is about exactly one flaw."""
        return len(self.keys) == 1


def flaws_of(advisory: Advisory) -> Flaws:
    """
    Return the flaws an advisory is about.

    >>> from pratique.model.advisory import AdvisoryId
    >>> flaws_of(Advisory(id=AdvisoryId("DSA-1"), feed="osv", related=("CVE-2020-0001",))).keys
    ('CVE-2020-0001',)
    """
    return _flaws(str(advisory.id), advisory.aliases, advisory.upstream, advisory.related)


@lru_cache(maxsize=1 << 14)
def _flaws(
    own: str, aliases: tuple[str, ...], upstream: tuple[str, ...], related: tuple[str, ...]
) -> Flaws:
    erratum = _ERRATUM.match(own) is not None
    cves = _cves((own, *aliases, *upstream))
    if not cves and erratum:
        cves = _cves(related)
    if not cves and _BUG_FIX.match(own):
        return Flaws((), (), True)
    if len(cves) > 1:
        # A CVE is about itself; that its aliases name others is an error in the data (OSV merges
        # the aliases of aliases), so none of them is believed.
        return Flaws((own,), (own,), False) if own in cves else Flaws(cves, (), erratum)
    names = (*cves, *aliases) if erratum and cves else (*cves, own, *aliases)
    return Flaws(cves or (own,), tuple(dict.fromkeys(names)), erratum)


def _cves(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if _CVE.fullmatch(name)))


class Names:
    """Join names that records about a single flaw declare to be one; never two CVEs."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def join(self, flaws: Flaws) -> None:
        """Take in the names of one record; a record about several flaws joins nothing."""
        if flaws.single:
            first, *others = flaws.names or flaws.keys
            for other in others:
                self._unite(first, other)

    def best(self, name: str) -> str:
        """Return the name that stands for all that are joined with ``name``."""
        while (parent := self._parent.get(name, name)) != name:
            name = parent
        return name

    def _unite(self, a: str, b: str) -> None:
        winner, loser = sorted((self.best(a), self.best(b)), key=_preference)
        if winner != loser and not (_CVE.fullmatch(winner) and _CVE.fullmatch(loser)):
            self._parent[loser] = winner


def _preference(name: str) -> tuple[int, str]:
    """Order names by how widely they are known: CVE, then GHSA, then the rest."""
    return (0 if name.startswith("CVE-") else 1 if name.startswith("GHSA-") else 2), name
