"""
Choose the version order of an ecosystem and compare with it.

Law: for each ecosystem ``compare`` is a total order, and 0 exactly when the keys are equal. Only
the base name counts (``Debian`` of ``Debian:12``). Keys are cached: an image asks for the same few
versions again and again.
"""

import importlib
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from pratique.model.errors import FormatError

Key = Any
"""Comparable with keys of the same ecosystem only."""

ORDERS = {
    "Alpaquita": "apk",
    "Alpine": "apk",
    "AlmaLinux": "rpm",
    "Amazon Linux": "rpm",
    "Arch Linux": "alpm",
    "Azure Linux": "rpm",
    "BellSoft Hardened Containers": "apk",
    "Bioconductor": "cran",
    "Bitnami": "semver",
    "CRAN": "cran",
    "CentOS": "rpm",
    "Chainguard": "apk",
    "ConanCenter": "generic",
    "Debian": "deb",
    "Echo": "deb",
    "Fedora": "rpm",
    "GHC": "hackage",
    "GitHub Actions": "github_actions",
    "Go": "go",
    "Hackage": "hackage",
    "Hex": "semver",
    "Julia": "semver",
    "Mageia": "rpm",
    "Maven": "maven",
    "MinimOS": "apk",
    "NVD": "generic",
    "Node.js": "semver",
    "NuGet": "nuget",
    "OpenWrt": "deb",
    "Oracle Linux": "rpm",
    "Packagist": "composer",
    "Photon OS": "rpm",
    "Pub": "pub",
    "PyPI": "pep440",
    "Red Hat": "rpm",
    "Rocky Linux": "rpm",
    "RubyGems": "rubygems",
    "SUSE": "rpm",
    "SwiftURL": "semver",
    "Ubuntu": "deb",
    "Wolfi": "apk",
    "conda": "conda",
    "crates.io": "semver",
    "npm": "semver",
    "openEuler": "rpm",
    "openSUSE": "rpm",
    "opam": "opam",
    "postmarketOS": "apk",
}
"""Base name of an ecosystem (OSV's spelling where OSV has it) and the module of its order."""


def base_name(ecosystem: str) -> str:
    """
    Return the ecosystem without its release.

    >>> base_name("Ubuntu:Pro:22.04:LTS"), base_name("PyPI")
    ('Ubuntu', 'PyPI')
    """
    return ecosystem.partition(":")[0]


def order_name(ecosystem: str) -> str:
    """
    Return the name of the order (``deb``, ``semver``…) that an ecosystem's versions follow.

    Raises:
        FormatError: no order is known for the ecosystem.

    >>> order_name("Debian:12")
    'deb'
    """
    name = ORDERS.get(base_name(ecosystem))
    if name is None:
        raise FormatError(
            f"no version order is known for the ecosystem {ecosystem[:60]!r}",
            hint="its packages are listed, but not matched with advisories",
        )
    return name


@cache
def key_for(ecosystem: str) -> Callable[[str], Key]:
    """
    Return the cached function that makes a sort key of a version of this ecosystem.

    Raises:
        FormatError: no order is known; the function itself raises it for what is no version.

    >>> key_for("Alpine:v3.20")("1.2-r3") < key_for("Alpine:v3.20")("1.10-r0")
    True
    """
    return _order(order_name(ecosystem))[0]


def compare(ecosystem: str, a: str, b: str) -> int:
    """
    Return -1, 0 or 1 as version ``a`` is before, equal to or after ``b``.

    Raises:
        FormatError: no order is known, or one of the two is no version.

    >>> compare("Debian:12", "1.0~rc1-1", "1.0-1")
    -1
    """
    key = key_for(ecosystem)
    left, right = key(a), key(b)
    return 0 if left == right else -1 if left < right else 1


def check_installed(ecosystem: str, version: str) -> None:
    """
    Accept a version only if the ecosystem's own tool would.

    Some orders also place text that old advisories use but no installed package may have (Python's
    legacy versions, names of Composer branches). Comparing such an installed version would be a
    guess.

    Raises:
        FormatError: the version is none, or no order is known.

    >>> check_installed("PyPI", "1.0rc1")
    """
    key, validate = _order(order_name(ecosystem))
    if validate is not None:
        validate(version)
    key(version)


@cache
def _order(name: str) -> tuple[Callable[[str], Key], Callable[[str], None] | None]:
    # Loaded when asked for: a scan needs one or two of these orders.
    module = importlib.import_module(f"pratique.formats.versions.{name}")
    return lru_cache(maxsize=1 << 16)(module.sort_key), getattr(module, "validate", None)
