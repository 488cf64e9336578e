"""
Append lines to a file that other programs may rotate.

Each batch is one write to a file opened for appending, so lines never mix. Where the name no longer
means the file that is open (``logrotate`` moved or removed it), it is opened anew. A new file has mode
0600; an existing one keeps its own. A symlink in the last place is not followed, and only regular files
are written to. Where a write ended in the middle of a line (full disk), the line is taken back; where that failed, or
the process was killed, the next line begins on a line of its own.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from pratique.outputs.channels.interface import NotDelivered

_FLAGS = os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_MODE = 0o600


class FileChannel:
    """Lines at the end of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1
        self._identity = (0, 0)

    def send(self, records: Sequence[bytes]) -> None:
        """Append the records as lines."""
        content = b"".join(record + b"\n" for record in records)
        try:
            self._reopen()
            before = os.fstat(self._descriptor).st_size
            if self._is_torn(before):
                content = b"\n" + content
            written = os.write(self._descriptor, content)
            if written < len(content):
                os.ftruncate(self._descriptor, before)
                raise NotDelivered(f"cannot write to {self._path}: no room for a whole line")
        except OSError as error:
            raise NotDelivered(f"cannot write to {self._path}: {error.strerror or error}") from None

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _is_torn(self, size: int) -> bool:
        """Return whether the file ends in the middle of a line, as far as it may be read."""
        try:
            return size > 0 and os.pread(self._descriptor, 1, size - 1) != b"\n"
        except OSError:
            return False

    def _reopen(self) -> None:
        """Open the file where it is not open, or is no longer the one that the name means."""
        if self._descriptor >= 0 and self._identity == _identity(self._path):
            return
        self.close()
        try:
            descriptor = os.open(self._path, _FLAGS | os.O_RDWR, _MODE)
        except PermissionError:  # another's file, to be written only
            descriptor = os.open(self._path, _FLAGS | os.O_WRONLY, _MODE)
        kind = os.fstat(descriptor)
        if not stat.S_ISREG(kind.st_mode):
            os.close(descriptor)
            raise NotDelivered(f"{self._path} is not a regular file")
        self._descriptor, self._identity = descriptor, (kind.st_dev, kind.st_ino)


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return (0, 0)
    return found.st_dev, found.st_ino
