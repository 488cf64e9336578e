"""
Tell readable records of a database from damaged ones.

Readers of package databases yield their records and, in the place of each record that cannot be
understood, a ``Damaged``. So one bad record costs one record, and nobody can mistake it for "no
package".
"""

from msgspec import Struct

WORD_LENGTH = 512
"""Longest name, version or architecture that is believed (Debian's own lists stay under 120)."""


class Damaged(Struct, frozen=True):
    """One record, or the rest of a database, that could not be read, and why in one line."""

    reason: str


CUT = Damaged("the file ends in the middle of a line")
"""What a text database yields last when its final newline is missing: no tool leaves it so."""


def is_word(text: str) -> bool:
    """
    Say whether ``text`` can be a name or version: printable, without spaces, 1 to 512 characters.

    >>> is_word("libstdc++6"), is_word(""), is_word("a b"), is_word("a\\x1b[2J")
    (True, False, False, False)
    """
    return 0 < len(text) <= WORD_LENGTH and text.isprintable() and " " not in text


def shown(text: str) -> str:
    """
    Return ``text`` fit for a one-line message: quoted, escaped, at most 60 characters of it.

    >>> shown("a\\nb")
    "'a\\\\nb'"
    """
    return repr(text[:60])
