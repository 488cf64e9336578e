"""
Read files as text, piece by piece.

Laws: a file with a NUL among its first bytes is binary, unless it begins with the mark of UTF-16; then it
is made into UTF-8, what is damaged in it becoming U+FFFD. Line ends stay, so lines count the same.
"""

import codecs
import re
from collections.abc import Iterator

from pratique.model.units import LayerFile
from pratique.secrets.windows import STEP

# Found now: the worker that reads may open no file, not even of the standard library.
_DECODERS = {name: codecs.getincrementaldecoder(name) for name in ("utf-16-le", "utf-16-be")}
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
MARKS = tuple(_UTF16)
_PRINTABLE = re.compile(rb"[\t\x20-\x7e]{8,}")
_TAIL = re.compile(rb"[\t\x20-\x7e]+\Z")
_OVERLAP = 1024


def is_binary(head: bytes) -> bool:
    """
    Return whether a file that begins so is no text.

    >>> is_binary(b"a\\0b"), is_binary(b"abc"), is_binary("a".encode("utf-16"))
    (True, False, False)
    """
    return b"\0" in head and head[:2] not in _UTF16


def pieces_of(file: LayerFile) -> Iterator[bytes]:
    """Yield a text file's bytes, as UTF-8 where it was UTF-16."""
    encoding = _UTF16.get(file.read(0, 2))
    decoder = _DECODERS[encoding]("replace") if encoding else None
    offset = 2 if decoder else 0
    while piece := file.read(offset, STEP):
        offset += len(piece)
        yield decoder.decode(piece).encode() if decoder else piece


def printable_pieces(file: LayerFile) -> Iterator[bytes]:
    """Yield the printable strings of a binary, each on a line of its own."""
    offset, rest = 0, b""
    while piece := file.read(offset, STEP):
        offset += len(piece)
        text = rest + piece
        tail = _TAIL.search(text, max(0, len(text) - _OVERLAP))
        # What may go on in the next piece waits for it; a long run is cut, as a line would be.
        rest = tail[0] if tail else b""
        found = _PRINTABLE.finditer(text, 0, len(text) - len(rest))
        yield b"".join(match[0] + b"\n" for match in found)
    if len(rest) >= 8:
        yield rest + b"\n"
