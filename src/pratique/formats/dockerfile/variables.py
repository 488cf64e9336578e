"""
Expand ``$NAME`` and ``${NAME…}`` as a build does.

Understood: ``:-`` ``-`` ``:+`` ``+`` ``:?`` ``?`` and, since syntax 1.7, ``#`` ``##`` ``%`` ``%%`` ``/`` ``//`` with
the wildcards ``*`` and ``?``. Nothing expands inside single quotes or after the escape mark. A
variable that is not set becomes empty and is named in ``missing``. Bounded: braces nest ``MAX_DEPTH``
deep, the result has at most ``MAX_CHARS`` characters.

Source: https://docs.docker.com/reference/dockerfile/#environment-replacement
"""

import re
from collections.abc import Mapping
from fnmatch import translate

from msgspec import Struct

from pratique.model.errors import LimitExceeded

MAX_DEPTH = 16
MAX_CHARS = 1 << 20
_MAX_PATTERN = 256
_PLAIN = re.compile(r"[^'\"\\`$]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]|[@*#?!$-]")
_OPERATOR = re.compile(r":[-+?]|[-+?]|##?|%%?|//?")


class Expanded(Struct, frozen=True):
    """A text with its variables replaced, and the names that had no value, each once."""

    text: str
    missing: tuple[str, ...] = ()


def expand(
    text: str, values: Mapping[str, str], escape: str = "\\", *, keep_quotes: bool = False
) -> Expanded:
    """
    Return a text with its variables replaced.

    Raises:
        LimitExceeded: the result is too long, or braces nest too deep.

    >>> expand("${A:-x}/$B", {"B": "y"}).text, expand("$C'$B'", {"B": "y"})
    ('x/y', Expanded(text='$B', missing=('C',)))
    """
    expansion = _Expansion(values, escape, keep_quotes)
    result = expansion.run(text, 0)
    return Expanded(result, tuple(dict.fromkeys(expansion.missing)))


def names_in(text: str, escape: str = "\\") -> tuple[str, ...]:
    """
    Return the variables that a text asks for, each once.

    >>> names_in("$A ${B:-$C} '$D'")
    ('A', 'B', 'C')
    """
    expansion = _Expansion({}, escape, False)
    expansion.run(text, 0)
    return tuple(dict.fromkeys(expansion.asked))


class _Expansion:
    def __init__(self, values: Mapping[str, str], escape: str, keep_quotes: bool) -> None:
        self.values = values
        self.escape = escape
        self.keep_quotes = keep_quotes
        self.missing: list[str] = []
        self.asked: list[str] = []
        self.size = 0

    def run(self, text: str, depth: int) -> str:
        """Return one level of a text expanded."""
        if depth > MAX_DEPTH:
            raise LimitExceeded(f"variables nest deeper than {MAX_DEPTH}")
        parts: list[str] = []
        at, quoted = 0, False
        while at < len(text):
            plain = _PLAIN.match(text, at)
            if plain:
                at = self._emit(parts, plain[0], plain.end())
                continue
            char = text[at]
            if char == self.escape and at + 1 < len(text):
                kept = text[at : at + 2] if self._keeps(text[at + 1], quoted) else text[at + 1]
                at = self._emit(parts, kept, at + 2)
            elif char == "'" and not quoted:
                end = text.find("'", at + 1)
                end = len(text) if end < 0 else end
                inner = text[at : end + 1] if self.keep_quotes else text[at + 1 : end]
                at = self._emit(parts, inner, end + 1)
            elif char == '"':
                quoted = not quoted
                at = self._emit(parts, char if self.keep_quotes else "", at + 1)
            elif char == "$":
                value, at = self._variable(text, at, depth)
                self._emit(parts, value, at)
            else:
                at = self._emit(parts, char, at + 1)
        return "".join(parts)

    def _keeps(self, char: str, quoted: bool) -> bool:
        return self.keep_quotes or (quoted and char not in f'"${self.escape}')

    def _emit(self, parts: list[str], text: str, at: int) -> int:
        self.size += len(text)
        if self.size > MAX_CHARS:
            raise LimitExceeded(f"variables expand to more than {MAX_CHARS} characters")
        parts.append(text)
        return at

    def _variable(self, text: str, at: int, depth: int) -> tuple[str, int]:
        """Return the value of what begins with ``$``, and the offset after it."""
        braced = text.startswith("{", at + 1)
        match = _NAME.match(text, at + 1 + braced)
        if match is None:
            return "$", at + 1
        if not braced:
            return self._value(match[0]), match.end()
        end = _closing(text, match.end())
        inner = text[match.end() : end]
        operator = _OPERATOR.match(inner)
        if operator is None:
            return self._value(match[0]), end + 1
        word = inner[operator.end() :]
        return self._modified(match[0], operator[0], word, depth), end + 1

    def _modified(self, name: str, operator: str, word: str, depth: int) -> str:
        self.asked.append(name)
        value = self.values.get(name)
        empty = value is None or (operator[0] == ":" and not value)
        if operator[-1] in "-+":
            # What stands for an absent value is looked at in any case: names_in counts it.
            instead = self.run(word, depth + 1)
            wanted = empty if operator[-1] == "-" else not empty
            return instead if wanted else (value or "") if operator[-1] == "-" else ""
        if value is None:
            self.missing.append(name)
        if operator[-1] == "?":
            return value or ""
        if operator[0] == "/":
            pattern, _, replacement = word.partition("/")
            return _replaced(value or "", pattern, replacement, every=operator == "//")
        return _trimmed(value or "", operator, word)

    def _value(self, name: str) -> str:
        self.asked.append(name)
        if name not in self.values:
            self.missing.append(name)
        return self.values.get(name, "")


def _closing(text: str, at: int) -> int:
    depth = 1
    while at < len(text):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return at
        at += 1
    return at


def _pattern(text: str) -> str:
    """Return the regular expression of a pattern; brackets mean nothing, and it is short."""
    plain = text[:_MAX_PATTERN].replace("[", "[[]")
    return translate(plain).removesuffix(r"\Z")


def _trimmed(value: str, operator: str, pattern: str) -> str:
    """Return a value without the shortest or longest beginning or end that a pattern matches."""
    whole = re.compile(_pattern(pattern) + r"\Z")
    most = min(len(value), _MAX_PATTERN)
    lengths = range(most + 1) if len(operator) == 1 else range(most, -1, -1)
    for length in lengths:
        part = value[:length] if operator[0] == "#" else value[len(value) - length :]
        if whole.match(part):
            return value[length:] if operator[0] == "#" else value[: len(value) - length]
    return value


def _replaced(value: str, pattern: str, replacement: str, *, every: bool) -> str:
    if not pattern:
        return value
    found = re.compile(_pattern(pattern))
    return found.sub(lambda _: replacement, value[:4096], count=0 if every else 1)
