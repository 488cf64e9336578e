"""
Hold the bytes that phase 2 will need, by sha256, within a bound on memory.

Up to ``memory_bytes`` stay in memory; what comes later goes to an unnamed temporary file, which
vanishes with the process. Law: ``get`` returns exactly what was added.
"""

import os
import weakref
from collections.abc import Iterator
from typing import IO

from pratique.model.errors import LimitExceeded


class KeptFiles:
    """
    Bytes of files by sha256 (hex).

    >>> kept = KeptFiles(memory_bytes=4, most_bytes=20)
    >>> kept.add("a1", b"abcd"), kept.add("b2", b"spilled")
    (None, None)
    >>> kept.get("a1"), kept.get("b2"), kept.get("c3"), "b2" in kept
    (b'abcd', b'spilled', None, True)
    """

    def __init__(self, memory_bytes: int, most_bytes: int) -> None:
        self._room = memory_bytes
        self._most = self._left = most_bytes
        self._held: dict[str, bytes] = {}
        self._spilled: dict[str, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None
        self._end = 0

    def __contains__(self, sha256: str) -> bool:
        """Whether the bytes of this hash are here."""
        return sha256 in self._held or sha256 in self._spilled

    def add(self, sha256: str, content: bytes | memoryview) -> None:
        """
        Take the bytes of a file; the same hash twice is kept once.

        Raises:
            LimitExceeded: more than ``most_bytes`` in all.
        """
        if sha256 in self:
            return
        if len(content) > self._left:
            raise LimitExceeded(f"the files to be looked at are more than {self._most} bytes")
        self._left -= len(content)
        if len(content) <= self._room:
            self._room -= len(content)
            self._held[sha256] = bytes(content)
            return
        if self._file is None:
            import tempfile  # 8 ms that only images with very large package databases pay

            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as this object
            weakref.finalize(self, self._file.close)
        self._file.seek(self._end)
        self._file.write(content)
        self._file.flush()
        self._spilled[sha256] = self._end, len(content)
        self._end += len(content)

    def get(self, sha256: str) -> bytes | None:
        """Return the bytes of this hash, or None when they were not kept."""
        if sha256 in self._held:
            return self._held[sha256]
        if self._file is None or sha256 not in self._spilled:
            return None
        offset, length = self._spilled[sha256]
        return os.pread(self._file.fileno(), length, offset)

    def hashes(self) -> Iterator[str]:
        """Yield the hashes of all files held."""
        yield from self._held
        yield from self._spilled
