"""
Read YAML of several documents as nodes that know which bytes of the file they are.

Laws: a scalar is its text as written, and only `truth`, `number` and `null` give it a meaning, that
of YAML 1.1 as Kubernetes and Compose read it; an alias stands for the node it names, a merge key
(``<<``) for the fields it brings; of two equal keys the later wins and ``repeated`` tells of it. A
document that cannot be read says why and where, and the others stand. Offsets are bytes, ``end``
exclusive; lines and columns count from 1. Bounds: ``Limits.json_depth`` deep, and
``Limits.document_values`` values, those an alias repeats counted each time.
Source: YAML 1.1, chapters 3.2 and 9, https://yaml.org/type/merge.html.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

if TYPE_CHECKING:
    from yaml.events import Event

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
_FALSE = frozenset({"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
_NUMBER = re.compile(r"[-+]?(?:0x[0-9a-fA-F]+|0o?[0-7]+|[0-9]+)\Z")
_BORDER = re.compile(r"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_EMPTY = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?(?:\n|\Z)|(?:%|---|\.\.\.)[^\n]*(?:\n|\Z))*\Z")


class Node(Struct, frozen=True, kw_only=True):
    """
    A value and the bytes it is.

    ``value`` is text, a tuple of nodes, or a mapping from text to nodes. ``keys`` are the nodes of the
    keys that are written here, not those of a merge. ``plain``: a scalar without quotes; ``flow``: a
    list or mapping in brackets. ``size`` counts values; ``tag`` is
    its own tag (``!reset``). A node that is not there is ``MISSING``.
    """

    value: "str | tuple[Node, ...] | Mapping[str, Node]"
    start: int = 0
    end: int = 0
    line: int = 0
    column: int = 0
    plain: bool = False
    flow: bool = False
    size: int = 1
    keys: "Mapping[str, Node]" = {}
    repeated: "tuple[Node, ...]" = ()
    tag: str = ""

    def __bool__(self) -> bool:
        """Return whether there is a value: neither absent nor null."""
        return self.line > 0 and not self.null

    @property
    def null(self) -> bool:
        """Return whether it is null as YAML writes it."""
        return self.plain and self.value in _NULLS

    @property
    def text(self) -> str:
        """Return the text, empty where it is none."""
        return self.value if isinstance(self.value, str) and not self.null else ""

    @property
    def items(self) -> "tuple[Node, ...]":
        """Return the items of a list, none where it is none."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def fields(self) -> "Mapping[str, Node]":
        """Return the fields of a mapping, none where it is none."""
        return self.value if isinstance(self.value, Mapping) else {}

    @property
    def truth(self) -> bool | None:
        """Return what a plain scalar says as a boolean, None where it is none."""
        if not self.plain or not isinstance(self.value, str):
            return None
        return True if self.value in _TRUE else False if self.value in _FALSE else None

    @property
    def number(self) -> int | None:
        """Return what a plain scalar says as a whole number, None where it is none."""
        said = self.value
        if not self.plain or not isinstance(said, str) or len(said) > 20:
            return None
        if not _NUMBER.match(said):
            return None
        octal = re.match(r"([-+]?)0o?([0-7]+)\Z", said)
        if octal:
            return int(octal[1] + octal[2], 8)
        return int(said, 16) if "x" in said else int(said)

    def at(self, *path: str | int) -> "Node":
        """
        Return the node down a path of keys and positions, ``MISSING`` where it ends early.

        >>> read_nodes(b"a: [{b: 1}]")[0].root.at("a", 0, "b").number
        1
        """
        node = self
        for step in path:
            if isinstance(step, int):
                items = node.items
                node = items[step] if -len(items) <= step < len(items) else MISSING
            else:
                node = node.fields.get(step, MISSING)
        return node


MISSING = Node(value="")


class Document(Struct, frozen=True, kw_only=True):
    """One document of a file: its root, or ``problem`` and the line where reading ended."""

    root: Node
    problem: str = ""
    line: int = 1


def read_nodes(content: bytes, limits: Limits = DEFAULT) -> tuple[Document, ...]:
    """
    Return the documents of a file that hold anything.

    Raises:
        FormatError: it is no UTF-8 text, or has more values than ``Limits.document_values``.

    >>> [one.root.at("kind").text for one in read_nodes(b"kind: Pod\\n---\\nkind: Job\\n")]
    ['Pod', 'Job']
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("not UTF-8 text", offset=error.start) from None
    if text.count("\n") + text.count(",") > limits.document_values:
        raise LimitExceeded(f"YAML of more than {limits.document_values} values")
    if text.lstrip().startswith("{"):
        text = text.replace("\t", " ")  # JSON may be indented by tabs, and has none in its strings
    offsets = _offsets(text, len(content) - len(text.encode()))
    borders = [0, *(found.start() for found in _BORDER.finditer(text)), len(text)]
    found = []
    lines = 0
    for begin, end in pairwise(borders):
        piece = text[begin:end]
        if not _EMPTY.match(piece):
            reader = _Reader(offsets, begin, lines, limits)
            found.append(reader.document(piece))
        lines += piece.count("\n")
    return tuple(found)


def values_of(node: Node) -> object:
    """
    Return a value without its places, so that two can be compared; keys in order.

    >>> values_of(read_nodes(b"b: [1, ~]\\na: x")[0].root)
    [('a', 'x'), ('b', ['1', ''])]
    """
    if node.fields:
        return sorted((key, values_of(value)) for key, value in node.fields.items())
    if node.items:
        return [values_of(item) for item in node.items]
    return node.text


def _offsets(text: str, before: int) -> "list[int] | range":
    """Return the byte at which each character of a text begins."""
    if text.isascii():
        return range(before, before + len(text) + 1)
    return list(accumulate((len(char.encode()) for char in text), initial=before))


class _Reader:
    def __init__(
        self, offsets: "list[int] | range", begin: int, lines: int, limits: Limits
    ) -> None:
        self._offsets, self._begin, self._lines = offsets, begin, lines
        self._limits = limits
        self._anchors: dict[str, Node] = {}
        self._events: Iterator[Event] = iter(())

    def document(self, piece: str) -> Document:
        from yaml import YAMLError  # only where a file of YAML is looked at
        from yaml import events as kinds
        from yaml.error import MarkedYAMLError

        self._events = _events(piece)
        try:
            for event in self._events:
                if isinstance(event, kinds.NodeEvent):
                    root = self._node(event, 0)
                    for _ in self._events:  # what follows is read too, for its errors
                        pass
                    return Document(root=root, line=root.line)
        except MarkedYAMLError as error:
            words = " ".join(filter(None, (error.context, error.problem)))
            mark = error.problem_mark or error.context_mark
            line = self._lines + (mark.line + 1 if mark is not None else 1)
            return Document(root=MISSING, problem=f"not YAML: {words}"[:200], line=line)
        except FormatError as error:
            return Document(root=MISSING, problem=str(error), line=self._lines + 1)
        except (YAMLError, ValueError, RecursionError):
            return Document(root=MISSING, problem="not YAML text", line=self._lines + 1)
        return Document(root=MISSING)

    def _node(self, event: "Event", depth: int) -> Node:
        from yaml import events as kinds

        if depth > self._limits.json_depth:
            raise LimitExceeded(f"YAML is nested more than {self._limits.json_depth} deep")
        if isinstance(event, kinds.AliasEvent):
            if event.anchor not in self._anchors:
                raise FormatError("an alias of an anchor that is not there, or holds it")
            return self._anchors[event.anchor]
        if isinstance(event, kinds.ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, kinds.SequenceStartEvent):
            node = self._list(event, depth)
        else:
            node = self._mapping(event, depth)
        if node.size > self._limits.document_values:
            raise LimitExceeded(f"YAML of more than {self._limits.document_values} values")
        if tag := getattr(event, "tag", None):
            node = replace(node, tag=tag)
        if anchor := getattr(event, "anchor", None):
            self._anchors[anchor] = node
        return node

    def _place(self, event: "Event") -> dict[str, int]:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            raise FormatError("an event of YAML without a place")
        return {
            "start": self._offsets[self._begin + start.index],
            "end": self._offsets[self._begin + end.index],
            "line": self._lines + start.line + 1,
            "column": start.column + 1,
        }

    def _scalar(self, event: "Event") -> Node:
        style = getattr(event, "style", None)
        value: str = getattr(event, "value", "")
        return Node(value=value, plain=not style or style == "\0", **self._place(event))  # type: ignore[arg-type]

    def _list(self, event: "Event", depth: int) -> Node:
        from yaml import events as kinds

        place, found = self._place(event), []
        while not isinstance(last := next(self._events), kinds.SequenceEndEvent):
            found.append(self._node(last, depth + 1))
        flow = bool(getattr(event, "flow_style", False))
        place["end"] = self._place(last)["end"] if flow else _end(found, place)
        size = 1 + sum(one.size for one in found)
        return Node(value=tuple(found), flow=flow, size=size, **place)  # type: ignore[arg-type]

    def _mapping(self, event: "Event", depth: int) -> Node:
        from yaml import events as kinds

        place, pairs = self._place(event), list[tuple[Node, Node]]()
        while not isinstance(last := next(self._events), kinds.MappingEndEvent):
            key = self._node(last, depth + 1)
            if not isinstance(key.value, str):
                raise FormatError(f"line {key.line}: a key that is a list or mapping")
            pairs.append((key, self._node(next(self._events), depth + 1)))
        flow = bool(getattr(event, "flow_style", False))
        place["end"] = self._place(last)["end"] if flow else _end([p for _, p in pairs], place)
        own = [(key, value) for key, value in pairs if not (key.plain and key.value == "<<")]
        seen: dict[str, Node] = {}
        repeated = tuple(key for key, _ in own if seen.setdefault(str(key.value), key) is not key)
        fields: dict[str, Node] = {}
        for key, value in pairs:
            if key.plain and key.value == "<<":
                for source in reversed(value.items or (value,)):
                    fields |= source.fields
        fields |= {str(key.value): value for key, value in own}
        size = 1 + sum(value.size + 1 for _, value in pairs)
        return Node(value=fields, flow=flow, size=size, keys=seen, repeated=repeated, **place)  # type: ignore[arg-type]


def _end(children: list[Node], place: dict[str, int]) -> int:
    """Return where a block ends: with its last child that stands behind its beginning."""
    return max([place["start"], *(one.end for one in children[-1:] if one.end > place["start"])])


def _events(text: str) -> "Iterator[Event]":
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()
