"""
Cut a long JSON list into its objects without holding the list.

Feeds are one object with one huge list (NVD: 200 MB a year) or just a huge list. This reader yields
the raw bytes of each object of that list; the caller decodes them one by one. It looks only at
brackets outside strings, so it is right for valid JSON, and stays within its bounds for anything:
one object in memory, time linear in the input, no recursion.

Source: RFC 8259.
"""

import re
from collections.abc import Iterator
from typing import IO, TypeVar

import msgspec

from pratique.formats.json_depth import check_depth
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded

T = TypeVar("T")

_CHUNK = 1 << 20
_PLAIN = rb'[^"{}\[\]]*+'
_BRACKET = re.compile(_PLAIN + rb'(?:"(?:[^"\\]++|\\.)*+"' + _PLAIN + rb")*+([{}\[\]])", re.DOTALL)
"""Everything up to and including the next bracket; possessive, so it never backtracks."""

_KEY = re.compile(rb'"([^"\\]{1,100})"[ \t\r\n]*:[ \t\r\n]*\[\Z')
_KEY_BYTES = 200
_OBJECT = ord("{")


def list_objects(stream: IO[bytes], key: str = "", max_bytes: int = 64 << 20) -> Iterator[bytes]:
    """
    Yield each object of the list under top-level ``key``, or of a top-level list if it is empty.

    Raises:
        FormatError: the JSON is cut short or has no such list.
        LimitExceeded: one object is larger than ``max_bytes``.

    >>> from io import BytesIO
    >>> list(list_objects(BytesIO(b'{"n": 2, "items": [{"a": "}"}, {}]}'), "items"))
    [b'{"a": "}"}', b'{}']
    """
    cutter = _Cutter(key.encode())
    while chunk := stream.read(max(_CHUNK, len(cutter.buffer))):
        yield from cutter.feed(chunk)
        if len(cutter.buffer) > max_bytes:
            raise LimitExceeded(f"one JSON object is larger than {max_bytes} bytes")
    if cutter.depth:
        raise FormatError("the JSON ends early")
    if not cutter.found:
        raise FormatError(f"the JSON has no list {key!r}" if key else "the JSON is no list")


def decode_json(content: bytes, kind: type[T]) -> T:
    """
    Decode JSON of a feed into ``kind``; keys that ``kind`` does not name are skipped.

    Raises:
        FormatError: it is no JSON, not of that shape, or nested too deeply.

    >>> decode_json(b'{"a": 1}', dict[str, int])
    {'a': 1}
    """
    check_depth(content, DEFAULT.json_depth)
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"not the JSON that was expected: {error}") from None


class _Cutter:
    """Know how deep we are, whether inside the list, and where the current object began."""

    def __init__(self, key: bytes) -> None:
        self.buffer = b""
        self.depth = 0
        self.found = False
        self._key = key
        self._list_depth = 0
        """Depth just inside the wanted list; 0 outside it."""
        self._start = -1
        """Where in the buffer the current object begins; -1 between objects."""
        self._resume = 0

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the objects that ``chunk`` completes; keep the rest."""
        buffer = self.buffer + chunk
        position = self._resume
        while match := _BRACKET.match(buffer, position):
            begin, position = match.start(1), match.end()
            if buffer[begin] in b"[{":
                self._open(buffer, begin)
            elif self._close():
                yield buffer[self._start : position]
                self._start = -1
        keep = position if self._start < 0 else self._start
        self.buffer = buffer[keep:]
        self._resume = position - keep
        self._start = min(self._start, 0)

    def _open(self, buffer: bytes, begin: int) -> None:
        if self.depth == self._list_depth and self._list_depth and buffer[begin] == _OBJECT:
            self._start = begin
        elif not self.found and self._is_wanted(buffer, begin):
            self.found = True
            self._list_depth = self.depth + 1
        self.depth += 1

    def _close(self) -> bool:
        """Step out; True when that ends an object of the list."""
        self.depth -= 1
        if self.depth < 0:
            raise FormatError("the JSON closes more than it opens")
        if self._list_depth and self.depth < self._list_depth:
            self._list_depth = 0
        return self._start >= 0 and self.depth == self._list_depth

    def _is_wanted(self, buffer: bytes, begin: int) -> bool:
        if buffer[begin] == _OBJECT:
            return False
        if not self._key:
            return self.depth == 0
        if self.depth != 1:
            return False
        key = _KEY.search(buffer[max(0, begin - _KEY_BYTES) : begin + 1])
        return key is not None and key[1] == self._key
