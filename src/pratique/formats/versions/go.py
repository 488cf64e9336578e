"""
Order Go module and toolchain versions.

Law: SemVer precedence, as golang.org/x/mod/semver; ``+incompatible`` is ignored. Toolchain
versions (``go1.21rc2``, ``1.21rc2``) are read as ``1.21.0-rc.2``, the way the Go vulnerability
database writes them; what follows a space (``X:experiment``) or a vendor's ``-suffix`` after a
toolchain version is not the version's. Source: https://go.dev/ref/mod#versions,
https://go.dev/doc/toolchain#version.
"""

import re

from pratique.formats.versions import semver

NAME = "go"

_TOOLCHAIN = re.compile(r"go([0-9]+(?:\.[0-9]+)*)(?:[ +-].*)?")
_TOOLCHAIN_PRE = re.compile(r"(?:go)?([0-9]+\.[0-9]+)(beta|rc)([0-9]+)(?:[ +-].*)?")


def sort_key(version: str) -> tuple[semver.Numbers, int, semver.Identifiers]:
    """
    Return the key of a version.

    Raises:
        FormatError: not a Go version (``(devel)`` is none).

    >>> sort_key("v0.0.0-20190101000000-abcdefabcdef") < sort_key("v0.0.1")
    True
    >>> sort_key("go1.21rc2") < sort_key("1.21.0") == sort_key("go1.21 X:boringcrypto")
    True
    """
    if match := _TOOLCHAIN_PRE.fullmatch(version[:200]):
        version = f"{match[1]}.0-{match[2]}.{match[3]}"
    elif match := _TOOLCHAIN.fullmatch(version[:200]):
        version = match[1]
    return semver.sort_key(version)
