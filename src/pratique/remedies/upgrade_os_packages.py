"""
Upgrade packages of the distribution that have a fix, in one step with the cache cleaned.

The step names exactly the packages that have findings. It stands in the stage whose packages they
are: below FROM where all came with the base image, else below the last instruction that installed
one of them.
"""

from collections.abc import Iterable, Sequence

from pratique.formats.dockerfile.stages import Stage
from pratique.formats.dockerfile.tree import Instruction
from pratique.model.edit import Edit
from pratique.model.finding import Finding
from pratique.model.package import OS_TYPES, Package, PackageType
from pratique.remedies._places import after, as_root, user_at
from pratique.remedies._versions import targets
from pratique.remedies.interface import Breaks, Change, Situation, Upgrade

NAME = "upgrade-os-packages"
TITLE = "Upgrade packages of the distribution"

_COMMANDS = {
    "apt": (
        "apt-get update && apt-get install -y --no-install-recommends --only-upgrade {names} "
        "&& rm -rf /var/lib/apt/lists/*"
    ),
    "apk-tools": "apk upgrade --no-cache {names}",
    "dnf": "dnf -y upgrade {names} && dnf clean all",
    "dnf5": "dnf -y upgrade {names} && dnf clean all",
    "microdnf": "microdnf -y update {names} && microdnf clean all",
    "tdnf": "tdnf -y update {names} && tdnf clean all",
    "yum": "yum -y update {names} && yum clean all",
    "zypper": "zypper --non-interactive update {names} && zypper clean --all",
    "pacman": "pacman -Syu --noconfirm && pacman -Scc --noconfirm",
}
"""The package that brings a package manager, and how it upgrades some packages."""


def propose(situation: Situation) -> Iterable[Change]:
    """Return one change: the upgrade of everything that the distribution has fixed."""
    wanted = _wanted(situation)
    if not wanted:
        return
    names = sorted({package.name for package, _ in wanted})
    command = _command(situation.subject.packages, names)
    place = _place(situation, [package for package, _ in wanted]) if command else None
    edits: tuple[Edit, ...] = ()
    if place is not None and situation.dockerfile is not None:
        stage, below = place
        user = user_at(situation, stage, below)
        lines = as_root(user, [f"RUN {command}"])
        edits = (after(situation, below or stage.opening, lines),)
    yield Change(
        remedy=NAME,
        what=f"Upgrade {_some(names)}",
        why=f"The distribution has published fixes for {_count(names)}"
        + ("." if command else ", but no package manager is there: a newer base image has them."),
        breaks=Breaks.PATCH,
        line=(place[1] or place[0].opening).line if edits and place else 0,
        edits=edits,
        commands=() if edits or not command else (command,),
        notes=("Rebuild without the build cache later too, or newer fixes do not get in.",)
        if edits
        else (),
        # Without a way to make it, nothing is promised.
        versions=tuple(Upgrade(p.key, version) for p, version in wanted) if command else (),
    )


def _wanted(situation: Situation) -> list[tuple[Package, str]]:
    by_package: dict[str, list[Finding]] = {}
    for finding in situation.findings:
        by_package.setdefault(finding.package, []).append(finding)
    found: list[tuple[Package, str]] = []
    for package in situation.subject.packages:
        if package.type in OS_TYPES and package.key in by_package:
            reachable = targets(package, by_package[package.key], situation.judge)
            found += [(package, reachable[-1].version)] if reachable else []
    return found


def _command(packages: Iterable[Package], names: Sequence[str]) -> str:
    installed = {one.name: one for one in packages if one.type in OS_TYPES}
    manager = next((name for name in _COMMANDS if name in installed), "")
    if not manager:
        return ""
    if manager == "apk-tools" and _is_old(installed[manager]):
        return f"apk add --no-cache --upgrade {' '.join(names)}"
    return _COMMANDS[manager].format(names=" ".join(names))


def _is_old(apk: Package) -> bool:
    """Return whether `apk upgrade` takes no names yet: before apk-tools 2.12."""
    numbers = [int(part) for part in apk.version.split("-")[0].split(".")[:2] if part.isdigit()]
    return apk.type is PackageType.APK and numbers < [2, 12]


def _place(
    situation: Situation, packages: Sequence[Package]
) -> tuple[Stage, Instruction | None] | None:
    """Return the stage, and the instruction that the step stands below; None is its FROM."""
    if not situation.chain:
        return None
    makers = {
        id(situation.origins[one.layer.index])
        for one in packages
        if one.layer is not None and one.layer.index in situation.origins
    }
    last: tuple[Stage, Instruction | None] = (situation.chain[0], None)
    for stage in situation.chain:
        for one in stage.instructions:
            if id(one) in makers:
                last = (stage, one)
    return last


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:4])
    return shown if len(names) <= 4 else f"{shown} and {len(names) - 4} more packages"


def _count(names: Sequence[str]) -> str:
    return "1 package" if len(names) == 1 else f"{len(names)} packages"
