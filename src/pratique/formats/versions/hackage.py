"""
Order Haskell package versions.

Law: numbers cut at dots compare one by one; where one version ends it is the smaller. Source:
https://pvp.haskell.org/.
"""

import re

from pratique.formats.versions._text import checked, refusal

NAME = "hackage"

_GRAMMAR = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def sort_key(version: str) -> tuple[int, ...]:
    """
    Return the key of a version.

    Raises:
        FormatError: not numbers separated by dots.

    >>> sort_key("1.0") < sort_key("1.0.0") < sort_key("1.1")
    True
    """
    if not _GRAMMAR.fullmatch(checked(version, NAME)):
        raise refusal(version, NAME)
    return tuple(map(int, version.split(".")))
