"""
Change a Compose file by the bytes that must change: take out, put in, rewrite a scalar.

Laws: comments, order and line ends stay; a comment behind what goes stays where it was. Where a change
would touch more than it says (values in brackets, an anchor others use, the only field) there is none.
"""

import re
from collections.abc import Sequence

from pratique.formats.compose.values import Value
from pratique.formats.documents.yaml_nodes import Node
from pratique.model.edit import Edit

_ANCHOR = re.compile(rb"(?:^|[\s\[{,])[&*][^\s\[\]{},]+|#")


def remove_field(content: bytes, mapping: Value, key: str) -> tuple[Edit, ...]:
    """
    Return the edit that takes a field out of a block, none where that cannot be done alone.

    >>> from pratique.formats.documents.yaml_nodes import read_nodes
    >>> from pratique.formats.compose.values import values_of
    >>> content = b"version: '3'  # old\\nname: x\\n"
    >>> edit, = remove_field(content, values_of("f", read_nodes(content)[0].root, {}), "version")
    >>> content[:edit.start] + edit.text + content[edit.end:]
    b'# old\\nname: x\\n'
    """
    name, value = mapping.node.keys.get(key), mapping.node.fields.get(key)
    if name is None or value is None or mapping.node.flow or len(mapping.node.fields) < 2:
        return ()
    return _cut(content, mapping.file, name.start, max(value.end, name.end))


def remove_item(content: bytes, items: Value, item: Value) -> tuple[Edit, ...]:
    """Return the edit that takes an item out of a block's list that keeps others."""
    if items.node.flow or item.node not in items.node.items or len(items.node.items) < 2:
        return ()
    dash = content.rfind(b"-", 0, item.node.start)
    if dash < 0 or content[dash + 1 : item.node.start].strip(b" "):
        return ()
    return _cut(content, item.file, dash, item.node.end)


def rewrite(content: bytes, value: Value, text: str) -> tuple[Edit, ...]:
    """Return the edit that writes another text over a scalar that is written on one line."""
    node = value.node
    written = content[node.start : node.end]
    if not node.line or value.part or b"\n" in written or written[:1] in b"|>&*" or not written:
        return ()
    return (Edit(value.file, node.start, node.end, text.encode()),)


def rewrite_part(content: bytes, value: Value, old: str, new: str) -> tuple[Edit, ...]:
    """Return the edit that replaces a text that stands once in a scalar."""
    node = value.node
    written = content[node.start : node.end]
    if written.count(old.encode()) != 1:
        return ()
    start = node.start + written.index(old.encode())
    return (Edit(value.file, start, start + len(old.encode()), new.encode()),)


def add_field(content: bytes, file: str, node: Node, lines: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edit that puts lines behind the first field of a block, indented like it."""
    first = min(node.keys.values(), key=lambda key: key.start, default=None)
    if first is None or node.flow:
        return ()
    begin = content.rfind(b"\n", 0, first.start) + 1
    value = node.fields[str(first.value)]
    if content[begin : first.start].strip(b" ") or value.end < first.end:
        return ()
    indent = " " * (first.start - begin)
    return _line_behind(content, file, value.end, [indent + line for line in lines])


def add_item(content: bytes, items: Value, text: str) -> tuple[Edit, ...]:
    """Return the edit that puts an item behind the last one of a list."""
    node = items.node
    if not node.items:
        return ()
    last = node.items[-1]
    if node.flow:
        return (Edit(items.file, last.end, last.end, f", {text}".encode()),)
    dash = content.rfind(b"-", 0, last.start)
    begin = content.rfind(b"\n", 0, dash) + 1
    if dash < 0 or content[begin:dash].strip(b" "):
        return ()
    return _line_behind(content, items.file, last.end, [f"{' ' * (dash - begin)}- {text}"])


def _line_behind(content: bytes, file: str, at: int, lines: Sequence[str]) -> tuple[Edit, ...]:
    newline = b"\r\n" if b"\r\n" in content[:4096] else b"\n"
    text = newline.join(line.encode() for line in lines)
    if content[at - 1 : at] == b"\n":
        return (Edit(file, at, at, text + newline),)
    end = content.find(b"\n", at)
    if end < 0:
        return (Edit(file, len(content), len(content), newline + text),)
    return (Edit(file, end + 1, end + 1, text + newline),)


def _cut(content: bytes, file: str, start: int, end: int) -> tuple[Edit, ...]:
    """Return the edit that takes whole lines out; a comment behind the last one stays."""
    begin = content.rfind(b"\n", 0, start) + 1
    if content[begin:start].strip(b" ") or _ANCHOR.search(content, start, end):
        return ()
    if content[end - 1 : end] == b"\n":
        return (Edit(file, begin, end, b""),)
    stop = content.find(b"\n", end)
    stop = len(content) if stop < 0 else stop + 1
    rest = content[end:stop].strip()
    if not rest:
        return (Edit(file, begin, stop, b""),)
    if not rest.startswith(b"#"):
        return ()
    return (Edit(file, start, content.index(b"#", end), b""),)
