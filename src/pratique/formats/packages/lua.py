"""
Read the plain assignments of a Lua table file (rockspecs), without running it.

Law: a string that is assigned to a name, or stands in a table, is taken; one that is put together
(``..``) from such strings too; everything else (calls, conditions, numbers) is not known.
Bounds: linear; tables are counted, no recursion; ``_VALUE_CHARS`` of one value.
Source: Lua 5.4 manual, chapter 3.1; https://github.com/luarocks/luarocks/blob/main/docs/rockspec_format.md
"""

from collections.abc import Iterator, Sequence

from pratique.model.errors import FormatError

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_DEPTH = 64
_VALUE_CHARS = 1 << 16
"""Characters of one value; a name that is joined to itself again and again would double each time."""
_GOES_ON = frozenset(
    {("word", "and"), ("word", "or")}
    | {("mark", text) for text in ("==", "~=", "<=", ">=", *"<>+-*/%^.([:")}
)
"""What makes a longer expression of a string or name before it."""
_BEFORE_VALUES = frozenset(("mark", text) for text in "={,;")
Path = tuple[str, ...]


def assignments(content: bytes) -> dict[Path, list[str]]:
    """
    Return the strings at each place: ``("package",)``, ``("description", "license")``.

    Strings without a key of their own are at the place of their table.

    Raises:
        FormatError: not a text file, or nested too deeply.

    >>> found = assignments(b'package = "a"; dependencies = {"lua >= 5.1", "b"}')
    >>> found[("package",)], found[("dependencies",)]
    (['a'], ['lua >= 5.1', 'b'])
    """
    if b"\0" in content:
        raise FormatError("not a text file")
    tokens = list(_tokens(content.decode(errors="replace")))
    found: dict[Path, list[str]] = {}
    path: list[str] = []
    key = ""
    at = 0
    while at < len(tokens):
        kind, text = tokens[at]
        if kind == "word" and tokens[at + 1 : at + 2] == [("mark", "=")]:
            key, at = text, at + 2
            continue
        if kind == "mark" and text == "{":
            path.append(key)
            key = ""
            if len(path) > _DEPTH:
                raise FormatError("tables are nested too deeply")
        elif kind == "mark" and text == "}":
            key = ""
            if path:
                path.pop()
        elif kind == "mark" and text in ",;":
            key = ""
        elif _begins_value(tokens, at) and (kind == "string" or (key and (text,) in found)):
            value, at = _value(tokens, at, found)
            place = (*path, key) if key else tuple(path)
            if value is not None and place:
                found.setdefault(place, []).append(value)
            key = ""
            continue
        at += 1
    return found


def _begins_value(tokens: Sequence[tuple[str, str]], at: int) -> bool:
    """Say whether a whole value begins here: what a call or a comparison holds is none."""
    return tokens[at][0] != "mark" and at > 0 and tokens[at - 1] in _BEFORE_VALUES


def _value(
    tokens: Sequence[tuple[str, str]], at: int, found: dict[Path, list[str]]
) -> tuple[str | None, int]:
    """Return the text of a string, or of several joined by ``..``, and where it ends."""
    parts: list[str] = []
    known, room = True, _VALUE_CHARS
    while True:
        kind, text = tokens[at]
        values = [text] if kind == "string" else found.get((text,), []) if kind == "word" else []
        room -= len(values[-1]) if values else 0
        known = known and bool(values) and room >= 0
        if known:
            parts.append(values[-1])
        at += 1
        if tokens[at : at + 1] != [("mark", "..")] or at + 1 >= len(tokens):
            break
        at += 1
    ends = at >= len(tokens) or tokens[at] not in _GOES_ON
    return ("".join(parts) if known and ends else None), at


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at, length = 0, len(text)
    while at < length:
        char = text[at]
        if char.isspace():
            at += 1
        elif text.startswith("--", at):
            long = _long(text, at + 2)
            at = long[1] if long else _find(text, "\n", at)
        elif char in "\"'":
            content, at = _quoted(text, at)
            yield "string", content
        elif char == "[" and (long := _long(text, at)):
            at = long[1]
            yield "string", long[0]
        elif char in _WORD:
            end = at + 1
            while end < length and text[end] in _WORD:
                end += 1
            yield "word", text[at:end]
            at = end
        else:
            end = at + (2 if text[at : at + 2] in ("..", "==", "~=", "<=", ">=") else 1)
            yield "mark", text[at:end]
            at = end


def _long(text: str, at: int) -> tuple[str, int] | None:
    """Return the content of a long bracket ``[[…]]`` or ``[=[…]=]`` and where it ends."""
    level = at + 1
    while text[level : level + 1] == "=":
        level += 1
    if text[at : at + 1] != "[" or text[level : level + 1] != "[":
        return None
    close = "]" + "=" * (level - at - 1) + "]"
    end = _find(text, close, level + 1)
    return text[level + 1 : end].removeprefix("\n"), end + len(close)


def _quoted(text: str, at: int) -> tuple[str, int]:
    quote, parts, at = text[at], [], at + 1
    while at < len(text) and text[at] != quote and text[at] != "\n":
        if text[at] == "\\":
            at += 1
            parts.append(_ESCAPES.get(text[at : at + 1], text[at : at + 1]))
        else:
            parts.append(text[at])
        at += 1
    return "".join(parts), at + 1


def _find(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return found if found >= 0 else len(text)
