"""
Read the variables of an environment file as Compose does.

Lines are ``NAME=value``, ``NAME: value``, ``export NAME=value``, blank or ``#`` comments. Single quotes
keep the text, double quotes know ``\\n`` ``\\r`` ``\\t`` ``\\\\`` ``\\"``; a quoted value may go over lines. In what is
not in single quotes earlier variables are put in. A line that is none of this is left out and counted in
``odd``. Bounds: ``MOST_BYTES``, ``MOST_NAMES``.
Source: https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from pratique.formats.compose.interpolation import fill
from pratique.model.errors import FormatError, LimitExceeded

MOST_BYTES = 1 << 20
MOST_NAMES = 5_000
_LINE = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*[=:][ \t]*")
_BARE = re.compile(r"[ \t]*(?:export[ \t]+)?[A-Za-z_][A-Za-z0-9_.-]*[ \t]*(?:#.*)?")
_COMMENT = re.compile(r"[ \t]+#.*")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


class Variable(Struct, frozen=True):
    """A variable, its value and the line (from 1) that sets it."""

    name: str
    value: str
    line: int


class EnvironmentFile(Struct, frozen=True):
    """What an environment file sets, in order, and how many lines were not understood."""

    variables: tuple[Variable, ...] = ()
    odd: int = 0

    def values(self) -> dict[str, str]:
        """Return the values by name, the last one of a name."""
        return {one.name: one.value for one in self.variables}


def read_environment(content: bytes, values: Mapping[str, str] | None = None) -> EnvironmentFile:
    """
    Return the variables of a file; ``values`` are known before.

    Raises:
        LimitExceeded: the file is too large or sets too much.

    >>> read_environment(b"A=1 # one\\nexport B='$A'\\nC=\\"$A\\\\n\\"\\n?").values()
    {'A': '1', 'B': '$A', 'C': '1\\n'}
    """
    if len(content) > MOST_BYTES:
        raise LimitExceeded(f"an environment file of more than {MOST_BYTES} bytes")
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    known = dict(values or {})
    found: list[Variable] = []
    at, line, odd = 0, 1, 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if match := _LINE.match(text, at, end):
            value, end = _value(text, match.end(), end, known)
            known[match[1]] = value
            found.append(Variable(match[1], value, line))
        elif (rest := text[at:end].strip()) and not rest.startswith("#"):
            odd += not _BARE.fullmatch(rest)
        if len(found) > MOST_NAMES:
            raise LimitExceeded(f"an environment file of more than {MOST_NAMES} variables")
        line += text.count("\n", at, end + 1)
        at = end + 1
    return EnvironmentFile(tuple(found), odd)


def _value(text: str, at: int, end: int, known: Mapping[str, str]) -> tuple[str, int]:
    """Return the value that begins at an offset, and where its last line ends."""
    quote = text[at : at + 1]
    if quote in ("'", '"') and at < end and (close := _closing(text, at + 1, quote)) >= 0:
        stop = text.find("\n", close)
        inner = text[at + 1 : close]
        value = inner if quote == "'" else _put_in(_unescaped(inner), known)
        return value, len(text) if stop < 0 else stop
    bare = _COMMENT.sub("", " " + text[at:end], count=1).strip()
    return _put_in(bare, known), end


def _closing(text: str, at: int, quote: str) -> int:
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 1
        elif text[at] == quote:
            return at
        at += 1
    return -1


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text)


def _put_in(text: str, known: Mapping[str, str]) -> str:
    try:
        return fill(text, known).text
    except FormatError:
        return text
