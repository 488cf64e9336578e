"""
Drop a Python package's older metadata where its newer metadata stand beside it.

Law: an ``egg-info`` says nothing that a ``dist-info`` of the same name and version in the same
folder does not say; Debian installs both with python3-cryptography. In another folder it is another
installation, and another version is another package.
"""

from collections.abc import Sequence

from pratique.formats.feeds.package_names import normal_name
from pratique.model.package import Package

_Key = tuple[str, str, str]
_NEWER, _OLDER = "wheel", "egg_info"


def without_second_metadata(packages: Sequence[Package]) -> tuple[Package, ...]:
    """Return the packages in their order, without ``egg-info`` that repeats a ``dist-info``."""
    newer = {_key(one) for one in packages if one.origin == _NEWER}
    return tuple(one for one in packages if one.origin != _OLDER or _key(one) not in newer)


def _key(package: Package) -> _Key:
    return normal_name("PyPI", package.name), package.version, _folder(package.location)


def _folder(location: str) -> str:
    """
    Return the folder that a package's metadata stand in.

    >>> _folder("usr/lib/python3/dist-packages/x.egg-info/PKG-INFO"), _folder("lib/x.egg-info")
    ('usr/lib/python3/dist-packages', 'lib')
    """
    own = location.removesuffix("/PKG-INFO").removesuffix("/METADATA")
    return own.rpartition("/")[0]
