"""
Do only what every scanner must: inflate each layer and hash both forms.

``python -m bench.limit IMAGE`` reads the blobs of an OCI or docker archive with the standard
library's tarfile and no cleverness, as fast as the codecs go.
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
    """Inflate and hash every blob of the archive named on the command line."""
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
    chunk = head + blob.read(CHUNK)
    while chunk:
        stored.update(chunk)
        plain.update(inflate(chunk) if inflate else chunk)
        chunk = blob.read(CHUNK)


if __name__ == "__main__":
    main()
