"""
Keep what was compiled in a folder of the user's own, and believe only what nobody else could write.

Law: a file is read whole if its checksum holds, it belongs to this user and nobody else may write it;
anything else is as good as none. Files are put in their place whole; those of one ending that were
unused for longest go. A second part, ``sealed``, is not hashed: it brings a checksum
of its own, as the databases of Hyperscan do, and is for its reader to refuse.
"""

import hashlib
import os
import struct
from contextlib import suppress
from pathlib import Path

from pratique.kit.ownership import is_only_ours
from pratique.kit.whole_file import growing

_HEAD = struct.Struct("<32sQ")
"""The hash of what follows up to the second part, which begins with the length of the first."""
_LENGTH = struct.Struct("<Q")
_MAX_BYTES = 256 << 20
_KEPT = 8
"""Files of one ending that a folder holds."""


def kept(path: Path) -> tuple[bytes, bytes] | None:
    """Return the two parts that were kept at a path, None where there are none to be believed."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if not is_only_ours(file.fileno()) or size > _MAX_BYTES:
                return None
            head = file.read(_HEAD.size)
            checksum, length = _HEAD.unpack(head) if len(head) == _HEAD.size else (b"", size)
            if length > size - _HEAD.size:
                return None
            body = file.read(length)
            sealed = file.read(size - _HEAD.size - length)
    except OSError:
        return None
    if _checksum(body) != checksum:
        return None
    with suppress(OSError):
        os.utime(path)
    return body, sealed


def keep(path: Path, body: bytes, sealed: bytes = b"") -> None:
    """
    Keep some bytes at a path.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with growing(path, 0o600, sync=False) as file:
        file.writelines((_HEAD.pack(_checksum(body), len(body)), body, sealed))
    old = sorted(path.parent.glob(f"*{path.suffix}"), key=_used)
    for one in old[:-_KEPT]:
        one.unlink(missing_ok=True)


def _used(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process removed it
        return 0.0


def _checksum(body: bytes) -> bytes:
    digest = hashlib.sha256(_LENGTH.pack(len(body)))
    digest.update(body)
    return digest.digest()
