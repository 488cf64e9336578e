"""Make an advisory lookup in memory, from model values, and the values that tests put into it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from msgspec import Struct

from pratique.model.advisory import (
    Advisory,
    AdvisoryId,
    Affected,
    Candidate,
    CveRecord,
    DataStatus,
    Epss,
    Exploited,
    FixState,
    Range,
)
from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType, Purl


class Extras(Struct, frozen=True, kw_only=True):
    """What a lookup knows besides advisories."""

    cves: tuple[CveRecord, ...] = ()
    exploited: Mapping[str, Exploited] = {}
    epss: Mapping[str, Epss] = {}
    ends: Mapping[tuple[str, str], str] = {}


class MemoryLookup:
    """An ``AdvisoryLookup`` over a few advisories; every feed but ``osv`` is native."""

    def __init__(self, advisories: Iterable[Advisory] = (), extras: Extras | None = None) -> None:
        self._extras = extras or Extras()
        self._found: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        for advisory in sorted(advisories, key=lambda one: (one.feed == "osv", one.id)):
            if advisory.withdrawn:
                continue
            for affected in advisory.affected:
                key = (affected.ecosystem, affected.name)
                self._found[key].append(Candidate(advisory, affected))

    def candidates(self, ecosystem: str, name: str) -> tuple[Candidate, ...]:
        """Return the statements, native feeds first."""
        return tuple(self._found.get((ecosystem, name), ()))

    def candidates_of(
        self, ecosystem: str, names: Collection[str], wanted: Callable[[Affected], bool]
    ) -> Mapping[str, tuple[Candidate, ...]]:
        """Return the statements on those names that have a wanted one."""
        found = {name: self.candidates(ecosystem, name) for name in names}
        return {
            name: held
            for name, held in found.items()
            if any(wanted(candidate.affected) for candidate in held)
        }

    def releases(self, base: str) -> frozenset[str]:
        """Return the ecosystems under a base name."""
        return frozenset(eco for eco, _ in self._found if eco.partition(":")[0] == base)

    def statements(self, ecosystem: str, most: int) -> int:
        """Return how many there are."""
        found = (len(held) for (eco, _), held in self._found.items() if eco == ecosystem)
        return min(sum(found), most)

    def status(self, base: str) -> DataStatus:
        """Return whether there is anything."""
        return DataStatus(ecosystem=base, present=bool(self.releases(base)))

    def cve(self, cve_id: str) -> CveRecord | None:
        """Return the record of a CVE."""
        return next((record for record in self._extras.cves if record.id == cve_id), None)

    def exploited(self, cve_id: str) -> Exploited | None:
        """Return the catalogue's entry."""
        return self._extras.exploited.get(cve_id)

    def epss(self, cve_id: str) -> Epss | None:
        """Return the estimate."""
        return self._extras.epss.get(cve_id)

    def end_of_life(self, product: str, cycle: str) -> str | None:
        """Return the day."""
        return self._extras.ends.get((product, cycle))


def statement(
    ecosystem: str, name: str, *ranges: Range, state: FixState = FixState.UNKNOWN, **more: object
) -> Affected:
    """Return a statement on one package."""
    return Affected(ecosystem=ecosystem, name=name, ranges=ranges, state=state, **more)  # type: ignore[arg-type]


def advisory(name: str, *affected: Affected, feed: str = "osv", **more: object) -> Advisory:
    """Return an advisory of one record."""
    return Advisory(id=AdvisoryId(name), feed=feed, affected=affected, **more)  # type: ignore[arg-type]


def package(kind: PackageType, name: str, version: str, **more: object) -> Package:
    """Return an installed package."""
    purl = Purl(str(more.pop("purl", f"pkg:{kind}/{name}@{version}")))
    return Package(type=kind, name=name, version=version, purl=purl, **more)  # type: ignore[arg-type]


DEBIAN = Distro(id="debian", version="12", codename="bookworm", name="Debian GNU/Linux 12")
UBUNTU = Distro(id="ubuntu", version="22.04", name="Ubuntu 22.04 LTS", like=("debian",))
ALPINE = Distro(id="alpine", version="3.20.3", name="Alpine Linux v3.20")
