"""
Put variables into the values of a Compose file, as Compose does.

Understood: ``$NAME``, ``${NAME}`` with ``:-`` ``-`` ``:?`` ``?`` ``:+`` ``+``, nested, and ``$$`` for a
dollar. A variable that is not set becomes empty and is named in ``unset``: whoever judges the text must
know that a part of it is not known here. Bounds: ``MAX_DEPTH`` nested braces, ``MAX_CHARS`` in the
result, ``MAX_STEPS`` variables.
Source: https://docs.docker.com/reference/compose-file/interpolation/
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from pratique.model.errors import FormatError, LimitExceeded

MAX_DEPTH = 16
MAX_CHARS = 1 << 18
MAX_STEPS = 10_000
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SHOWN = re.compile(r"[A-Za-z0-9_.]{0,40}")
_OPERATOR = re.compile(r":[-?+]|[-?+]")


class Filled(Struct, frozen=True):
    """A text with its variables put in, and the names that had no value, each once."""

    text: str
    unset: tuple[str, ...] = ()


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """
    Return a text with its variables put in.

    Raises:
        FormatError: a ``${`` that nothing closes or that holds no name.
        LimitExceeded: the result is too long, or braces nest too deep.

    >>> fill("${TAG:-1.2}-$$x-$REST", {}), fill("${A:+is $A}", {"A": "1"}).text
    (Filled(text='1.2-$x-', unset=('REST',)), 'is 1')
    """
    if "$" not in text:
        return Filled(text)
    filling = _Filling(values)
    done = filling.run(text, 0)
    return Filled(done, tuple(dict.fromkeys(filling.unset)))


class _Filling:
    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.unset: list[str] = []
        self.steps = 0

    def run(self, text: str, depth: int) -> str:
        """Return one level of a text with its variables put in."""
        if depth > MAX_DEPTH:
            raise LimitExceeded(f"variables nest deeper than {MAX_DEPTH}")
        parts: list[str] = []
        at = size = 0
        while (dollar := text.find("$", at)) >= 0:
            parts.append(text[at:dollar])
            found, at = self._one(text, dollar + 1, depth)
            parts.append(found)
            size += len(parts[-1]) + len(parts[-2])
            if size > MAX_CHARS:
                raise LimitExceeded(f"variables make more than {MAX_CHARS} characters")
        return "".join([*parts, text[at:]])

    def _one(self, text: str, at: int, depth: int) -> tuple[str, int]:
        """Return what stands for the dollar before ``at``, and the offset after it."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise LimitExceeded(f"more than {MAX_STEPS} variables in one value")
        if text.startswith("$", at):
            return "$", at + 1
        if text.startswith("{", at):
            end = _closing(text, at + 1)
            return self._braced(text[at + 1 : end], depth), end + 1
        name = _NAME.match(text, at)
        return (self._value(name[0]), name.end()) if name else ("$", at)

    def _braced(self, inner: str, depth: int) -> str:
        name = _NAME.match(inner)
        operator = _OPERATOR.match(inner, name.end()) if name else None
        if name is None or (operator is None and name.end() < len(inner)):
            # What stands behind the name may be a secret, so it is not shown.
            shown = _SHOWN.match(inner)
            raise FormatError(f"a variable that cannot be read: ${{{shown[0] if shown else ''}…}}")
        if operator is None:
            return self._value(name[0])
        value = self.values.get(name[0])
        absent = value is None or (operator[0][0] == ":" and not value)
        word = inner[operator.end() :]
        if operator[0][-1] == "+":
            return "" if absent else self.run(word, depth + 1)
        if not absent:
            return value or ""
        if operator[0][-1] == "?":
            return self._value(name[0])
        return self.run(word, depth + 1)

    def _value(self, name: str) -> str:
        if name not in self.values:
            self.unset.append(name)
        return self.values.get(name, "")


def _closing(text: str, at: int) -> int:
    depth = 1
    while at < len(text):
        if text.startswith("${", at):
            depth += 1
            at += 1
        elif text[at] == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
    raise FormatError("a ${ that nothing closes")
