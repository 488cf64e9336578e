"""
Look licences up in the list that the license-expression library carries.

Source: SPDX licence list (identifiers), AboutCode's LicenseDB (categories), as packed in
license-expression; both are facts about some 2,500 licences.
"""

from functools import cache
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from pratique.licences._folding import fold

_INDEX = "data/scancode-licensedb-index.json"


class _Row(Struct, frozen=True):
    """One licence as the list has it."""

    category: str = ""
    spdx_license_key: str | None = None
    other_spdx_license_keys: tuple[str, ...] = ()
    is_exception: bool = False
    is_deprecated: bool = False


class Listed(NamedTuple):
    """An SPDX identifier as the list writes it, LicenseDB's category, and whether it is an exception."""

    spdx: str
    category: str
    exception: bool


def listed(name: str) -> Listed | None:
    """
    Return what the list knows under an SPDX identifier, in any case, old ones too.

    >>> listed("gpl-2.0+").spdx, listed("mit").category, listed("Expat")
    ('GPL-2.0-or-later', 'Permissive', None)
    """
    return _by_name().get(name.lower())


def folded(name: str) -> Listed | None:
    """
    Return the licence whose identifier folds as the given folded name does.

    >>> folded("epl 2").spdx
    'EPL-2.0'
    """
    return _by_spelling().get(name)


@cache
def _rows() -> tuple[tuple[str, Listed], ...]:
    """Return every identifier with what is known of it, the ones in force first."""
    found: list[tuple[str, Listed]] = []
    rows = [row for row in _packed() if row.spdx_license_key]
    for row in sorted(rows, key=attrgetter("is_deprecated", "spdx_license_key")):
        key = row.spdx_license_key or ""
        one = Listed(key, row.category, row.is_exception)
        found.append((key, one))
        if row.other_spdx_license_keys:
            found += ((name, one) for name in row.other_spdx_license_keys)
    return tuple(found)


def _packed() -> tuple[_Row, ...]:
    """Return the list as the library carries it; to import the library takes five times as long."""
    spec = find_spec("license_expression")
    if spec is None or spec.origin is None:
        raise AssertionError("license-expression is a dependency")
    content = (Path(spec.origin).parent / _INDEX).read_bytes()
    return msgspec.json.decode(content, type=tuple[_Row, ...])


@cache
def _by_name() -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    for name, one in _rows():
        found.setdefault(name.lower(), one)
    return found


@cache
def _by_spelling() -> dict[str, Listed]:
    """Return what folded identifiers mean; made when a name is first neither listed nor usual."""
    found: dict[str, Listed] = {}
    for name, one in _rows():
        if not one.exception and not name.startswith("LicenseRef-"):
            found.setdefault(fold(name), one)
    return found
