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
    return _index()[0].get(name.lower())


def folded(name: str) -> Listed | None:
    """
    Return the licence whose identifier folds as the given folded name does.

    >>> folded("epl 2").spdx
    'EPL-2.0'
    """
    return _index()[1].get(name)


@cache
def _index() -> tuple[dict[str, Listed], dict[str, Listed]]:
    # 60 ms, and only a scan that asks for licences needs it.
    from license_expression import get_license_index

    names: dict[str, Listed] = {}
    spellings: dict[str, Listed] = {}
    rows = (row for row in get_license_index() if row.get("spdx_license_key"))
    for row in sorted(rows, key=lambda one: (one["is_deprecated"], one["spdx_license_key"])):
        key = row["spdx_license_key"]
        one = Listed(key, row["category"], bool(row["is_exception"]))
        for name in (key, *row.get("other_spdx_license_keys", ())):
            names.setdefault(name.lower(), one)
            if not one.exception and not name.startswith("LicenseRef-"):
                spellings.setdefault(fold(name), one)
    return names, spellings
