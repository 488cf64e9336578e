"""
Apply the transformers of the rule language.

Law: a transformer of something missing is missing; so is what it cannot make (no base64). Bound: a
joined text is cut at ``MAX_CHARS``.
"""

import base64
import binascii
from collections.abc import Sequence

from pratique.detections.rules.fields.field import Value

MAX_CHARS = 65_536


def transformed(name: str, values: Sequence[Value | None], argument: str | None) -> Value | None:
    """
    Return what a transformer makes of its parts.

    >>> transformed("basename", ["/usr/bin/curl"], None), transformed("len", [None], None)
    ('curl', None)
    """
    if any(value is None for value in values):
        return None
    first = values[0]
    match name:
        case "val":
            return first
        case "tolower":
            return str(first).lower()
        case "toupper":
            return str(first).upper()
        case "basename":
            return str(first).rstrip("/").rpartition("/")[2]
        case "len":
            return len(first) if isinstance(first, str | tuple) else None
        case "b64":
            return _decoded(str(first))
        case "join":
            parts = values[1] if isinstance(values[1], tuple) else (values[1],)
            return str(first).join(map(str, parts))[:MAX_CHARS]
        case "concat":
            return "".join(map(str, values))[:MAX_CHARS]
        case _:
            return _options(first, str(values[1]), argument)


def _decoded(text: str) -> str | None:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode(
            "utf-8", "replace"
        )
    except (binascii.Error, ValueError):
        return None


def _options(arguments: Value | None, known: str, wanted: str | None) -> Value | None:
    """
    Return what getopt(3) finds: all options and their values, or the value of the wanted one.

    An option without a value has its own letter as value.
    """
    words = arguments if isinstance(arguments, tuple) else str(arguments).split()
    takes = {letter for at, letter in enumerate(known) if known[at + 1 : at + 2] == ":"}
    found: list[tuple[str, str | None]] = []
    rest = list(map(str, words))
    while rest and rest[0].startswith("-") and rest[0] != "-":
        word = rest.pop(0)
        if word == "--":
            break
        letters = word[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            value = None
            if letter in takes:
                value, letters = letters or (rest.pop(0) if rest else None), ""
            found.append((letter if letter in known else "?", value))
    if wanted is not None:
        return next((value or letter for letter, value in found if letter == wanted), None)
    return tuple(part for pair in found for part in pair if part is not None) or None
