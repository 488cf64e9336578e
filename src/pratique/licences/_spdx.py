"""
Look licences up in the list that the license-expression library carries.

Source: SPDX licence list (identifiers), AboutCode's LicenseDB (categories), as packed in
license-expression; both are facts about some 2,500 licences.
"""

from functools import cache
from typing import NamedTuple

from pratique.licences._folding import fold


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
    # 20 ms, and only a scan that asks for licences needs it.
    from license_expression import get_license_index

    found: list[tuple[str, Listed]] = []
    rows = (row for row in get_license_index() if row.get("spdx_license_key"))
    for row in sorted(rows, key=lambda one: (one["is_deprecated"], one["spdx_license_key"])):
        key = row["spdx_license_key"]
        one = Listed(key, row["category"], bool(row["is_exception"]))
        found += ((name, one) for name in (key, *row.get("other_spdx_license_keys", ())))
    return tuple(found)


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
