"""
Colour a terminal with the sixteen colours every terminal has, or not at all.

The reader's own palette decides how they look, on dark and light backgrounds alike; nothing is
said by colour only. Source: ECMA-48, 8.3.117 (SGR).
"""

from collections.abc import Callable

from pratique.model.severity import Severity

Ink = Callable[[str, str], str]
"""Return a text (already measured and printable) in a style of ``STYLES``."""

STYLES = {
    Severity.CRITICAL: "1;31",
    Severity.HIGH: "31",
    Severity.MEDIUM: "33",
    Severity.LOW: "36",
    Severity.NEGLIGIBLE: "2",
    Severity.UNKNOWN: "35",
    "strong": "1",
    "faint": "2",
    "good": "32",
    "bad": "1;31",
    "doubt": "1;33",
    "good badge": "1;7;32",
    "bad badge": "1;7;31",
    "doubt badge": "1;7;33",
}


def ink(*, colour: bool) -> Ink:
    r"""
    Return the painter for a terminal that shows colours, or one that changes nothing.

    >>> ink(colour=True)("x", "bad"), ink(colour=False)("x", "bad")
    ('\x1b[1;31mx\x1b[0m', 'x')
    """
    return _painted if colour else _plain


def _painted(text: str, style: str) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if text else ""


def _plain(text: str, style: str) -> str:
    return text
