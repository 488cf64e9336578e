"""
Upgrade packages of languages: within the compatible range first, beyond it as another choice.

One change for each package, however many files hold it (what a lock file names beside what is
installed goes along: it would count again, were it left behind). A pin in the Dockerfile or in a manifest
beside it is edited, else the change is a command.
"""

from collections.abc import Iterable

from pratique.formats.feeds.package_names import normal_name
from pratique.formats.language_ecosystem import ecosystem_of, full_name
from pratique.formats.versions.order import compare
from pratique.model.errors import FormatError
from pratique.model.finding import Finding
from pratique.model.package import OS_TYPES, Package
from pratique.remedies._manifests import way_to
from pratique.remedies._versions import Target, targets
from pratique.remedies.interface import Change, Situation, Upgrade

NAME = "upgrade-language-packages"
TITLE = "Upgrade packages of languages"


def propose(situation: Situation) -> Iterable[Change]:
    """Return for each package with a fix the upgrades worth making."""
    by_package: dict[str, list[Finding]] = {}
    for finding in situation.findings:
        by_package.setdefault(finding.package, []).append(finding)
    groups: dict[tuple[str, str], list[list[Package]]] = {}
    for package in situation.subject.packages:
        if package.type not in OS_TYPES and not package.owner:
            _sort_in(package, groups.setdefault(_name(package), []))
    for packages in (group for _, named in sorted(groups.items()) for group in named):
        findings = [one for package in packages for one in by_package.get(package.key, ())]
        for target in targets(packages[0], findings, situation.judge):
            yield _change(situation, packages, target)


def _sort_in(package: Package, groups: list[list[Package]]) -> None:
    """Put a package to those of its version, whichever way that is written."""
    for group in groups:
        if _is_same(ecosystem_of(package), package.version, group[0].version):
            group.append(package)
            group.sort(key=lambda one: one.declared)  # what is installed speaks for the group
            return
    groups.append([package])


def _name(package: Package) -> tuple[str, str]:
    return package.type.value, normal_name(ecosystem_of(package), full_name(package))


def _is_same(ecosystem: str, one: str, other: str) -> bool:
    if one.removeprefix("v") == other.removeprefix("v"):
        return True
    try:
        return compare(ecosystem, one, other) == 0
    except FormatError:
        return False  # only equal text is the same where there is no order


def _change(situation: Situation, packages: list[Package], target: Target) -> Change:
    package = packages[0]
    way = way_to(package, target.version, situation)
    return Change(
        remedy=NAME,
        what=f"Upgrade {package.name} from {package.version} to {target.version}",
        why="Its authors have published the fix.",
        breaks=target.breaks,
        line=way.line,
        edits=way.edits,
        commands=way.commands,
        notes=way.notes,
        choice=f"{package.type}:{package.name}@{package.version}",
        versions=tuple(Upgrade(one.key, target.version) for one in packages),
    )
