"""
Match a whole text against an expression, in time linear in the text whatever the expression.

Rules are other people's and texts are attackers', so nothing here may backtrack without end. An
expression with one choice at most is given to ``re``; any other becomes an automaton whose states
are made as they are met. Dialect: RE2's POSIX syntax as far as Python's own parser reads it;
look-around, back references and word boundaries are refused, as RE2 refuses most of them. Bounds:
``MAX_CHARS`` characters, ``MAX_STATES`` states, ``MAX_KEPT`` remembered steps.
"""

import importlib
import re
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from msgspec import Struct

from pratique.model.errors import FormatError

MAX_CHARS = 4096
MAX_STATES = 5000
MAX_KEPT = 20_000

Argument: TypeAlias = Any
Item: TypeAlias = tuple[Any, Argument]
"""What Python's parser gives: an operation and its argument."""

_POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "lower": "a-z",
    "punct": r"!-/:-@\[-`{-~",
    "space": r" \t\n\r\f\v",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_CLASS = re.compile(r"\[:(\w+):\]")


class BadExpression(FormatError):
    """Report an expression that cannot be matched in bounded time, or is none."""

    fix = "use what RE2's POSIX syntax offers: no look-around, no back references"


def full_matcher(expression: str) -> Callable[[str], bool]:
    """
    Return whether a text as a whole matches.

    Raises:
        BadExpression: it is damaged, uses what is refused, or grows too large.

    >>> full_matcher("(a+)+b")("a" * 5000)
    False
    >>> full_matcher("/usr/(s)?bin/[[:alpha:]]+")("/usr/sbin/nft")
    True
    """
    if len(expression) > MAX_CHARS:
        raise BadExpression(f"an expression of more than {MAX_CHARS} characters")
    spelt = _CLASS.sub(lambda found: _posix(found[1]), expression)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = importlib.import_module("re._parser").parse(spelt)
            if parsed.state.flags & ~(re.IGNORECASE | re.UNICODE):
                raise BadExpression("an expression with a flag other than i")
            machine = _Automaton(_Builder().built(parsed, bool(parsed.state.flags & re.IGNORECASE)))
            if _choices(parsed) <= 1:
                matched = re.compile(spelt).fullmatch
                return lambda text: matched(text) is not None
    except (re.error, RecursionError, OverflowError, ValueError) as error:
        raise BadExpression(f"no expression: {error}"[:200]) from None
    return machine.matches


def _posix(name: str) -> str:
    if name not in _POSIX:
        raise BadExpression(f"[:{name[:20]}:] is no class of characters")
    return _POSIX[name]


def _choices(items: Iterable[Item]) -> int:
    """Return how many places there are at which a match could be tried in another way."""
    count = 0
    for operation, value in items:
        name = str(operation)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            inner = _choices(value[2])
            count += 2 if inner else int(value[0] != value[1])
        elif name == "BRANCH":
            count += 1 + sum(map(_choices, value[1]))
        elif name == "SUBPATTERN":
            count += _choices(value[3])
    return count


class _State(Struct):
    """One state: what it takes (None: nothing, it only leads on), and where it leads."""

    takes: Callable[[str], bool] | None = None
    leads: list[int] = []
    at: str = ""


class _Builder:
    """Make states from what Python's parser read (Thompson's construction)."""

    def __init__(self) -> None:
        self._states: list[_State] = []

    def built(self, items: Sequence[Item], fold: bool) -> list[_State]:
        """Return the states; the first begins, the last accepts."""
        self._new()
        end = self._sequence(items, 0, fold)
        last = self._new()
        self._states[end].leads.append(last)
        return self._states

    def _new(self, takes: Callable[[str], bool] | None = None, at: str = "") -> int:
        if len(self._states) >= MAX_STATES:
            raise BadExpression(f"an expression of more than {MAX_STATES} states")
        self._states.append(_State(takes=takes, leads=[], at=at))
        return len(self._states) - 1

    def _sequence(self, items: Iterable[Item], start: int, fold: bool) -> int:
        for operation, value in items:
            start = self._item(str(operation), value, start, fold)
        return start

    def _item(self, name: str, value: Argument, start: int, fold: bool) -> int:
        match (name, value):
            case ("SUBPATTERN", (_, int(add), int(drop), inner)):
                if (add | drop) & ~(re.IGNORECASE | re.UNICODE):
                    raise BadExpression("an expression with a flag other than i")
                wanted = (fold or bool(add & re.IGNORECASE)) and not drop & re.IGNORECASE
                return self._sequence(inner, start, wanted)
            case ("BRANCH", (_, branches)):
                end = self._new()
                for branch in branches:
                    begin = self._new()
                    self._states[start].leads.append(begin)
                    self._states[self._sequence(branch, begin, fold)].leads.append(end)
                return end
            case ("MAX_REPEAT" | "MIN_REPEAT", (int(low), high, inner)):
                return self._repeat(
                    low, None if "MAX" in str(high) else int(high), inner, start, fold
                )
            case ("AT", where) if str(where) in ("AT_BEGINNING", "AT_BEGINNING_STRING"):
                return self._led(start, self._new(at="start"))
            case ("AT", where) if str(where) in ("AT_END", "AT_END_STRING"):
                return self._led(start, self._new(at="end"))
        takes = self._led(start, self._new(_taker(name, value, fold)))
        return self._led(takes, self._new())

    def _led(self, start: int, end: int) -> int:
        self._states[start].leads.append(end)
        return end

    def _repeat(
        self,
        low: int,
        high: int | None,
        inner: Sequence[Item],
        start: int,
        fold: bool,
    ) -> int:
        for _ in range(low):
            start = self._sequence(inner, start, fold)
        if high is None:
            loop = self._led(start, self._new())
            self._states[self._sequence(inner, loop, fold)].leads.append(loop)
            return self._led(loop, self._new())
        end = self._new()
        for _ in range(high - low):
            self._states[start].leads.append(end)
            start = self._sequence(inner, self._led(start, self._new()), fold)
        return self._led(start, end)


def _taker(name: str, value: Argument, fold: bool) -> Callable[[str], bool]:
    """Return which characters an item takes."""
    if name == "ANY":
        return lambda letter: letter != "\n"
    if name in ("LITERAL", "NOT_LITERAL") and isinstance(value, int):
        wanted = chr(value).lower() if fold else chr(value)
        same = name == "LITERAL"
        return lambda letter: ((letter.lower() if fold else letter) == wanted) == same
    if name == "IN" and isinstance(value, list):
        return _set(value, fold)
    raise BadExpression(f"an expression uses {name.lower()[:30]}, which is not matched here")


def _set(members: Sequence[Item], fold: bool) -> Callable[[str], bool]:
    negated = bool(members) and str(members[0][0]) == "NEGATE"
    ranges: list[tuple[int, int]] = []
    classes: list[re.Pattern[str]] = []
    for operation, value in members[int(negated) :]:
        match (str(operation), value):
            case ("LITERAL", int(code)):
                ranges.append((code, code))
            case ("RANGE", (int(low), int(high))):
                ranges.append((low, high))
            case ("CATEGORY", category):
                classes.append(re.compile(_CATEGORIES[str(category)], re.ASCII))
            case _:
                raise BadExpression("a set of characters that is not matched here")

    def takes(letter: str) -> bool:
        tried = {letter, letter.lower(), letter.upper()} if fold else {letter}
        found = any(
            any(low <= ord(one[0]) <= high for low, high in ranges)
            or any(known.match(one) for known in classes)
            for one in tried
        )
        return found != negated

    return takes


_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}


class _Automaton:
    """Follow all ways at once; steps that were taken are remembered, up to ``MAX_KEPT``."""

    def __init__(self, states: list[_State]) -> None:
        self._states = states
        self._begin = self._closed([0], start=True)
        self._steps: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def matches(self, text: str) -> bool:
        """Return whether the whole text is accepted."""
        now = self._begin
        for letter in text:
            key = (now, letter)
            following = self._steps.get(key)
            if following is None:
                if len(self._steps) >= MAX_KEPT:
                    self._steps.clear()
                following = self._steps[key] = self._step(now, letter)
            now = following
            if not now:
                return False
        ended = self._closed(now, start=not text, end=True)
        return len(self._states) - 1 in ended

    def _step(self, now: frozenset[int], letter: str) -> frozenset[int]:
        led: list[int] = []
        for number in now:
            state = self._states[number]
            if state.takes is not None and state.takes(letter):
                led += state.leads
        return self._closed(led)

    def _closed(
        self, numbers: Iterable[int], start: bool = False, end: bool = False
    ) -> frozenset[int]:
        """Return the states that are reached without taking a character."""
        found: set[int] = set()
        waiting = list(numbers)
        while waiting:
            number = waiting.pop()
            state = self._states[number]
            if number in found or (state.at == "start" and not start):
                continue
            found.add(number)
            if state.takes is None and (state.at != "end" or end):
                waiting += state.leads
        return frozenset(found)
