"""
Do only what every scanner must: inflate each layer, hash both forms, and walk the tar.

``python -m bench.limit IMAGE`` reads the blobs of an OCI or docker archive with the standard
library's tarfile and no cleverness, as fast as the codecs go. The walk reads nothing of a header
but its size: whoever looks at names as well does more.
"""

import hashlib
import sys
import tarfile
from typing import IO

import zstandard
from isal import isal_zlib

CHUNK = 1 << 20
GZIP = b"\x1f\x8b"
ZSTD = b"\x28\xb5\x2f\xfd"


def main() -> None:
    """Inflate, hash and walk every blob of the archive named on the command line."""
    with tarfile.open(sys.argv[1], "r:") as archive:
        for member in archive:
            blob = archive.extractfile(member) if member.isfile() else None
            if blob is not None:
                _consume(blob)


def _consume(blob: IO[bytes]) -> None:
    head = blob.read(4)
    stored, plain = hashlib.sha256(), hashlib.sha256()
    if head.startswith(GZIP):
        inflate = isal_zlib.decompressobj(31).decompress
    elif head == ZSTD:
        inflate = zstandard.ZstdDecompressor().decompressobj().decompress
    else:
        inflate = None
    chunk, skip, rest = head + blob.read(CHUNK), 0, b""
    while chunk:
        stored.update(chunk)
        piece = inflate(chunk) if inflate else chunk
        plain.update(piece)
        skip, rest = _walk(rest + piece if rest else piece, skip)
        chunk = blob.read(CHUNK)


def _walk(piece: bytes, skip: int) -> tuple[int, bytes]:
    """Pass over a piece header by header; return what is left to skip, and a header cut short."""
    at, size = skip, len(piece)
    while at + 512 <= size:
        digits = piece[at + 124 : at + 135].strip(b" \0")
        body = int(digits, 8) if digits.isdigit() else 0
        at += 512 + (body + 511) // 512 * 512
    return (at - size, b"") if at >= size else (0, piece[at:])


if __name__ == "__main__":
    main()
