"""
Order Python versions.

Law: PEP 440 through ``packaging``, the reference. Text that is no PEP 440 version still stands in
old releases and advisories; such a "legacy" version sorts before all others, in the order that
setuptools gave them. ``validate`` tells them apart: an installed version that is legacy is not
compared. Source: https://peps.python.org/pep-0440/, packaging 21.3 ``LegacyVersion``.
"""

import re
from typing import TYPE_CHECKING

from pratique.formats.versions._text import checked, refusal

if TYPE_CHECKING:
    from packaging.version import Version

NAME = "pep440"

_LEGACY = re.compile(r"[0-9]+|[a-z]+|\.|-")
_LEGACY_WORDS = {"pre": "c", "preview": "c", "-": "final-", "rc": "c", "dev": "@"}


def sort_key(version: str) -> "tuple[int, Version | tuple[str, ...]]":
    """
    Return the key of a version.

    Raises:
        FormatError: empty or not printable.

    >>> sort_key("1.0.dev1") < sort_key("1.0rc1") < sort_key("1.0") < sort_key("1.0.post1")
    True
    """
    parsed = _parse(checked(version, NAME))
    return (1, parsed) if parsed is not None else (0, _legacy(version))


def validate(version: str) -> None:
    """
    Accept PEP 440 versions only.

    Raises:
        FormatError: anything else.
    """
    if _parse(checked(version, NAME)) is None:
        raise refusal(version, NAME)


def _parse(version: str) -> "Version | None":
    # Here, because only a scan that met Python packages needs it.
    from packaging.version import InvalidVersion, Version

    try:
        return Version(version)
    except InvalidVersion:
        return None


def _legacy(version: str) -> tuple[str, ...]:
    parts: list[str] = []
    for word in _LEGACY.findall(version.lower()):
        if word == ".":
            continue
        part = _LEGACY_WORDS.get(word, word)
        part = part.zfill(8) if part[0].isdigit() else "*" + part
        if part.startswith("*") and part < "*final":
            _drop(parts, "*final-")
        if part.startswith("*"):
            _drop(parts, "00000000")
        parts.append(part)
    _drop(parts, "00000000")
    return (*parts, "*final")


def _drop(parts: list[str], last: str) -> None:
    while parts and parts[-1] == last:
        parts.pop()
