"""
Read YAML that a person wrote for this program, with the place of every value.

Law: as in ``documents.yaml`` every scalar is the text as written and no text has a meaning; here a key
that stands twice is refused too, because a person who wrote both would be surprised. Places are line
and column from 1. Bounds: those of ``documents.yaml``.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

if TYPE_CHECKING:
    from yaml._yaml import Mark as CMark
    from yaml.error import Mark
    from yaml.events import Event


class Placed(Struct, frozen=True, kw_only=True):
    """
    A value and where it stands.

    ``value`` is text, a tuple of values, or a mapping from text to values; ``keys`` holds the places
    of a mapping's keys. ``begins`` is where the text itself begins, behind a quote or on the line after
    ``|``; ``block`` says that all its lines are indented like the first.
    """

    value: "str | tuple[Placed, ...] | Mapping[str, Placed]"
    line: int
    column: int
    keys: "Mapping[str, tuple[int, int]]" = {}
    begins: tuple[int, int] = (1, 1)
    block: bool = False

    @property
    def text(self) -> str | None:
        """Return the text, None where it is none."""
        return self.value if isinstance(self.value, str) else None

    @property
    def items(self) -> "Sequence[Placed] | None":
        """Return the items of a list, None where it is none."""
        return self.value if isinstance(self.value, tuple) else None

    @property
    def fields(self) -> "Mapping[str, Placed] | None":
        """Return the fields of a mapping, None where it is none."""
        return self.value if isinstance(self.value, Mapping) else None


class MisplacedYaml(FormatError):
    """Report YAML that cannot be read, with ``line`` and ``column`` from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def parse_placed(content: bytes, limits: Limits = DEFAULT) -> Placed:
    """
    Return the one document.

    Raises:
        MisplacedYaml: no YAML, an alias, a tag, a key twice, a second document.
        FormatError: over a limit, or no text.

    >>> found = parse_placed(b"name: acme\\nrules: []")
    >>> [(one.line, one.column) for one in (found.fields or {}).values()]
    [(1, 7), (2, 8)]
    """
    from yaml import YAMLError  # only where somebody wrote such a file
    from yaml.error import MarkedYAMLError

    if content.count(b"\n") + content.count(b",") > limits.document_values:
        raise LimitExceeded(f"YAML of more than {limits.document_values} values")
    try:
        return _Reader(_events(content), content, limits).document()
    except MarkedYAMLError as error:
        words = " ".join(filter(None, (error.context, error.problem)))
        line, column = _place(error.problem_mark)
        raise MisplacedYaml(f"not YAML: {words}"[:200], line, column) from None
    except (YAMLError, UnicodeError, ValueError, RecursionError):
        raise FormatError("not YAML text") from None


def _events(content: bytes) -> "Iterator[Event]":
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(content)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _place(mark: "Mark | CMark | None") -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


class _Reader:
    def __init__(self, events: "Iterator[Event]", content: bytes, limits: Limits) -> None:
        self._events = events
        self._lines = content.split(b"\n")
        self._limits = limits

    def _indent(self, line: int) -> int:
        """Return how far a line (from 0) is indented."""
        text = self._lines[line] if line < len(self._lines) else b""
        return len(text) - len(text.lstrip(b" "))

    def document(self) -> Placed:
        from yaml import events as kinds

        root: Placed | None = None
        for event in self._events:
            if isinstance(event, kinds.DocumentStartEvent) and root is not None:
                raise MisplacedYaml("a second document", *_place(event.start_mark))
            if isinstance(event, kinds.NodeEvent):
                root = self._node(event, 0)
        return root or Placed(value="", line=1, column=1)

    def _node(self, event: "Event", depth: int) -> Placed:
        from yaml import events as kinds

        line, column = _place(event.start_mark)
        if depth > self._limits.json_depth:
            raise LimitExceeded(f"YAML is nested more than {self._limits.json_depth} deep")
        if isinstance(event, kinds.AliasEvent) or getattr(event, "anchor", None):
            raise MisplacedYaml("an anchor or alias, which is not read here", line, column)
        if getattr(event, "tag", None) not in (None, "", "!"):
            raise MisplacedYaml("a tag, which is not read here", line, column)
        if isinstance(event, kinds.ScalarEvent):
            block = event.style in ("|", ">")
            begins = (line, column + (1 if event.style in ("'", '"') else 0))
            if block:
                begins = (line + 1, self._indent(line) + 1)
            return Placed(value=event.value, line=line, column=column, begins=begins, block=block)
        if isinstance(event, kinds.SequenceStartEvent):
            return Placed(value=tuple(self._items(depth)), line=line, column=column)
        return self._mapping(line, column, depth)

    def _items(self, depth: int) -> Iterator[Placed]:
        from yaml import events as kinds

        while not isinstance(event := next(self._events), kinds.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _mapping(self, line: int, column: int, depth: int) -> Placed:
        from yaml import events as kinds

        fields: dict[str, Placed] = {}
        keys: dict[str, tuple[int, int]] = {}
        while not isinstance(event := next(self._events), kinds.MappingEndEvent):
            key = self._node(event, depth + 1)
            if key.text is None:
                raise MisplacedYaml("a key that is no text", key.line, key.column)
            if key.text in fields:
                raise MisplacedYaml(f"{key.text!r} stands here twice", key.line, key.column)
            keys[key.text] = (key.line, key.column)
            fields[key.text] = self._node(next(self._events), depth + 1)
        return Placed(value=fields, line=line, column=column, keys=keys)
