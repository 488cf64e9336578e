"""
Read YAML that a person wrote into a value of one type, and say where a mistake stands.

Law: the type decides what is allowed: a key that it does not have, a key that is missing, a text that
is no number where one is needed are mistakes, each told as ``file:line:column``. As in
``placed_yaml`` nothing has a meaning of its own: the type gives it one. Bounds: those of
``placed_yaml``.
"""

import re
from typing import TypeVar

import msgspec

from pratique.formats.documents.placed_yaml import MisplacedYaml, Placed, parse_placed
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, UsageError

T = TypeVar("T")

_AT = re.compile(r"^(?P<problem>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_KEY = re.compile(r"unknown field `(?P<key>[^`]*)`")
_STEP = re.compile(r"\.(?P<key>[^.\[\]]+)|\[(?P<index>\d+)\]|\[(?:\.\.\.|[^\]]*)\]")


def parse_typed(content: bytes, type_: type[T], place: str, limits: Limits = DEFAULT) -> T:
    """
    Return the document as a value; ``place`` is the file's name.

    Raises:
        UsageError: a mistake; the message begins with ``file:line:column``.

    >>> parse_typed(b"[1, 2]", tuple[int, ...], "x.yaml")
    (1, 2)
    """
    try:
        root = parse_placed(content, limits)
    except MisplacedYaml as error:
        raise UsageError(f"{place}:{error.line}:{error.column}: {error}") from None
    except FormatError as error:
        raise UsageError(f"{place}: {error}", hint=error.hint()) from None
    try:
        return msgspec.convert(_plain(root), type_, strict=False)
    except msgspec.ValidationError as error:
        found = _AT.match(str(error))
        problem, path = (found["problem"], found["path"] or "") if found else (str(error), "")
        line, column = _place(_placed(root, path), problem)
        where = path.removeprefix("$").lstrip(".")
        words = f"{where}: {problem}" if where else problem
        raise UsageError(f"{place}:{line}:{column}: {words}"[:300]) from None


def _plain(value: Placed) -> object:
    if value.fields is not None:
        return {key: _plain(one) for key, one in value.fields.items() if not _is_nothing(one)}
    if value.items is not None:
        return [_plain(one) for one in value.items]
    return value.text


def _is_nothing(value: Placed) -> bool:
    """Return whether nothing stands behind a key (`steps:`); an empty text in quotes is a text."""
    return value.text == "" and value.begins == (value.line, value.column)


def _place(at: Placed, problem: str) -> tuple[int, int]:
    """Return where a value stands, or the key that it should not have."""
    key = _KEY.search(problem)
    return at.keys.get(key["key"], (at.line, at.column)) if key else (at.line, at.column)


def _placed(root: Placed, path: str) -> Placed:
    """Return the innermost value that a path of msgspec (``$.steps[0].name``) leads to."""
    here = root
    for step in _STEP.finditer(path):
        below: Placed | None = None
        if step["key"] is not None and here.fields is not None:
            below = here.fields.get(step["key"])
        elif step["index"] is not None and here.items is not None:
            index = int(step["index"])
            below = here.items[index] if index < len(here.items) else None
        if below is None:
            return here
        here = below
    return here
