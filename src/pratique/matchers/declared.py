"""
Weigh packages that only a lockfile names.

Laws: one that is also installed in the same version is judged there, once. What a lockfile marks as
needed for development only is left out of installations, so its flaws do not count unless asked
for; malware always does, because it ran, or runs, where somebody builds.
"""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from pratique.formats.feeds.package_names import normal_name
from pratique.formats.language_ecosystem import ecosystem_of, full_name
from pratique.formats.versions.order import compare
from pratique.model.errors import FormatError
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.model.package import Package, PackageType, Scope

REASON = "a development dependency that nothing shows to be installed"

_Name = tuple[PackageType, str]


def installed_too(packages: Collection[Package]) -> frozenset[str]:
    """
    Return the keys of declared packages that are installed in the same version.

    The ecosystem's own order says which versions are the same: ``3.2`` and ``3.2.0`` in Python.
    """
    declared = [package for package in packages if package.declared]
    installed: dict[_Name, set[str]] = {_name(package): set() for package in declared}
    if declared:
        for package in packages:
            if not package.declared and (versions := installed.get(_name(package))) is not None:
                versions.add(package.version.removeprefix("v"))
    return frozenset(one.key for one in declared if _is_among(one, installed[_name(one)]))


def without_development(findings: Iterable[Finding], package: Package) -> tuple[Finding, ...]:
    """Return the findings on one package, suppressed where it is for development only."""
    if not package.declared or package.scope is not Scope.DEVELOPMENT:
        return tuple(findings)
    return tuple(
        finding
        if finding.suppressed or finding.kind is FindingKind.MALWARE
        else replace(finding, suppressed=REASON, suppressed_by=Suppressor.SCOPE)
        for finding in findings
    )


def _name(package: Package) -> _Name:
    return package.type, normal_name(ecosystem_of(package), full_name(package))


def _is_among(package: Package, versions: Collection[str]) -> bool:
    own = package.version.removeprefix("v")
    return own in versions or any(_is_same(ecosystem_of(package), own, one) for one in versions)


def _is_same(ecosystem: str, one: str, other: str) -> bool:
    try:
        return compare(ecosystem, one, other) == 0
    except FormatError:
        return False  # no order is known, or one is no version: only equal text is the same
