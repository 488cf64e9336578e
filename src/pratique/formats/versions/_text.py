"""
Bound version text and write numbers so that they sort as text.

Law: for two digit strings, ``number(a) < number(b)`` as text exactly when ``int(a) < int(b)``, so a
whole version becomes one string that Python compares at C speed.
"""

import re

from pratique.model.errors import FormatError

EPOCH = re.compile(r"([0-9]*):(.*)", re.DOTALL)

MAX_CHARS = 1024
"""No real version comes near; the bound keeps keys of hostile text small."""

LENGTHS = tuple(chr(length + 0x10) for length in range(MAX_CHARS + 1))
"""A character for each length; the lowest ones stay free for end marks and tildes."""


def checked(version: str, ecosystem: str) -> str:
    """
    Return ``version`` if it is text that can be a version at all.

    Raises:
        FormatError: empty, longer than ``MAX_CHARS``, or with spaces or control characters.

    >>> checked("1.2", "deb")
    '1.2'
    """
    if not version or len(version) > MAX_CHARS or not version.isprintable() or " " in version:
        raise refusal(version, ecosystem)
    return version


def refusal(version: str, ecosystem: str) -> FormatError:
    """Return the error for text that is no version of this ecosystem."""
    return FormatError(f"not a {ecosystem} version: {version[:60]!r}")


def number(digits: str) -> str:
    """
    Return a digit string in a form that sorts as text by value: its length, then itself.

    >>> number("9") < number("10") and number("007") == number("7")
    True
    """
    digits = digits.lstrip("0")
    return LENGTHS[len(digits)] + digits


def epoch_version_release(version: str, ecosystem: str) -> tuple[str, str, str | None]:
    """
    Return the parts of ``[epoch:]version[-release]``, the epoch as ``number`` writes it.

    Raises:
        FormatError: no version at all, or one without a version part.

    >>> epoch_version_release("1:2.0-3", "rpm")[1:], epoch_version_release("2.0", "rpm")[1:]
    (('2.0', '3'), ('2.0', None))
    """
    text = checked(version, ecosystem)
    epoch = ""
    if match := EPOCH.fullmatch(text):
        epoch, text = match[1], match[2]
    release: str | None = None
    if "-" in text:
        text, _, release = text.rpartition("-")
    if not text:
        raise refusal(version, ecosystem)
    return number(epoch), text, release
