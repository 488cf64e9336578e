"""
Gather findings into upgrades: one line a person can act on for each source package.

The binary packages of one source are upgraded together, so they are one upgrade; so is a language
package of one version, however many files hold it. The version to
reach is the highest fix among its findings, in the order of its ecosystem; where that order cannot
tell, all of them are named. *Urgent* is what is known to be exploited, or critical or high with a
fix, or malicious.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from pratique.formats.versions.order import Key, key_for
from pratique.model.errors import FormatError
from pratique.model.finding import Finding, FindingKind
from pratique.model.package import OS_TYPES, Package, PackageType
from pratique.model.severity import Severity
from pratique.reports._summary import Counts, count

_URGENT_RANK = Severity.HIGH.rank


class Upgrade(Struct, frozen=True, kw_only=True):
    """
    One source package to upgrade.

    ``fixes`` is the version to reach, more than one only where their order is not known, none
    where nothing is published. ``paid`` is what customers of ``offer`` can reach beyond it.
    ``flaws`` counts each flaw once, at its worst severity. ``type`` and ``places`` (the files to
    change, sorted) are set for packages of languages; a package manager finds its own by name.
    """

    name: str
    installed: str
    type: str = ""
    places: tuple[str, ...] = ()
    fixes: tuple[str, ...]
    paid: tuple[str, ...] = ()
    offer: str = ""
    flaws: Counts
    exploited: bool
    malicious: bool


def urgent_upgrades(findings: Iterable[Finding], packages: Iterable[Package]) -> list[Upgrade]:
    """Return the upgrades that should be made now, most urgent first."""
    return _upgrades(findings, packages, _is_urgent)


def ungraded_upgrades(findings: Iterable[Finding], packages: Iterable[Package]) -> list[Upgrade]:
    """Return the upgrades for flaws with a fix that nobody has graded; they may be urgent."""
    return _upgrades(findings, packages, _is_ungraded)


def tree_of(place: str, name: str) -> str:
    """
    Return the folder or archive in which a package stands under its own name, else its file.

    >>> tree_of("srv/node_modules/@babel/core/package.json", "@babel/core")
    'srv/node_modules/@babel'
    >>> tree_of("usr/lib/python3/dist-packages/Zope_X-1.dist-info/METADATA", "zope-x")
    'usr/lib/python3/dist-packages'
    >>> tree_of("srv/app.jar!BOOT-INF/lib/log4j-core-2.jar", "org.apache:log4j-core")
    'srv/app.jar!BOOT-INF/lib'
    >>> tree_of("usr/bin/tool", "golang.org/x/net")
    'usr/bin/tool'
    """
    own = _folded(name.replace(":", "/").rpartition("/")[2])
    parts = place.split("/")
    for at in range(len(parts) - 1, 0, -1):
        if own and _folded(parts[at]).startswith(own):
            return "/".join(parts[:at])
    return place


def _folded(name: str) -> str:
    return name.lower().replace("_", "-")


def every_upgrade(findings: Iterable[Finding], packages: Iterable[Package]) -> list[Upgrade]:
    """Return all upgrades that end a finding, most urgent first."""
    return _upgrades(findings, packages, lambda finding: bool(finding.fix.version))


def _upgrades(
    findings: Iterable[Finding], packages: Iterable[Package], wanted: Callable[[Finding], bool]
) -> list[Upgrade]:
    by_key = {package.key: package for package in packages}
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.package:
            groups.setdefault(_group(finding, by_key.get(finding.package)), []).append(finding)
    found = [
        _upgrade(group, members) for group, members in groups.items() if any(map(wanted, members))
    ]
    return sorted(found, key=_urgency)


def _is_ungraded(finding: Finding) -> bool:
    return finding.severity is Severity.UNKNOWN and bool(finding.fix.version)


def _is_urgent(finding: Finding) -> bool:
    if finding.exploited or finding.kind is FindingKind.MALWARE:
        return True
    return finding.severity.rank >= _URGENT_RANK and bool(finding.fix.version)


def _group(finding: Finding, package: Package | None) -> tuple[str, str, str]:
    """Name the type of a language, the package, and its version on the scale of its fixes."""
    if package is None:
        return "", finding.package_name, finding.package_version
    if package.type not in OS_TYPES:
        return package.type.value, package.name, package.version
    by_source = package.type is PackageType.DEB and package.source_version
    installed = package.source_version if by_source else package.version
    return "", package.source_name or package.name, installed


def _upgrade(group: tuple[str, str, str], members: list[Finding]) -> Upgrade:
    kind, name, installed = group
    worst: dict[str, Finding] = {}
    for finding in members:
        known = worst.get(finding.rule)
        if known is None or finding.severity.rank > known.severity.rank:
            worst[finding.rule] = finding
    paid = [finding for finding in members if finding.fix.offer]
    places = {finding.location for finding in members if finding.location}
    return Upgrade(
        name=name,
        installed=installed,
        type=kind,
        places=tuple(sorted(places)) if kind else (),
        fixes=_highest_fix([finding for finding in members if not finding.fix.offer]),
        paid=_highest_fix(paid),
        offer=paid[0].fix.offer if paid else "",
        flaws=count(worst.values()),
        exploited=any(finding.exploited for finding in members),
        malicious=any(finding.kind is FindingKind.MALWARE for finding in members),
    )


def _highest_fix(members: list[Finding]) -> tuple[str, ...]:
    versions = sorted({finding.fix.version for finding in members if finding.fix.version})
    if len(versions) < 2:
        return tuple(versions)
    ecosystem = next((e.ecosystem for finding in members for e in finding.evidence), "")
    try:
        order: Callable[[str], Key] = key_for(ecosystem)
        return (max(versions, key=order),)
    except FormatError:
        return tuple(versions)


def _urgency(upgrade: Upgrade) -> tuple[object, ...]:
    flaws = upgrade.flaws
    return (
        not upgrade.malicious,
        not upgrade.exploited,
        -flaws.critical,
        -flaws.high,
        -flaws.total,
        upgrade.name,
        upgrade.type,
        upgrade.installed,
    )
