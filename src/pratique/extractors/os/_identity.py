"""
Find out which distribution a tree is, from os-release and what stood there before it.

Law: etc/os-release first, then usr/lib/os-release (the order of os-release(5)), then the files
of single distributions, the most specific first. Alpine's configured repositories beat its
os-release where they all name one release, since they say where the packages come from.
An os-release that cannot be read is an Unknown, and the search goes on.
"""

from collections.abc import Callable

from msgspec import Struct, structs

from pratique.extractors.interface import partly_read
from pratique.formats.packages import os_release as release
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.units import FileTree
from pratique.model.unknown import Unknown

_UNIT = "os_release"
_REPOSITORIES = "etc/apk/repositories"
_CANDIDATES: tuple[tuple[str, Callable[[bytes, str], Distro]], ...] = (
    ("etc/os-release", release.parse_os_release),
    ("usr/lib/os-release", release.parse_os_release),
    ("etc/alpine-release", release.parse_alpine_release),
    ("etc/oracle-release", release.parse_release_line),
    ("etc/centos-release", release.parse_release_line),
    ("etc/rocky-release", release.parse_release_line),
    ("etc/almalinux-release", release.parse_release_line),
    ("etc/fedora-release", release.parse_release_line),
    ("etc/redhat-release", release.parse_release_line),
    ("etc/system-release", release.parse_release_line),
    ("etc/SuSE-release", release.parse_suse_release),
    ("etc/openwrt_release", release.parse_lsb_release),
    ("etc/lsb-release", release.parse_lsb_release),
    ("etc/debian_version", release.parse_debian_version),
)

PATHS = (*(path for path, _ in _CANDIDATES), _REPOSITORIES)
"""The files ``identify`` reads; part of the patterns of every unit that calls it."""


class Identity(Struct, frozen=True):
    """The distribution, None where nothing names one, and what of it was not understood."""

    distro: Distro | None
    unknowns: tuple[Unknown, ...] = ()


def identify(tree: FileTree) -> Identity:
    """Return which distribution ``tree`` is."""
    unknowns = []
    for path, parse in _CANDIDATES:
        if tree.get(path) is None:
            continue
        try:
            distro = parse(tree.read(path), path)
        except FormatError as error:
            unknowns.append(partly_read(_UNIT, path, str(error)))
            continue
        return Identity(_with_repositories(distro, tree), tuple(unknowns))
    return Identity(None, tuple(unknowns))


def _with_repositories(distro: Distro, tree: FileTree) -> Distro:
    if distro.id != "alpine" or tree.get(_REPOSITORIES) is None:
        return distro
    try:
        configured = release.parse_apk_repositories(tree.read(_REPOSITORIES))
    except FormatError:
        return distro  # os-release stands on its own
    own = distro.version
    if not configured or own == configured or own.startswith(configured + "."):
        return distro
    return structs.replace(distro, version=configured, location=_REPOSITORIES)
