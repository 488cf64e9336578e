"""
Write bbolt databases by code: pages, trees of any depth, buckets inline or on pages of their own.

The layout is that of bbolt; the way to it is our own: everything is written once, in order.
"""

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[bytes, Union[bytes, "Tree"]]

BRANCH, LEAF, META, FREELIST = 1, 2, 4, 16


def fnv64a(content: bytes) -> int:
    """Return the checksum of a meta page."""
    value = 14695981039346656037
    for byte in content:
        value = ((value ^ byte) * 1099511628211) % (1 << 64)
    return value


def meta(
    number: int, root: int, pages: int, transaction: int, page_size: int = 4096, order: str = "<"
) -> bytes:
    """Return one meta page."""
    body = struct.pack(
        order + "IIIIQQQQQ", 0xED0CDAED, 2, page_size, 0, root, 0, 2, pages, transaction
    )
    body += struct.pack(order + "Q", fnv64a(body))
    head = struct.pack(order + "QHHI", number, META, 0, 0)
    return (head + body).ljust(page_size, b"\0")


def bolt(
    tree: Tree, *, page_size: int = 4096, fanout: int = 1000, inline: int = 200, order: str = "<"
) -> bytes:
    """
    Return a database that holds ``tree``.

    At most ``fanout`` entries go on a page; buckets up to ``inline`` bytes are kept in their value.
    """
    maker = _Maker(page_size, fanout, inline, order)
    root = maker.bucket(tree)
    count = 3 + len(maker.body) // page_size
    metas = [meta(number, root, count, number + 1, page_size, order) for number in (0, 1)]
    free = struct.pack(order + "QHHI", 2, FREELIST, 0, 0).ljust(page_size, b"\0")
    return b"".join([*metas, free, maker.body])


class _Maker:
    def __init__(self, page_size: int, fanout: int, inline: int, order: str) -> None:
        self.page_size, self.fanout, self.inline, self.order = page_size, fanout, inline, order
        self.body = b""

    def bucket(self, tree: Tree) -> int:
        """Write a bucket's pages; return the number of its root."""
        entries = [self._entry(key, tree[key]) for key in sorted(tree)]
        level = [
            (group[0][1] if group else b"", self._page(LEAF, group)) for group in self._cut(entries)
        ]
        while len(level) > 1:
            level = [(group[0][0], self._page(BRANCH, group)) for group in self._cut(level)]
        return level[0][1]

    def _entry(self, key: bytes, value: "bytes | Tree") -> tuple[int, bytes, bytes]:
        if isinstance(value, bytes):
            return 0, key, value
        if not any(isinstance(inner, Mapping) for inner in value.values()):
            entries = [self._entry(one, value[one]) for one in sorted(value)]
            page = self._content(LEAF, entries, 0, 0)
            if len(page) <= self.inline:
                return 1, key, struct.pack(self.order + "QQ", 0, 0) + page
        return 1, key, struct.pack(self.order + "QQ", self.bucket(value), 0)

    def _cut(self, entries: list) -> list[list]:
        size = self.fanout
        return [entries[at : at + size] for at in range(0, len(entries), size)] or [[]]

    def _page(self, kind: int, entries: list) -> int:
        number = 3 + len(self.body) // self.page_size
        size = len(self._content(kind, entries, number, 0))
        overflow = max(0, -(-size // self.page_size) - 1)
        content = self._content(kind, entries, number, overflow)
        self.body += content.ljust((overflow + 1) * self.page_size, b"\0")
        return number

    def _content(self, kind: int, entries: list, number: int, overflow: int) -> bytes:
        head = struct.pack(self.order + "QHHI", number, kind, len(entries), overflow)
        elements, data = b"", b""
        room = 16 * len(entries)
        for place, entry in enumerate(entries):
            position = room - 16 * place + len(data)
            if kind == LEAF:
                flags, key, value = entry
                elements += struct.pack(self.order + "IIII", flags, position, len(key), len(value))
                data += key + value
            else:
                key, child = entry
                elements += struct.pack(self.order + "IIQ", position, len(key), child)
                data += key
        return head + elements + data
