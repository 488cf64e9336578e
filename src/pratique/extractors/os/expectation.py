"""
Say when the packages that must be there are not: an empty list is no clean bill.

Law: a distribution whose package manager we know, without one package of that manager, is a blocking
Unknown, whether its database is absent, empty or unreadable. A distribution we do not know, or whose
package manager we do not read, is said aloud too. An image that names no distribution (scratch,
busybox) needs no packages, unless a package manager's own folder stands in it.
"""

from collections.abc import Collection

from pratique.extractors.interface import partly_read, unreadable
from pratique.model.distro import Distro
from pratique.model.errors import LimitExceeded
from pratique.model.package import Package, PackageType
from pratique.model.units import FileTree
from pratique.model.unknown import Unknown

_UNIT = "os_release"
_DEB, _RPM, _APK = PackageType.DEB, PackageType.RPM, PackageType.APK
_ALPM, _OPKG = PackageType.ALPM, PackageType.OPKG
_DISTROS = {
    "debian ubuntu raspbian kali linuxmint devuan echo": {_DEB},
    "rhel centos fedora almalinux rocky ol amzn scientific": {_RPM},
    "sles suse opensuse opensuse-leap opensuse-tumbleweed sle-micro sle_hpc": {_RPM},
    "mariner azurelinux photon openeuler mageia anolis opencloudos rosa": {_RPM},
    "alpine wolfi chainguard postmarketos minimos alpaquita": {_APK},
    "arch archlinux manjaro archarm": {_ALPM},
    "openwrt": {_OPKG, _APK},
}
_MANAGERS = {name: managers for names, managers in _DISTROS.items() for name in names.split()}
_NOT_READ = {
    "gentoo": "portage",
    "nixos": "nix",
    "void": "xbps",
    "solus": "eopkg",
    "slackware": "pkgtools",
    "clear-linux-os": "swupd",
    "guix": "guix",
}
_FOLDERS = {
    "var/lib/dpkg": _DEB,
    "lib/apk/db": _APK,
    "usr/lib/apk/db": _APK,
    "var/lib/rpm": _RPM,
    "usr/lib/sysimage/rpm": _RPM,
    "var/lib/pacman/local": _ALPM,
}


def missing_databases(
    distro: Distro | None, packages: Collection[Package], tree: FileTree
) -> tuple[Unknown, ...]:
    """
    Return what should have been found and was not.

    Args:
        distro: the image's distribution, None where nothing names one.
        packages: everything all extractors found.
        tree: the merged tree.
    """
    found = {package.type for package in packages}
    if distro is None:
        try:
            return _abandoned(tree, found)
        except LimitExceeded as error:
            return (unreadable(_UNIT, "/", str(error)),)
    names = (distro.id, *distro.like)
    expected = next((_MANAGERS[name] for name in names if name in _MANAGERS), None)
    label = f"{distro.id} {distro.version}".strip()
    if expected is not None:
        if expected & found:
            return ()
        wanted = " or ".join(sorted(expected))
        reason = (
            f"{label} without one {wanted} package: its database is absent, empty or unreadable"
        )
        return (unreadable(_UNIT, distro.location, reason),)
    manager = next((_NOT_READ[name] for name in names if name in _NOT_READ), "")
    if manager:
        reason = f"packages of {manager} ({label}) are not read"
        return (unreadable(_UNIT, distro.location, reason),)
    if found & {_DEB, _RPM, _APK, _ALPM, _OPKG}:
        return ()
    return (partly_read(_UNIT, distro.location, f"{label} is unknown and has no known database"),)


def _abandoned(tree: FileTree, found: set[PackageType]) -> tuple[Unknown, ...]:
    """Report package managers' folders with content in an image that names no distribution."""
    return tuple(
        unreadable(_UNIT, folder, f"a folder of the package manager, but no {kind} package")
        for folder, kind in _FOLDERS.items()
        if kind not in found and tree.get(folder) is not None and any(tree.children(folder))
    )
