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
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.model.package import Package, PackageType, Scope

REASON = "a development dependency that nothing shows to be installed"

_Identity = tuple[PackageType, str, str]


def installed_too(packages: Collection[Package]) -> frozenset[str]:
    """Return the keys of declared packages that are installed in the same version."""
    declared: dict[str, _Identity] = {}
    installed: set[_Identity] = set()
    for package in packages:
        if package.declared:
            declared[package.key] = _identity(package)
    if declared:
        installed = {_identity(package) for package in packages if not package.declared}
    return frozenset(key for key, identity in declared.items() if identity in installed)


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


def _identity(package: Package) -> _Identity:
    name = normal_name(ecosystem_of(package), full_name(package))
    return package.type, name, package.version.removeprefix("v")
