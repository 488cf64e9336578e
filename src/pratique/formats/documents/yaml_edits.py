"""
Change YAML by the bytes that must change, so that comments, order and quoting stay.

Laws: a field goes behind the last one of its mapping, on a line of its own in a block, behind a
comma in brackets; the line ends of the file are kept; where neither is possible without touching
something else, there is no edit.
"""

from collections.abc import Sequence

from pratique.formats.documents.yaml_nodes import Node
from pratique.model.edit import Edit

_STEP = "  "


def replace_value(file: str, node: Node, text: str) -> tuple[Edit, ...]:
    """Return the edit that writes another scalar in place of one."""
    return (Edit(file, node.start, node.end, text.encode()),) if node.line else ()


def set_field(
    file: str, content: bytes, node: Node, path: Sequence[str], value: str
) -> tuple[Edit, ...]:
    """
    Return the edit by which the scalar or flow text ``value`` stands at ``path`` below a mapping.

    What is missing of the path is made. None where a part of it is no mapping.

    >>> from pratique.formats.documents.yaml_nodes import read_nodes
    >>> content = b"a: 1 # one\\nb:\\n- c: 2\\n"
    >>> edit, = set_field("f", content, read_nodes(content)[0].root.at("b", 0), ("d", "e"), "x")
    >>> (content[:edit.start] + edit.text + content[edit.end:]).decode()
    'a: 1 # one\\nb:\\n- c: 2\\n  d:\\n    e: x\\n'
    """
    rest = list(path)
    while rest and rest[0] in node.fields:
        below = node.fields[rest[0]]
        if len(rest) == 1:
            return replace_value(file, below, value)
        if not below.fields and not below.flow:
            return _fill(file, content, node, rest, value)
        node, rest = below, rest[1:]
    if node.flow:
        inside = ": {".join(rest) + f": {value}" + "}" * (len(rest) - 1)
        gap = ", " if node.fields else ""
        return (Edit(file, node.start + 1, node.start + 1, f"{inside}{gap}".encode()),)
    if not node.keys:
        return ()
    indent = _indent(node)
    return _line_after(file, content, node.end, _nested(rest, value, indent))


def _fill(file: str, content: bytes, node: Node, rest: list[str], value: str) -> tuple[Edit, ...]:
    """Return the edit that gives fields to a key with nothing behind it."""
    empty = node.fields[rest[0]]
    if not empty.null or empty.start != empty.end or rest[0] not in node.keys:
        return ()
    key = node.keys[rest[0]]
    return _line_after(file, content, key.end, _nested(rest[1:], value, _indent(node) + _STEP))


def _indent(node: Node) -> str:
    return " " * (min(key.column for key in node.keys.values()) - 1)


def _nested(path: Sequence[str], value: str, indent: str) -> list[str]:
    lines = [f"{indent}{_STEP * depth}{key}:" for depth, key in enumerate(path)]
    lines[-1] += f" {value}"
    return lines


def _line_after(file: str, content: bytes, at: int, lines: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edit that puts lines behind the line in which the byte ``at`` ends something."""
    newline = b"\r\n" if b"\r\n" in content[:4096] else b"\n"
    # A block scalar ends where the next line begins, all else on its own line.
    end = at if at and content[at - 1 : at] == b"\n" else content.find(b"\n", at) + 1
    text = newline.join(line.encode() for line in lines)
    if not end or (end == len(content) and content[-1:] != b"\n"):
        return (Edit(file, len(content), len(content), newline + text),)
    return (Edit(file, end, end, text + newline),)
