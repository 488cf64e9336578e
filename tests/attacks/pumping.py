"""
Search every expression of the program in texts made to lead it astray; print those that take long.

Run as ``python -m tests.attacks.pumping``. The expressions are those that modules hold, alone or in
tuples and tables, and those of all kinds of credentials. The texts are made from each expression
itself: a way to match it up to one of its repeats, then what that repeats, over and over, then an
end that does not fit.
"""

import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pratique
from pratique.secrets.rules import all_rules

TIMES = 2000
SECONDS = 3.0
"""CPU time of one search. A square of the text's length takes a twentieth of it, a cube minutes."""
_MANY = 8
"""Times a thing may be repeated from which on it is pumped."""
_MOST_TEXTS = 40
_parser: Any = importlib.import_module("re._parser")
_op: Any = importlib.import_module("re._constants")
_REPEATS = (_op.MAX_REPEAT, _op.MIN_REPEAT, _op.POSSESSIVE_REPEAT)
_ENDS = ("\x01", "\n", "!a")
_TRIED = "a0A_ -.\"'/=:,;\n\t\\#$()<>@é\x01"
_CATEGORIES = {
    _op.CATEGORY_DIGIT: "0", _op.CATEGORY_WORD: "a", _op.CATEGORY_SPACE: " ",
    _op.CATEGORY_NOT_DIGIT: "a", _op.CATEGORY_NOT_WORD: "-", _op.CATEGORY_NOT_SPACE: "a",
}  # fmt: skip


class TooLongError(Exception):
    """A search was not over in time."""


def expressions() -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    """Yield each expression once, with the module that holds it."""
    seen = set()
    for rule in all_rules():
        yield f"secret kind {rule.kind.id}", rule.expression
    for info in pkgutil.walk_packages(pratique.__path__, "pratique."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for one in _held(value, 0):
                if (one.pattern, one.flags) not in seen:
                    seen.add((one.pattern, one.flags))
                    yield f"{info.name}.{name}", one


def texts(expression: "re.Pattern[Any]") -> Iterator[str]:
    """Yield texts that fit an expression for long, and then do not."""
    made: list[str] = []
    with suppress(RecursionError):
        _walk(list(_parser.parse(expression.pattern, expression.flags)), "", made)
    for text in dict.fromkeys(made[:_MOST_TEXTS]):
        for end in _ENDS:
            yield text + end


def slow() -> list[str]:
    """Return the expressions that are too slow, each with the text's beginning."""
    found = []
    signal.signal(signal.SIGVTALRM, _too_long)
    for name, expression in expressions():
        for text in texts(expression):
            subject = text.encode() if isinstance(expression.pattern, bytes) else text
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            try:
                for _ in expression.finditer(subject):
                    pass
            except TooLongError:
                found.append(f"{name} on {text[:60]!r}")
                break
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return found


def _held(value: object, depth: int) -> Iterator["re.Pattern[Any]"]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping) and depth < 3:
        yield from _held((*value, *value.values()), depth + 1)
    elif isinstance(value, (tuple, list, set, frozenset)) and depth < 3:
        for one in value:
            yield from _held(one, depth + 1)


def _walk(items: Iterable[Any], before: str, made: list[str]) -> str:
    """Return ``before`` with a way to match some items; add a text for each repeat among them."""
    for op, value in items:
        if len(made) > _MOST_TEXTS:
            return before
        if op in _REPEATS:
            low, high, inner = value
            once = _walk(inner, "", [])
            if high >= _MANY and once:
                made.append(before + once * max(1, TIMES // len(once)))
                # Over and over with what stands before it: for what begins anywhere.
                whole = before[-200:] + once * 4
                made.append(whole * max(1, TIMES // len(whole)))
            _walk(inner, before, made)
            before += once * max(low, 1 if high < _MANY else low)
        elif op is _op.SUBPATTERN:
            before = _walk(value[3], before, made)
        elif op is _op.ATOMIC_GROUP:
            before = _walk(value, before, made)
        elif op is _op.BRANCH:
            ways = [_walk(one, before, made) for one in value[1]]
            before = ways[0]
        else:
            before += _letter(op, value)
    return before


def _letter(op: Any, value: Any) -> str:
    if op is _op.LITERAL:
        return chr(value)
    if op is _op.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if op is _op.ANY:
        return "a"
    return _member(value) if op is _op.IN else ""


def _member(members: list[Any]) -> str:
    """Return a character of a class."""
    if members[0][0] is _op.NEGATE:
        return next((one for one in _TRIED if not _holds(members[1:], ord(one))), "a")
    op, value = members[0]
    if op is _op.CATEGORY:
        return _CATEGORIES[value]
    return chr(value if op is _op.LITERAL else value[0])


def _holds(members: list[Any], code: int) -> bool:
    return any(
        (op is _op.LITERAL and value == code)
        or (op is _op.RANGE and value[0] <= code <= value[1])
        or (op is _op.CATEGORY and _CATEGORIES[value] == chr(code))
        for op, value in members
    )


def _too_long(_number: int, _frame: object) -> None:
    raise TooLongError


if __name__ == "__main__":
    started = time.process_time()
    for line in slow():
        print(line)
    count = sum(1 for _ in expressions())
    print(f"{count} expressions in {time.process_time() - started:.0f} s")
