"""
Tell which plain texts an expression cannot match without.

Law: every match of the expression holds one text at least of each set returned, letter case aside.
Bounds: ``MOST_SETS`` sets of ``MOST`` texts, ``LONGEST`` bytes each; none shorter than ``LEAST``.

The expression is parsed by Python's own parser, as in ``shape``. Source of the way: Cox, "Regular
Expression Matching with a Trigram Index" (2012), https://swtch.com/~rsc/regexp/regexp4.html.
"""

import importlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

LAWS = 1
"""Raised whenever the texts of the same expression may change."""
MOST_SETS = 3
MOST = 64
LONGEST = 16
LEAST = 2
_SPACES = frozenset((b" ", b"\t", b"\n", b"\r", b"\v", b"\f"))
_FEW = 4
"""Characters of a class up to which each is spelt out."""

_parser: Any = importlib.import_module("re._parser")
_op: Any = importlib.import_module("re._constants")
_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)
_PLACES = (_op.AT, _op.ASSERT, _op.ASSERT_NOT)
Item = tuple[Any, Any]
"""What the parser gives: an operation and its argument."""
Texts = frozenset[bytes]


def literals_of(pattern: bytes) -> tuple[Texts, ...]:
    r"""
    Return sets of lower-case texts, of each of which one stands in every match; the longest first.

    >>> [sorted(one) for one in literals_of(rb"\b(curl|wget)[^|]{0,9}\|\[x")]
    [[b'curl', b'wget'], [b'|[x']]
    >>> literals_of(rb"[a-z]+")
    ()

    Raises:
        re.error: it is no expression.
    """
    found = _sets(list(_parser.parse(pattern, re.DOTALL)))
    told = [one for one in found if min(map(len, one), default=0) >= LEAST]
    return tuple(sorted(dict.fromkeys(told), key=_worth, reverse=True)[:MOST_SETS])


def _sets(items: Sequence[Item]) -> list[Texts]:
    """Return what single parts of a sequence cannot match without."""
    found: list[Texts] = []
    run: Texts = frozenset((b"",))
    for item in items:
        spelt = _spelt(item)
        longer = frozenset() if spelt is None else _joined(run, spelt)
        if longer:
            run = longer
            continue
        found.append(run)
        if spelt is None:
            found += _inside(item)
        run = spelt or frozenset((b"",))
    return [*found, run]


def _best(items: Sequence[Item]) -> Texts | None:
    best = max(_sets(items), key=_worth)
    return best if b"" not in best else None


def _worth(texts: Texts) -> tuple[int, int]:
    """Rank sets: what is long is rare, and few are found faster."""
    return min(map(len, texts), default=0), -len(texts)


def _joined(heads: Texts, tails: Texts) -> Texts:
    """Return all heads with all tails, nothing where they are too many or too long."""
    if len(heads) * len(tails) > MOST:
        return frozenset()
    made = frozenset(head + tail for head in heads for tail in tails)
    return made if max(map(len, made)) <= LONGEST else frozenset()


def _spelt(item: Item) -> Texts | None:
    """Return all that a part can match, spelt out; None where that is too much."""
    op, value = item
    if op is _op.LITERAL:
        return frozenset((bytes((value,)).lower(),))
    if op in _PLACES:
        return frozenset((b"",))
    if op is _op.IN:
        return _spelt_class(value)
    if op is _op.SUBPATTERN:
        return _spelt_all(value[3])
    if op is _op.BRANCH:
        return _united(_spelt_all(one) for one in value[1])
    if op in _REPEATS and value[0] == 0 and value[1] == 1:
        inner = _spelt_all(value[2])
        return None if inner is None else inner | {b""}
    return None


def _spelt_all(items: Iterable[Item]) -> Texts | None:
    run: Texts = frozenset((b"",))
    for item in items:
        spelt = _spelt(item)
        run = frozenset() if spelt is None else _joined(run, spelt)
        if not run:
            return None
    return run


def _spelt_class(members: Sequence[Item]) -> Texts | None:
    if list(members) == [(_op.CATEGORY, _op.CATEGORY_SPACE)]:
        return _SPACES
    if len(members) > _FEW or any(op is not _op.LITERAL for op, _ in members):
        return None
    return frozenset(bytes((value,)).lower() for _, value in members)


def _inside(item: Item) -> list[Texts]:
    """Return what a part that is too much to be spelt out cannot match without."""
    op, value = item
    if op is _op.SUBPATTERN:
        return _sets(list(value[3]))
    if op is _op.BRANCH:
        united = _united(_best(list(one)) for one in value[1])
        return [] if united is None else [united]
    if op in _REPEATS and value[0]:
        return _sets(list(value[2]))
    return []


def _united(parts: Iterable[Texts | None]) -> Texts | None:
    """Return all texts of some alternatives, None where one of them has none or they are too many."""
    found: set[bytes] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return frozenset(found) if len(found) <= MOST else None
