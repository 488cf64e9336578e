"""
Match all packages of a subject: send each to the unit of its type, and say what was not assessed.

Laws: a package without data is never clean: each ecosystem without data or with hardly any, each
type without a matcher, and each foreign vendor makes one coverage Unknown that counts its packages.
What is part of an OS package is judged with the distribution's word (``_distro_word``); a program
that is part of one is the distribution's altogether. Output is sorted, so equal inputs give equal
bytes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from pratique.formats.distro_ecosystem import release_of
from pratique.formats.language_ecosystem import ecosystem_of
from pratique.matchers import apk, dpkg, language, pacman, program, rpm
from pratique.matchers._distro_word import heed_distro
from pratique.matchers._lookups import Lookups
from pratique.matchers.declared import installed_too, without_development
from pratique.matchers.interface import Matched, Matcher
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.finding import Finding
from pratique.model.package import Package, PackageType
from pratique.model.unknown import THIRD_PARTY, Stage, Unknown

UNITS: tuple[Matcher, ...] = (apk, dpkg, language, pacman, program, rpm)
"""Listed, not searched for: this runs in every scan, and third parties cannot match OS packages."""

_UNIT = "matching"
_Gap: TypeAlias = tuple[str, str, str]
"""The unit that an Unknown names, where, and why."""
_WITHOUT_RELEASES: tuple[Matcher, ...] = (language, program)
"""Units whose data are the same for every distribution, or none."""
_BUILT_BY_VENDORS = frozenset({PackageType.RPM, PackageType.DEB})
_REMARKS = {
    PackageType.CONDA: " (Python projects among them are matched by their own metadata)",
}


def match_packages(
    packages: Sequence[Package],
    distro: Distro | None,
    lookup: AdvisoryLookup,
    *,
    include_development: bool = False,
) -> Matched:
    """
    Return the findings on all packages, and what was not assessed.

    ``include_development`` counts flaws of declared packages that are for development only.
    """
    packages = _without_foreign_owners(packages, distro)
    lookups = Lookups(lookup)
    sorting = _Sorting(packages, distro, lookups)
    asked = [tuple(unit.queries(one, distro)) for one, unit in sorting.assessed]
    findings: list[Finding] = []
    unknowns = sorting.unknowns()
    uncompared = {*sorting.hardly}
    spoken_of = lookups.prepare(asked)
    for number, (package, unit) in enumerate(sorting.assessed):
        if not spoken_of[number]:
            continue
        matched = unit.match(package, distro, lookups)
        found = matched.findings
        findings += found if include_development else without_development(found, package)
        unknowns.update(matched.unknowns)
        if matched.unknowns and not matched.findings:
            uncompared.add(number)
    by_key = {package.key: package for package in packages}
    findings = heed_distro(findings, by_key, distro, lookup)
    findings.sort(key=lambda finding: (finding.package, finding.rule, finding.id))
    return Matched(
        findings=tuple(findings),
        unknowns=tuple(sorted(unknowns)),
        compared=len(sorting.assessed) - len(uncompared),
    )


def ecosystems_needed(packages: Iterable[Package], distro: Distro | None) -> frozenset[str]:
    """
    Return the full ecosystem names whose data are needed (``Debian:12``, ``PyPI``).

    The shard of each is the text before the first colon.
    """
    samples = {
        (one.type, one.vendor, ecosystem_of(one), _program(one)): one
        for one in _without_foreign_owners(tuple(packages), distro)
        if not _is_distros_program(one)
    }
    needed: set[str] = set()
    for package in samples.values():
        unit = _BY_TYPE.get(package.type)
        if unit is not None and not _foreign_vendor(package, distro):
            needed.update(unit.ecosystems(package, distro))
    return frozenset(needed - program.ON_REQUEST)


def _without_foreign_owners(
    packages: Sequence[Package], distro: Distro | None
) -> Sequence[Package]:
    """Return the packages, a part of a vendor's OS package standing for itself: no distro speaks of it."""
    foreign = {one.key for one in packages if _foreign_vendor(one, distro)}
    if not foreign:
        return packages
    return [replace(one, owner="") if one.owner in foreign else one for one in packages]


class _Sorting:
    """Tell the packages that can be assessed from those that cannot, and count the latter."""

    def __init__(
        self, packages: Sequence[Package], distro: Distro | None, lookups: Lookups
    ) -> None:
        self.assessed: list[tuple[Package, Matcher]] = []
        self.hardly: list[int] = []
        """Those among them, by their index, on which hardly anything is known."""
        self._gaps: Counter[_Gap] = Counter()
        self._thin: Counter[_Gap] = Counter()
        repeated = installed_too(packages)
        for package in packages:
            if package.key in repeated or _is_distros_program(package):
                continue
            gap = _gap(package, distro, lookups)
            if gap:
                self._gaps[gap] += 1
                continue
            unit = _BY_TYPE[package.type]
            if unit not in _WITHOUT_RELEASES:
                few = lookups.thin(unit.ecosystems(package, distro))
                if few:
                    self._thin[_UNIT, *few] += 1
                    self.hardly.append(len(self.assessed))
            self.assessed.append((package, unit))

    def unknowns(self) -> set[Unknown]:
        """Return what was not assessed, or hardly."""
        found = {_spoken(gap, count, "not assessed") for gap, count in self._gaps.items()}
        return found | {_spoken(few, n, "hardly assessed") for few, n in self._thin.items()}


def _program(package: Package) -> str:
    """Return the name where it decides whose advisories are asked, else empty."""
    return package.name if package.type is PackageType.GENERIC else ""


def _is_distros_program(package: Package) -> bool:
    return package.type is PackageType.GENERIC and bool(package.owner)


def _gap(package: Package, distro: Distro | None, lookups: Lookups) -> _Gap | None:
    """Return why a package cannot be assessed, None when it can."""
    vendor = _foreign_vendor(package, distro)
    if vendor:
        epel = " (EPEL)" if "fedora" in vendor.lower() else ""
        reason = f"packages of the vendor {vendor}{epel} are not covered by the distribution's data"
        return THIRD_PARTY, vendor, reason
    found = _own_gap(package, distro, lookups)
    return (_UNIT, *found) if found else None


def _own_gap(package: Package, distro: Distro | None, lookups: Lookups) -> tuple[str, str] | None:
    unit = _BY_TYPE.get(package.type)
    if unit is None:
        reason = f"no advisory data are matched for packages of type {package.type}"
        return package.type, reason + _REMARKS.get(package.type, "")
    if unit not in _WITHOUT_RELEASES and distro is None:
        return package.type, "the distribution is not known"
    names = unit.ecosystems(package, distro)
    if not names:
        if unit is program:
            return package.type, "nobody is known to publish advisories on them"
        reason = release_of(distro).reason if distro else "the ecosystem is not known"
        return (distro.id if distro else package.type), reason
    return lookups.gap(names)


def _foreign_vendor(package: Package, distro: Distro | None) -> str:
    """
    Return the vendor of an rpm or deb that the distribution did not build, else empty.

    A deb says nothing of its vendor: the extractor tells one where the image gives it away. What
    other SBOMs call the supplier of a deb is mostly its maintainer, so theirs does not count.
    """
    if not package.vendor or distro is None or package.type not in _BUILT_BY_VENDORS:
        return ""
    if package.type is PackageType.DEB:
        return package.vendor[:80] if package.origin == dpkg.NAME else ""
    own = release_of(distro).vendors
    vendor = package.vendor.lower()
    known = not own or any(word in vendor for word in own)
    return "" if known else package.vendor[:80]


def _spoken(gap: _Gap, count: int, how: str) -> Unknown:
    unit, where, reason = gap
    packages = f"{count} package{'s' if count > 1 else ''} {how}"
    return Unknown(stage=Stage.MATCH, unit=unit, location=where, reason=f"{packages}: {reason}")


_BY_TYPE: dict[PackageType, Matcher] = {kind: unit for unit in UNITS for kind in unit.TYPES}
