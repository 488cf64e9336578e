"""
Log every reaction, taken or not, with its reason: one JSON object a line.

The file has mode 0600 and is only appended to; a line that was torn, by a crash or for want of room, takes
no other one with it. At ``MAX_BYTES`` it becomes ``.1`` and a new one is begun,
so that at least the last ``MAX_BYTES`` are there.
"""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from pratique.model.errors import StorageError
from pratique.model.reaction import Reaction

MAX_BYTES = 16 << 20
_FLAGS = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
_decoder = msgspec.json.Decoder(Reaction)


class ReactionLog:
    """The log in one file, whose folder is made with mode 0700."""

    def __init__(self, path: Path, max_bytes: int = MAX_BYTES) -> None:
        self._path, self._max = path, max_bytes

    def add(self, reaction: Reaction) -> None:
        """
        Append one reaction.

        Raises:
            StorageError: it cannot be written.
        """
        odd = {
            name: value.encode("utf-8", "backslashreplace").decode()
            for name, value in msgspec.structs.asdict(reaction).items()
            if isinstance(value, str) and not value.isascii()
        }
        whole = msgspec.structs.replace(reaction, **odd)
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._rotate()
            _append(self._path, msgspec.json.encode(whole) + b"\n")
        except OSError as error:
            said = error.strerror or str(error)
            raise StorageError(f"cannot write {self._path}: {said}") from None

    def read(self, last: int) -> list[Reaction]:
        """
        Return the last reactions, oldest first; lines that cannot be understood are passed over.

        Raises:
            StorageError: it is there but cannot be read.
        """
        found = [*self._lines(self._path.with_suffix(".1")), *self._lines(self._path)]
        return found[-last:] if last > 0 else []

    def _rotate(self) -> None:
        if self._path.is_file() and self._path.stat().st_size >= self._max:
            self._path.replace(self._path.with_suffix(".1"))

    def _lines(self, path: Path) -> Iterator[Reaction]:
        try:
            with path.open("rb") as file:
                content = file.read(2 * self._max)
        except FileNotFoundError:
            return
        except OSError as error:
            raise StorageError(f"cannot read {path}: {error.strerror}") from None
        for line in content.splitlines():
            try:
                yield _decoder.decode(line)
            except msgspec.DecodeError:
                continue


def _append(path: Path, line: bytes) -> None:
    """
    Write a line, all of it, on a line of its own.

    Raises:
        OSError: it cannot be written, or not whole.
    """
    descriptor = os.open(path, _FLAGS, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        whole = b"\n" + line if torn else line
        if os.write(descriptor, whole) < len(whole):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(descriptor)
