"""
Order versions of software that follows no known scheme.

Law: runs of digits compare by value, words that announce a pre-release (alpha, beta, pre, rc, dev,
snapshot) sort before the end, other words after it and before numbers. ``b1`` is a beta, while
``1.1.1b`` is what follows ``1.1.1a``. A guess, so findings that
rest on it have low confidence. Bounds: ``_text.MAX_CHARS``.
"""

import re

from pratique.formats.versions._text import checked, refusal

NAME = "generic"

_TOKENS = re.compile(r"[0-9]+|[a-z]+")
_PRE = frozenset({"alpha", "beta", "pre", "preview", "rc", "dev", "snapshot"})
_SHORT = re.compile(r"(?<![a-z])([abc])(?=[0-9])")
_LONG = {"a": "alpha", "b": "beta", "c": "rc"}
_END = (1, 0, "")


def sort_key(version: str) -> tuple[tuple[int, int, str], ...]:
    """
    Return the key of a version.

    Raises:
        FormatError: no digit in it.

    >>> sort_key("1.0b1") < sort_key("1.0rc1") < sort_key("1.0") < sort_key("1.0b")
    True
    """
    text = _SHORT.sub(lambda short: _LONG[short[1]], checked(version, NAME).lower())
    tokens = _TOKENS.findall(text)
    if not any(token[0].isdigit() for token in tokens):
        raise refusal(version, NAME)
    if tokens[0] in ("v", "version", "release"):
        del tokens[0]
    return (*map(_token, tokens), _END)


def successor(version: str) -> str:
    """
    Return the least version after ``version``: what "after X" means as the start of a range.

    >>> sort_key("1.1.1") < sort_key(successor("1.1.1")) <= sort_key("1.1.1a")
    True
    """
    return f"{version}-a"


def _token(token: str) -> tuple[int, int, str]:
    if token[0].isdigit():
        return 3, int(token), ""
    return (0 if token in _PRE else 2), 0, token
