"""
Tell how far an expression of ``re`` can reach, and what a set matcher should look for instead.

Laws: every match of the expression that starts at ``s`` has a match of ``sought`` that ends at some
``e`` with ``s + least <= e <= s + reach``; no match is longer than ``width``, and none looks further than ``ahead``
bytes behind its end. ``sought`` uses only what automata can do: no look-around, no back reference,
no group names, no anchors but word boundaries. It ends as early as ``ENOUGH`` bytes are told apart, so that a match is reported
once and not for each byte that could follow.

The expression is parsed by Python's own parser (``re._parser``, stable since 3.11), so both agree
on what it means.
"""

import importlib
import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from pratique.model.errors import FormatError

LAWS = 4
"""Raised whenever the shape of the same expression may change."""
ENOUGH = 48
"""Bytes after which the set matcher need not look on."""
TOLD = 3
"""Fixed letters that must be among them, for only they are found fast."""
COUNTED, COUNTED_OPTIONAL = 8, 2
"""Repeats up to which a set matcher counts; the rest it takes as any number: compiling is
three times as fast, and what is found too much is little, for its end has to be in reach all the same."""
MAX_WIDTH = 48 << 10
"""The longest match that an expression may have."""
MAX_AHEAD = 512
"""How far a look-ahead may look."""

_parser: Any = importlib.import_module("re._parser")
_op: Any = importlib.import_module("re._constants")
Item = tuple[Any, Any]
"""What the parser gives: an operation and its argument."""

_PLAIN = re.compile(rb"(?:[0-9A-Za-z_ /]|\\x[0-9a-f]{2})+")
_LONG_REPEAT = 300
_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)
# Spelt out, for dialects differ in what is white space.
_CLASSES = {
    _op.CATEGORY_DIGIT: b"0-9",
    _op.CATEGORY_NOT_DIGIT: rb"\x00-\x2f\x3a-\xff",
    _op.CATEGORY_SPACE: rb"\x09-\x0d\x20",
    _op.CATEGORY_NOT_SPACE: rb"\x00-\x08\x0e-\x1f\x21-\xff",
    _op.CATEGORY_WORD: b"0-9A-Z_a-z",
    _op.CATEGORY_NOT_WORD: rb"\x00-\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\xff",
}


class Shape(Struct, frozen=True):
    """What is known of an expression; see the laws of this module."""

    sought: bytes
    least: int
    reach: int
    width: int
    ahead: int


def shape_of(expression: "re.Pattern[bytes]") -> Shape:
    """
    Return the shape of a compiled expression.

    Raises:
        FormatError: it can match nothing, or its matches have no bound.

    >>> shape_of(re.compile(rb"\\bghp_(?P<secret>[0-9A-Za-z]{36,255})(?![0-9A-Za-z])"))
    Shape(sought=b'\\\\bghp_[0-9A-Za-z]{36}', least=40, reach=40, width=259, ahead=1)
    """
    flags = expression.flags
    tree = list(_parser.parse(expression.pattern, flags))
    least, width = _widths(tree)
    if width > MAX_WIDTH:
        raise FormatError(f"an expression may match more than {MAX_WIDTH} bytes")
    if not least:
        raise FormatError("an expression matches nothing at all")
    ahead = _ahead(tree)
    if ahead > MAX_AHEAD:
        raise FormatError(f"an expression looks ahead more than {MAX_AHEAD} bytes")
    sought, least, reach = _sought(_flat(tree), bool(flags & re.DOTALL))
    if flags & re.IGNORECASE:
        sought = b"(?i:" + sought + b")"
    return Shape(sought, least, reach, width, ahead)


def widened(pattern: bytes, *, dotall: bool = False) -> bytes:
    """
    Return an expression for a set matcher that has a match in every text in which ``pattern`` has one.

    Empty where ``pattern`` may match nothing at all, and so does in any text. Bounds on how far
    repeats go are given up, so it is fast to compile however long a match may be.

    >>> widened(rb"^a[^b]{0,600}(?=x)(c|d){3}$")
    b'a[^b]*(?:[cd]){3}'

    Raises:
        re.error: it is no expression.
        FormatError: it refers back to what it matched.
    """
    parsed = _parser.parse(pattern, re.DOTALL if dotall else 0)
    flags, tree = parsed.state.flags, list(parsed)
    if not _widths(tree)[0]:
        return b""
    made = _sequence(_flat(tree), bool(flags & re.DOTALL))
    return b"(?i:" + made + b")" if flags & re.IGNORECASE else made


def _flat(items: Sequence[Item]) -> list[Item]:
    """Return a sequence with its plain groups spliced in."""
    found: list[Item] = []
    for op, value in items:
        if op is _op.SUBPATTERN and not value[1] and not value[2]:
            found += _flat(list(value[3]))
        elif op is _op.ATOMIC_GROUP:
            found += _flat(list(value))
        else:
            found.append((op, value))
    return found


def _sought(items: list[Item], dotall: bool) -> tuple[bytes, int, int]:
    """Return the expression to look for, its least width, and how far it reaches from a start."""
    while items and _skippable(items[-1]):
        items = items[:-1]
    made: list[bytes] = []
    least = reach = fixed = 0
    for number, item in enumerate(items):
        low, high = _widths([item])
        if not made and not low and not _is_boundary(item):
            reach += high  # an optional start: not looked for, but a match may begin before
            continue
        op, value = item
        last = number == len(items) - 1
        told = fixed >= TOLD
        enough = (
            told and (value[1] > _LONG_REPEAT or least + low >= ENOUGH) if op in _REPEATS else False
        )
        if op in _REPEATS and (last or enough):
            count = value[0]
            each_low, each_high = _widths(value[2])
            if told and each_low == 1 and least + count > ENOUGH:
                count = max(1, ENOUGH - least)
            if count:
                made.append(_repeat(count, count, value[2], dotall))
                least, reach = least + count * each_low, reach + count * each_high
            break
        made.append(_emit(item, dotall))
        least, reach, fixed = least + low, reach + high, fixed + _fixed([item])
        in_word = not last and items[number + 1][0] is _op.LITERAL
        if least >= ENOUGH and fixed >= TOLD and not in_word:
            break
    if not least:
        raise FormatError("an expression begins with nothing that could be looked for")
    return b"".join(made), least, reach


def _skippable(item: Item) -> bool:
    return not _widths([item])[0]


def _is_boundary(item: Item) -> bool:
    return bool(item[0] is _op.AT and item[1] is _op.AT_BOUNDARY)


def _widths(items: Sequence[Item]) -> tuple[int, int]:
    """Return the least and the greatest width of a sequence; look-around has none."""
    least = most = 0
    for item in items:
        low, high = _width(item)
        least, most = least + low, most + high
    return least, most


def _width(item: Item) -> tuple[int, int]:
    op, value = item
    if op in (_op.LITERAL, _op.NOT_LITERAL, _op.ANY, _op.IN):
        return 1, 1
    if op in (_op.AT, _op.ASSERT, _op.ASSERT_NOT):
        return 0, 0
    if op is _op.BRANCH:
        widths = [_widths(one) for one in value[1]]
        return min(low for low, _ in widths), max(high for _, high in widths)
    if op is _op.SUBPATTERN:
        return _widths(value[3])
    if op is _op.ATOMIC_GROUP:
        return _widths(value)
    if op in _REPEATS:
        low, high = _widths(value[2])
        return low * value[0], min(high * int(value[1]), MAX_WIDTH + 1)
    raise FormatError(f"an expression uses {str(op).lower()}, which cannot be bounded")


def _fixed(items: Sequence[Item]) -> int:
    """Return how many letters every match of a sequence has in common, at least."""
    count = 0
    for op, value in items:
        if op is _op.LITERAL:
            count += 1
        elif op is _op.SUBPATTERN:
            count += _fixed(value[3])
        elif op is _op.BRANCH:
            count += min(_fixed(one) for one in value[1])
        elif op in _REPEATS and value[0]:
            count += _fixed(value[2])
    return count


def _ahead(items: Sequence[Item]) -> int:
    """Return how far the look-aheads see, counted as if each stood at the end."""
    most = 0
    for op, value in items:
        if op in (_op.ASSERT, _op.ASSERT_NOT):
            if value[0] == 1:
                most = max(most, _widths(value[1])[1] + _ahead(value[1]))
        elif op is _op.AT:
            most = max(most, 1)
        elif op is _op.BRANCH:
            most = max(most, *(_ahead(one) for one in value[1]))
        elif op is _op.SUBPATTERN:
            most = max(most, _ahead(value[3]))
        elif op is _op.ATOMIC_GROUP:
            most = max(most, _ahead(value))
        elif op in _REPEATS:
            most = max(most, _ahead(value[2]))
    return most


def _emit(item: Item, dotall: bool) -> bytes:
    op, value = item
    if op is _op.LITERAL:
        return _literal(value)
    if op is _op.NOT_LITERAL:
        return b"[^" + _literal(value) + b"]"
    if op is _op.ANY:
        return rb"[\x00-\xff]" if dotall else rb"[^\n]"
    if op is _op.IN:
        return _set(value)
    if op is _op.AT:
        return rb"\b" if value is _op.AT_BOUNDARY else b""
    if op is _op.BRANCH:
        return b"(?:" + b"|".join(_different([_sequence(one, dotall) for one in value[1]])) + b")"
    if op is _op.SUBPATTERN:
        return _group(value, dotall)
    if op is _op.ATOMIC_GROUP:
        return b"(?:" + _sequence(value, dotall) + b")"
    if op in _REPEATS:
        return _repeat(value[0], value[1], value[2], dotall)
    return b""  # look-around: what is sought may be more than what is found


def _different(alternatives: Sequence[bytes]) -> list[bytes]:
    """
    Return alternatives without those words that another one holds in any case.

    >>> _different([b"(?i:word)", b"Word", b"words"])
    [b'(?i:word)', b'words']
    """
    folded = {one.lower() for one in alternatives if one.startswith(b"(?i:")}
    return [
        one
        for one in dict.fromkeys(alternatives)
        if not (_PLAIN.fullmatch(one) and b"(?i:" + one.lower() + b")" in folded)
    ]


def _group(value: tuple[int, int, int, Sequence[Item]], dotall: bool) -> bytes:
    _, added, removed, items = value
    inner = _sequence(items, (dotall or bool(added & re.DOTALL)) and not removed & re.DOTALL)
    if added & re.IGNORECASE:
        return b"(?i:" + inner + b")"
    if removed & re.IGNORECASE:
        return b"(?-i:" + inner + b")"
    return b"(?:" + inner + b")"


def _sequence(items: Sequence[Item], dotall: bool) -> bytes:
    return b"".join(_emit(one, dotall) for one in items)


def _repeat(low: int, high: int, items: Sequence[Item], dotall: bool) -> bytes:
    inner = _sequence(items, dotall)
    if not inner or not high:
        return b""  # a repeat of none, which automata refuse
    if len(items) > 1 or items[0][0] in _REPEATS:
        inner = b"(?:" + inner + b")"
    if low == high:
        return inner if low == 1 else inner + b"{%d}" % low
    if high > (COUNTED if low else COUNTED_OPTIONAL):
        return inner + (b"*", b"+", b"{%d,}" % low)[min(low, 2)]
    return inner + (b"?" if (low, high) == (0, 1) else b"{%d,%d}" % (low, high))


def _set(members: Sequence[Item]) -> bytes:
    made = b""
    for op, value in members:
        if op is _op.NEGATE:
            made += b"^"
        elif op is _op.LITERAL:
            made += _literal(value)
        elif op is _op.RANGE:
            made += _literal(value[0]) + b"-" + _literal(value[1])
        else:
            made += _CLASSES[value]
    return b"[" + made + b"]"


def _literal(code: int) -> bytes:
    char = bytes((code,))
    return char if char.isalnum() or char in b"_ /" else rb"\x%02x" % code
