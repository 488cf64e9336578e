"""
Read bbolt databases: the key-value files of containerd, etcd, BuildKit and others.

A file is an array of pages. The first two are *meta* pages; the valid one with the higher
transaction number names the page at the root of a B+ tree whose leaves hold keys with values, and
keys with buckets: trees of their own, or whole inside the value when small. The free list is not
looked at.

Law: bbolt never writes to a page that the last committed transaction uses, so what is read between
two equal meta pages is one consistent state, without a lock and whatever a live process does;
``Bolt.unchanged`` says whether that held. Bounds: ``_MOST_DEPTH`` levels of a tree,
``_MOST_PAGES`` pages and ``_MOST_BYTES`` read in all; a page that claims a place outside itself,
another number than it was reached by, or another kind than branch or leaf is a FormatError. No
recursion on the content, no write.

Source: https://github.com/etcd-io/bbolt, ``internal/common/{page,meta,bucket,inode}.go``.
"""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator

from pratique.model.errors import FormatError, LimitExceeded

ReadAt = Callable[[int, int], bytes]
"""Return up to ``size`` bytes from ``offset``: fewer at the end of the file."""

_MAGIC = 0xED0CDAED
_VERSION = 2
_PAGE_SIZES = tuple(1 << bits for bits in range(9, 17))
"""512 bytes to 64 KiB: a page size is that of the machine that made the file."""
_HEADER = "QHHI"
_HEADER_BYTES = 16
_META = "IIIIQQQQQQ"
_META_BYTES = 64
_SUMMED_BYTES = 56
_ELEMENT_BYTES = 16
_BUCKET_BYTES = 16
_BRANCH, _LEAF = 0x01, 0x02
_IS_BUCKET = 0x01
_MOST_DEPTH = 32
_MOST_PAGES = 200_000
_MOST_BYTES = 512 << 20
_MOST_PAGE_BYTES = 64 << 20


class Bolt:
    """One database, as its newest valid meta page describes it."""

    def __init__(self, read: ReadAt) -> None:
        """
        Find the newest valid meta page.

        Raises:
            FormatError: no bbolt database, or both meta pages are damaged.
        """
        self._meta = _newest_meta(read)
        self._pages = _Pages(read, self._meta)
        self.root = Bucket(self._pages, self._meta.root)

    def unchanged(self) -> bool:
        """Return whether no transaction was committed since this database was opened."""
        try:
            return _newest_meta(self._pages.read).transaction == self._meta.transaction
        except FormatError:
            return False


class Bucket:
    """A sorted map of keys to values and to buckets."""

    def __init__(self, pages: "_Pages", root: int, inline: "_Page | None" = None) -> None:
        self._pages = pages
        self._root = root
        self._inline = inline

    def get(self, key: bytes) -> bytes | None:
        """
        Return the value of a key; None where there is none, or a bucket.

        Raises:
            FormatError: a page on the way is damaged.
        """
        found = self._find(key)
        return None if found is None or found[0] & _IS_BUCKET else found[1]

    def bucket(self, *path: bytes) -> "Bucket | None":
        """
        Return the bucket at a path of keys, None where there is none.

        Raises:
            FormatError: a page on the way is damaged.
        """
        bucket = self
        for key in path:
            found = bucket._find(key)
            if found is None or not found[0] & _IS_BUCKET:
                return None
            bucket = bucket._open(found[1])
        return bucket

    def keys(self) -> Iterator[bytes]:
        """
        Yield the keys in order.

        Raises:
            FormatError: a page on the way is damaged.
        """
        waiting: list[tuple[int, int]] = []
        page, depth = self._top(), 0
        while True:
            if page.is_leaf:
                yield from page.keys()
            else:
                _check_depth(depth + 1)
                places = reversed(range(page.count))
                waiting += [(page.child(place), depth + 1) for place in places]
            if not waiting:
                return
            number, depth = waiting.pop()
            page = self._pages.page(number)

    def _find(self, key: bytes) -> tuple[int, bytes] | None:
        """Return the flags and value of a key."""
        page = self._top()
        for depth in range(_MOST_DEPTH + 1):
            _check_depth(depth)
            keys = page.keys()
            place = bisect_right(keys, key) - 1
            if page.is_leaf:
                return page.value(place) if place >= 0 and keys[place] == key else None
            if not page.count:
                raise FormatError("bolt: a branch page without children")
            page = self._pages.page(page.child(max(place, 0)))
        return None

    def _top(self) -> "_Page":
        return self._inline or self._pages.page(self._root)

    def _open(self, value: bytes) -> "Bucket":
        if len(value) < _BUCKET_BYTES:
            raise FormatError("bolt: a bucket cut short")
        (root,) = struct.unpack_from(self._pages.order + "Q", value)
        if root:
            return Bucket(self._pages, root)
        page = _Page(value[_BUCKET_BYTES:], self._pages.order)
        if not page.is_leaf:
            raise FormatError("bolt: an inline bucket that is no leaf")
        return Bucket(self._pages, 0, page)


class _Meta:
    """One valid meta page."""

    def __init__(self, content: bytes, order: str) -> None:
        fields = struct.unpack_from(order + _META, content, _HEADER_BYTES)
        self.order = order
        self.magic, self.version, self.page_size = fields[:3]
        self.root, _, _, self.pages = fields[4:8]
        self.transaction: int = fields[8]
        self.checksum: int = fields[9]


class _Pages:
    """Read pages by number, checked and counted."""

    def __init__(self, read: ReadAt, meta: _Meta) -> None:
        self.read = read
        self.order = meta.order
        self._meta = meta
        self._left_pages = _MOST_PAGES
        self._left_bytes = _MOST_BYTES

    def page(self, number: int) -> "_Page":
        """
        Return a branch or leaf page.

        Raises:
            FormatError: it lies outside the file or is damaged.
            LimitExceeded: more was read than a database may make us read.
        """
        size = self._meta.page_size
        if not 2 <= number < self._meta.pages:
            raise FormatError(f"bolt: page {number} of {self._meta.pages}")
        content = self._read(number * size, size)
        named, flags, _, overflow = struct.unpack_from(self.order + _HEADER, content)
        if named != number or flags not in (_BRANCH, _LEAF):
            raise FormatError(f"bolt: page {number} is damaged", offset=number * size)
        if overflow:
            if overflow >= self._meta.pages or (overflow + 1) * size > _MOST_PAGE_BYTES:
                raise FormatError(f"bolt: page {number} claims {overflow} more")
            content = self._read(number * size, (overflow + 1) * size)
        return _Page(content, self.order)

    def _read(self, offset: int, size: int) -> bytes:
        self._left_pages -= 1
        self._left_bytes -= size
        if self._left_pages < 0 or self._left_bytes < 0:
            raise LimitExceeded("bolt: more pages than a database of this kind has")
        content = self.read(offset, size)
        if len(content) != size:
            raise FormatError("bolt: cut short", offset=offset)
        return content


class _Page:
    """A branch or leaf page in memory."""

    def __init__(self, content: bytes, order: str) -> None:
        if len(content) < _HEADER_BYTES:
            raise FormatError("bolt: a page cut short")
        _, flags, self.count, _ = struct.unpack_from(order + _HEADER, content)
        if flags not in (_BRANCH, _LEAF):
            raise FormatError("bolt: a page that is neither branch nor leaf")
        if _HEADER_BYTES + self.count * _ELEMENT_BYTES > len(content):
            raise FormatError(f"bolt: a page of {len(content)} bytes claims {self.count} entries")
        self.is_leaf = flags == _LEAF
        self._content = content
        self._layout = order + ("IIII" if self.is_leaf else "IIQ")

    def keys(self) -> list[bytes]:
        """Return all keys."""
        return [self._key(place) for place in range(self.count)]

    def child(self, place: int) -> int:
        """Return the page number of a child of a branch."""
        child: int = struct.unpack_from(self._layout, self._content, self._element(place))[2]
        return child

    def value(self, place: int) -> tuple[int, bytes]:
        """Return the flags and value of an entry of a leaf."""
        at = self._element(place)
        flags, position, key_size, value_size = struct.unpack_from(self._layout, self._content, at)
        return flags, self._slice(at + position + key_size, value_size)

    def _key(self, place: int) -> bytes:
        at = self._element(place)
        fields = struct.unpack_from(self._layout, self._content, at)
        position, size = fields[1:3] if self.is_leaf else fields[:2]
        return self._slice(at + position, size)

    def _slice(self, start: int, size: int) -> bytes:
        if start + size > len(self._content):
            raise FormatError("bolt: an entry reaches beyond its page")
        return self._content[start : start + size]

    @staticmethod
    def _element(place: int) -> int:
        return _HEADER_BYTES + place * _ELEMENT_BYTES


def _newest_meta(read: ReadAt) -> _Meta:
    """
    Return the valid meta page of the last transaction.

    The second lies one page after the first, whose size a damaged first page does not tell.
    """
    first = _meta(read(0, _HEADER_BYTES + _META_BYTES))
    sizes = (first.page_size,) if first else _PAGE_SIZES
    seconds = (_meta(read(size, _HEADER_BYTES + _META_BYTES)) for size in sizes)
    found = [one for one in (first, *seconds) if one is not None]
    if not found:
        raise FormatError("no bolt database, or both its meta pages are damaged")
    return max(found, key=lambda one: one.transaction)


def _meta(content: bytes) -> _Meta | None:
    if len(content) < _HEADER_BYTES + _META_BYTES:
        return None
    for order in "<>":  # bbolt writes as its machine does
        meta = _Meta(content, order)
        if (meta.magic, meta.version) == (_MAGIC, _VERSION):
            summed = content[_HEADER_BYTES : _HEADER_BYTES + _SUMMED_BYTES]
            sound = meta.checksum == _fnv64a(summed) and meta.page_size in _PAGE_SIZES
            return meta if sound else None
    return None


def _fnv64a(content: bytes) -> int:
    value = 0xCBF29CE484222325
    for byte in content:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def _check_depth(depth: int) -> None:
    if depth >= _MOST_DEPTH:
        raise FormatError(f"bolt: a tree deeper than {_MOST_DEPTH} levels")
