"""
Order Maven versions.

Law: the order of Maven's ComparableVersion as the POM reference states it. Text is cut at ``.``,
``-`` and between digits and letters; zeros and ``ga``/``final``/``release`` are dropped before a
hyphen, a qualifier and the end; then, place by place: alpha < beta < milestone < rc < snapshot <
nothing < sp < any other qualifier < ``-number`` < ``.number``. Bounds: ``_text.MAX_CHARS``.
Source: https://maven.apache.org/pom.html#version-order-specification.
"""

import re

from pratique.formats.versions._text import checked

NAME = "maven"

Token = tuple[int, int, str]
_TOKENS = re.compile(r"([.-]*)([0-9]+|[^0-9.-]+)")
_KNOWN = {"alpha": 0, "beta": 1, "milestone": 2, "rc": 3, "cr": 3, "snapshot": 4, "sp": 6}
_SHORT = {"a": "alpha", "b": "beta", "m": "milestone"}
_NOTHING = frozenset({"ga", "final", "release"})
_END: Token = (5, 0, "")
_OTHER, _DASH_NUMBER, _DOT_NUMBER = 7, 8, 9


def sort_key(version: str) -> tuple[Token, ...]:
    """
    Return the key of a version.

    Raises:
        FormatError: empty or not printable.

    >>> sort_key("1.0-alpha-1") < sort_key("1.0-SNAPSHOT") < sort_key("1") == sort_key("1.0.0.Final")
    True
    """
    found = _TOKENS.findall(checked(version, NAME).lower())
    tokens: list[Token] = []
    for position, (gap, text) in enumerate(found):
        after = found[position + 1] if position + 1 < len(found) else None
        if _is_number(text):
            _add_number(tokens, _gap(gap, position, found), text)
        else:
            _trim(tokens)
            tokens.append(_qualifier(text, after is not None and after[0] == ""))
    _trim(tokens)
    return (*tokens, _END)


def _is_number(text: str) -> bool:
    return "0" <= text[0] <= "9"


def _gap(gap: str, position: int, found: list[tuple[str, str]]) -> str:
    if gap:
        return gap
    return "-" if position and not _is_number(found[position - 1][1]) else "."


def _add_number(tokens: list[Token], gap: str, digits: str) -> None:
    dash = gap.rfind("-")
    if dash >= 0:
        _trim(tokens)
    # "-.1" is "-0.1": a dot after the hyphen stands for a zero before it.
    zeros = len(gap) - dash - 1 if dash >= 0 else len(gap) - 1
    for zero in range(max(zeros, 0)):
        tokens.append((_DASH_NUMBER if dash >= 0 and zero == 0 else _DOT_NUMBER, 0, ""))
    dotted = dash < 0 or zeros > 0
    tokens.append((_DOT_NUMBER if dotted else _DASH_NUMBER, int(digits), ""))


def _qualifier(text: str, before_digit: bool) -> Token:
    if before_digit:
        text = _SHORT.get(text, text)
    if text in _NOTHING:
        return _END
    rank = _KNOWN.get(text)
    return (_OTHER, 0, text) if rank is None else (rank, 0, "")


def _trim(tokens: list[Token]) -> None:
    while tokens and (tokens[-1] == _END or (tokens[-1][0] >= _DASH_NUMBER and not tokens[-1][1])):
        tokens.pop()
