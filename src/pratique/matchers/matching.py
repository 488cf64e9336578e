"""
Match all packages of a subject: send each to the unit of its type, and say what was not assessed.

Laws: a package without data is never clean: each ecosystem without data or with hardly any, each
type without a matcher, and each foreign vendor makes one coverage Unknown that counts its packages. Output is
sorted, so equal inputs give equal bytes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pratique.formats.distro_ecosystem import release_of
from pratique.formats.versions.order import base_name
from pratique.matchers import apk, dpkg, language, pacman, rpm
from pratique.matchers._thin import thin
from pratique.matchers.interface import Matched, Matcher
from pratique.model.advisory import (
    AdvisoryLookup,
    Candidate,
    CveRecord,
    DataStatus,
    Epss,
    Exploited,
)
from pratique.model.distro import Distro
from pratique.model.finding import Finding
from pratique.model.package import Package, PackageType
from pratique.model.unknown import Stage, Unknown

UNITS: tuple[Matcher, ...] = (apk, dpkg, language, pacman, rpm)
"""Listed, not searched for: this runs in every scan, and third parties cannot match OS packages."""

_UNIT = "matching"


def match_packages(
    packages: Sequence[Package], distro: Distro | None, lookup: AdvisoryLookup
) -> Matched:
    """Return the findings on all packages, and what was not assessed."""
    cached = _Cached(lookup)
    findings: list[Finding] = []
    unknowns: set[Unknown] = set()
    gaps: Counter[tuple[str, str]] = Counter()
    thin_data: Counter[tuple[str, str]] = Counter()
    for package in packages:
        gap = _gap(package, distro, cached)
        if gap:
            gaps[gap] += 1
            continue
        unit = _BY_TYPE[package.type]
        few = cached.thin(unit.ecosystems(package, distro)) if unit is not language else None
        if few:
            thin_data[few] += 1
        matched = unit.match(package, distro, cached)
        findings += matched.findings
        unknowns.update(matched.unknowns)
    unknowns.update(_spoken(*gap, count, "not assessed") for gap, count in gaps.items())
    unknowns.update(_spoken(*few, count, "hardly assessed") for few, count in thin_data.items())
    findings.sort(key=lambda finding: (finding.package, finding.rule, finding.id))
    return Matched(findings=tuple(findings), unknowns=tuple(sorted(unknowns)))


def ecosystems_needed(packages: Iterable[Package], distro: Distro | None) -> frozenset[str]:
    """
    Return the full ecosystem names whose data are needed (``Debian:12``, ``PyPI``).

    The shard of each is the text before the first colon.
    """
    samples = {(package.type, package.vendor): package for package in packages}
    needed: set[str] = set()
    for package in samples.values():
        unit = _BY_TYPE.get(package.type)
        if unit is not None and not _foreign_vendor(package, distro):
            needed.update(unit.ecosystems(package, distro))
    return frozenset(needed)


def _gap(package: Package, distro: Distro | None, lookup: "_Cached") -> tuple[str, str] | None:
    """Return where and why a package cannot be assessed, None when it can."""
    unit = _BY_TYPE.get(package.type)
    if unit is None:
        return package.type, f"no advisory data are matched for packages of type {package.type}"
    if unit is not language and distro is None:
        return package.type, "the distribution is not known"
    vendor = _foreign_vendor(package, distro)
    if vendor:
        return vendor, f"packages of the vendor {vendor} are not covered by the distribution's data"
    names = unit.ecosystems(package, distro)
    if not names:
        reason = release_of(distro).reason if distro else "the ecosystem is not known"
        return (distro.id if distro else package.type), reason
    return lookup.gap(names)


def _foreign_vendor(package: Package, distro: Distro | None) -> str:
    """Return the vendor of an rpm that the distribution did not build, else empty."""
    if package.type is not PackageType.RPM or not package.vendor or distro is None:
        return ""
    own = release_of(distro).vendors
    vendor = package.vendor.lower()
    known = not own or any(word in vendor for word in own)
    return "" if known else package.vendor[:80]


def _spoken(where: str, reason: str, count: int, how: str) -> Unknown:
    packages = f"{count} package{'s' if count > 1 else ''} {how}"
    return Unknown(stage=Stage.MATCH, unit=_UNIT, location=where, reason=f"{packages}: {reason}")


class _Cached:
    """Remember what was looked up: many packages share a source, and all share the coverage."""

    def __init__(self, lookup: AdvisoryLookup) -> None:
        self._lookup = lookup
        self._candidates: dict[tuple[str, str], tuple[Candidate, ...]] = {}
        self._gaps: dict[tuple[str, ...], tuple[str, str] | None] = {}
        self._thin: dict[tuple[str, ...], tuple[str, str] | None] = {}
        self._releases: dict[str, frozenset[str]] = {}

    def candidates(self, ecosystem: str, name: str) -> tuple[Candidate, ...]:
        """Return the statements on a name; ecosystems without data are not asked twice."""
        if ecosystem not in self.releases(base_name(ecosystem)):
            return ()
        key = (ecosystem, name)
        if key not in self._candidates:
            self._candidates[key] = self._lookup.candidates(ecosystem, name)
        return self._candidates[key]

    def releases(self, base: str) -> frozenset[str]:
        """Return the full names with data."""
        if base not in self._releases:
            self._releases[base] = self._lookup.releases(base)
        return self._releases[base]

    def gap(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Return where and why there are no data for any of the names, None when there are."""
        if names not in self._gaps:
            self._gaps[names] = self._find_gap(names)
        return self._gaps[names]

    def _find_gap(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        if any(name in self.releases(base_name(name)) for name in names):
            return None
        base = base_name(names[0])
        there = self.releases(base)
        if not there:
            return names[0], f"there are no advisory data for {base}"
        return names[0], f"the advisory data for {base} do not cover {names[0]}"

    def thin(self, names: tuple[str, ...]) -> tuple[str, str] | None:
        """Return where and why the data are too few to speak for a release, None when enough."""
        if names not in self._thin:
            reason = thin(names, self._lookup)
            self._thin[names] = (names[0], reason) if reason else None
        return self._thin[names]

    def statements(self, ecosystem: str, most: int) -> int:
        """Ask the lookup."""
        return self._lookup.statements(ecosystem, most)

    def status(self, base: str) -> DataStatus:
        """Ask the lookup."""
        return self._lookup.status(base)

    def cve(self, cve_id: str) -> CveRecord | None:
        """Ask the lookup."""
        return self._lookup.cve(cve_id)

    def exploited(self, cve_id: str) -> Exploited | None:
        """Ask the lookup."""
        return self._lookup.exploited(cve_id)

    def epss(self, cve_id: str) -> Epss | None:
        """Ask the lookup."""
        return self._lookup.epss(cve_id)

    def end_of_life(self, product: str, cycle: str) -> str | None:
        """Ask the lookup."""
        return self._lookup.end_of_life(product, cycle)


_BY_TYPE: dict[PackageType, Matcher] = {kind: unit for unit in UNITS for kind in unit.TYPES}
