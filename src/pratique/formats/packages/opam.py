"""
Split opam's files (``opam``, ``*.opam.locked``, ``switch-state``) into the tokens of each field.

Law: ``field: value`` at the top level; what sections (``url { … }``) hold is left out; comments are
``# …`` and ``(* … *)``.
Bounds: linear; no recursion, brackets are counted.
Source: https://opam.ocaml.org/doc/Manual.html#Common-file-format
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from pratique.model.errors import FormatError

_OPEN, _CLOSE = "[({", "])}"
_MARKS = "<>=!&|?:~"
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b"}


class Token(Struct, frozen=True):
    """A string (its content), or a word, bracket or operator as written."""

    text: str
    string: bool = False


def opam_fields(content: bytes) -> dict[str, list[Token]]:
    """
    Return the tokens of each top-level field, the last of equal names.

    Raises:
        FormatError: a string or comment does not end, or there are bytes that no text has.

    >>> [one.text for one in opam_fields(b'installed: ["a.1" "b.2"]')["installed"]]
    ['[', 'a.1', 'b.2', ']']
    """
    if b"\0" in content:
        raise FormatError("not a text file")
    fields: dict[str, list[Token]] = {}
    tokens = list(_tokens(content.decode(errors="replace")))
    current: list[Token] = []
    depth = 0
    for at, token in enumerate(tokens):
        mark = "" if token.string else token.text
        begins = depth == 0 and mark and mark not in _OPEN + _CLOSE
        if begins and tokens[at + 1 : at + 2] == [Token(":")]:
            current = fields[mark] = []
            continue
        if depth == 0 and mark == "{" and _names_section(tokens, at):
            del current[-2 if tokens[at - 1].string else -1 :]  # its name is no part of the field
            current = []
        depth += (mark in _OPEN) - (mark in _CLOSE) if mark else 0
        current.append(token)
    return {
        name: [token for token in found if token != Token(":")] for name, found in fields.items()
    }


def strings(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the strings among tokens."""
    return tuple(token.text for token in tokens if token.string)


def formula(tokens: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    """
    Yield each package of a formula and the tokens of the filter behind it.

    >>> [(name, len(rest)) for name, rest in formula(opam_fields(b'd: ["a" {= "1"} "b"]')["d"])]
    [('a', 2), ('b', 0)]
    """
    name, inside = "", 0
    conditions: list[Token] = []
    for token in tokens:
        if not token.string and token.text in ("{", "}"):
            inside += 1 if token.text == "{" else -1
        elif inside > 0:
            conditions.append(token)
        elif token.string:
            if name:
                yield name, conditions
            name, conditions = token.text, []
    if name:
        yield name, conditions


def _names_section(tokens: Sequence[Token], at: int) -> bool:
    """Say whether ``word {`` or ``word "name" {`` stands here, and no filter behind a value."""
    before = at - 2 if at and tokens[at - 1].string else at - 1
    return before >= 0 and not tokens[before].string and tokens[before].text[0].isalpha()


def _tokens(text: str) -> Iterator[Token]:
    at, length = 0, len(text)
    while at < length:
        char = text[at]
        if char.isspace():
            at += 1
        elif char == "#":
            at = _index(text, "\n", at, length)
        elif text.startswith("(*", at):
            at = _index(text, "*)", at + 2) + 2
        elif char == '"':
            content, at = _string(text, at)
            yield Token(content, True)
        elif char in _OPEN + _CLOSE:
            at += 1
            yield Token(char)
        else:
            # ``a: = "b"``: the colon of a field stands alone. To look on behind each colon of many
            # would be quadratic.
            end = at + 1 if char == ":" else _run(text, at, char in _MARKS)
            yield Token(text[at:end])
            at = end


def _run(text: str, at: int, marks: bool) -> int:
    end = at + 1
    while end < len(text) and not text[end].isspace() and text[end] not in _OPEN + _CLOSE + '"#':
        if (text[end] in _MARKS) != marks:
            break
        end += 1
    return end


def _string(text: str, at: int) -> tuple[str, int]:
    if text.startswith('"""', at):
        end = _index(text, '"""', at + 3)
        return text[at + 3 : end], end + 3
    parts: list[str] = []
    at += 1
    while at < len(text):
        stop = at
        while stop < len(text) and text[stop] not in '"\\':
            stop += 1
        parts.append(text[at:stop])
        if text[stop : stop + 1] == '"':
            return "".join(parts), stop + 1
        escaped = text[stop + 1 : stop + 2]
        parts.append(_ESCAPES.get(escaped, escaped))
        at = stop + 2
    raise FormatError("a string does not end")


def _index(text: str, end: str, at: int, without: int | None = None) -> int:
    found = text.find(end, at)
    if found < 0:
        if without is not None:
            return without
        raise FormatError("a comment or string does not end")
    return found
