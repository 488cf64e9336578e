"""
Keep records on disk until somebody has taken them: a queue that outlives its process.

Records go to the end of the newest segment file; the reader acknowledges from the front; a segment
whose records are all acknowledged is removed. Laws:

- What ``append`` returned for survives the death of the process; how much of it survives the loss of
  power is what ``sync`` says: ``each`` record, what is older than a ``second``, or ``never`` asked for.
- A record torn by a crash is cut off at the next start; everything before it is kept.
- Records come out in the order they went in, at least once: what was read but not acknowledged comes
  again after a restart.
- The folder never takes more than ``max_bytes``. The oldest segment goes first, and ``dropped`` counts
  exactly its records that nobody took; ``damaged`` counts those that could no longer be read.

One process at a time holds a journal; its methods may be called from several threads.
"""

import fcntl
import os
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Literal

from msgspec import Struct

from pratique.kit import segment
from pratique.model.errors import FormatError, StorageError

Sync = Literal["each", "second", "never"]

DEFAULT_BYTES = 1 << 30
LEAST_BYTES = 64 << 10
_SEGMENTS = 8
"""A full journal gives up an eighth of itself at once."""
_LARGEST_SEGMENT = 32 << 20
_SUFFIX = ".log"
_ACKNOWLEDGED = "acknowledged"
_NOWHERE = (-1, 0, 0)


class Batch(Struct, frozen=True):
    """Records from the front, and the number behind the last of them: what to acknowledge."""

    records: tuple[bytes, ...]
    end: int


class Journal:
    """
    A queue in a folder of its own.

    Args:
        folder: made with mode 0700 where it is not there.
        max_bytes: what the segments may take together, at least ``LEAST_BYTES``.
        sync: when written records are forced to the disk.
        clock: seconds that only go forward.

    Raises:
        StorageError: the folder cannot be used, or another process holds it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int = DEFAULT_BYTES,
        sync: Sync = "second",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.dropped = 0
        self.damaged = 0
        self.cut_bytes = 0
        self._folder = folder
        self._max = max(LEAST_BYTES, max_bytes)
        self._segment_bytes = min(_LARGEST_SEGMENT, self._max // _SEGMENTS)
        self._sync, self._clock, self._synced = sync, clock, clock()
        self._lock = Lock()
        self._sizes: dict[int, int] = {}
        self._held = self._writer = self._writing = self._reader = self._reading = -1
        self._next = self._front = 0
        self._torn = False
        self._cursor = _NOWHERE
        self._ends: dict[int, tuple[int, int, int]] = {}
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._held = _hold(folder / "lock")
            self._open()
        except OSError as error:
            self._let_go()
            raise _failed(folder, error) from None

    @property
    def waiting(self) -> int:
        """How many records nobody has taken yet."""
        return self._next - self._front

    @property
    def size_bytes(self) -> int:
        """What the segments take."""
        return sum(self._sizes.values())

    def append(self, record: bytes) -> int:
        """
        Take a record and return its number.

        Raises:
            StorageError: it is too long, or the disk is full or broken; nothing was taken.
        """
        if len(record) > min(segment.MAX_RECORD_BYTES, self._segment_bytes // 2):
            raise StorageError(f"a record of {len(record)} bytes is too long for the journal")
        content = segment.framed(record)
        with self._lock:
            try:
                if self._torn:
                    self._take_back()
                self._make_room(len(content))
                self._write(content)
            except OSError as error:
                raise _failed(self._folder, error) from None
            number = self._next
            self._next += 1
            return number

    def read(self, most: int, most_bytes: int = 4 << 20) -> Batch:
        """
        Return up to ``most`` records from the front, at least one where there is any.

        Raises:
            StorageError: the disk is broken.
        """
        with self._lock:
            try:
                return self._read(most, most_bytes)
            except OSError as error:
                raise _failed(self._folder, error) from None

    def acknowledge(self, end: int) -> None:
        """
        Let go of all records before a number, which a ``read`` said.

        Raises:
            StorageError: the disk is full or broken; the records will come again after a restart.
        """
        with self._lock:
            if end <= self._front:
                return  # they were dropped meanwhile
            self._front = min(end, self._next)
            self._cursor = self._ends.get(end, _NOWHERE)
            try:
                self._note_front()
                self._remove_taken()
            except OSError as error:
                raise _failed(self._folder, error) from None

    def close(self) -> None:
        """
        Give the journal back; what waits is there at the next start.

        Raises:
            StorageError: the disk is broken; what was written last may not outlive a loss of power.
        """
        with self._lock:
            if self._held < 0:
                return
            try:
                if self._torn:
                    self._take_back()
                self._force(now=True)
            except OSError as error:
                raise _failed(self._folder, error) from None
            finally:
                self._let_go()

    def _let_go(self) -> None:
        for descriptor in (self._writer, self._reader, self._held):
            if descriptor >= 0:
                os.close(descriptor)
        self._writer = self._reader = self._held = -1

    def _open(self) -> None:
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")):
            if path.stem.isdigit() and not path.is_symlink():
                self._sizes[int(path.stem)] = path.stat().st_size
        while self._sizes:
            newest = max(self._sizes)
            if self._sizes[newest] >= segment.HEAD_BYTES:
                self._recover(newest)
                break
            # Not even a head: the process died while it made the file.
            self.cut_bytes += self._sizes.pop(newest)
            self._path(newest).unlink()
            self._next = max(self._next, newest)
        else:
            self._begin(self._next)
        self._front = self._read_front()
        self._remove_taken()

    def _recover(self, first: int) -> None:
        """Open the newest segment for writing behind its last whole record."""
        descriptor = os.open(self._path(first), os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            if not _is_head(os.pread(descriptor, segment.HEAD_BYTES, 0), first):
                # Each record has a checksum of its own, and the name says its number.
                os.pwrite(descriptor, segment.head(first), 0)
            end, count = segment.HEAD_BYTES, 0
            for _, behind in segment.records(descriptor, end, self._sizes[first]):
                count, end = count + 1, behind
            self.cut_bytes += self._sizes[first] - end
            os.ftruncate(descriptor, end)
        except BaseException:
            os.close(descriptor)
            raise
        os.lseek(descriptor, end, os.SEEK_SET)
        self._writer, self._writing, self._sizes[first] = descriptor, first, end
        self._next = max(self._next, first + count)
        if self._next != first + count:
            self._begin(self._next)

    def _begin(self, first: int) -> None:
        """Begin a new segment; where that fails, the one before goes on."""
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(self._path(first), flags, 0o600)
        try:
            _write_all(descriptor, segment.head(first))
        except OSError:
            os.close(descriptor)
            # Left there, it would seem to hold what the one before takes from now on.
            self._path(first).unlink()
            raise
        if self._writer >= 0:
            os.close(self._writer)
        self._writer, self._writing = descriptor, first
        self._sizes[first] = segment.HEAD_BYTES

    def _make_room(self, more: int) -> None:
        if self._sizes[self._writing] + more > self._segment_bytes and self._next > self._writing:
            self._force(now=True)
            self._begin(self._next)
        while self.size_bytes + more > self._max and len(self._sizes) > 1:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        oldest, following = sorted(self._sizes)[:2]
        self._path(oldest).unlink(missing_ok=True)
        del self._sizes[oldest]
        if self._front < following:
            self.dropped += following - self._front
            self._front = following
            self._note_front()

    def _write(self, content: bytes) -> None:
        end = self._sizes[self._writing]
        try:
            _write_all(self._writer, content)
            self._force(now=False)
        except OSError:
            # Where this fails too it is tried before anything else is written.
            self._torn = True
            with suppress(OSError):
                self._take_back()
            raise
        self._sizes[self._writing] = end + len(content)

    def _take_back(self) -> None:
        """Cut off what a write that failed may have left behind the last record."""
        end = self._sizes[self._writing]
        os.ftruncate(self._writer, end)
        os.lseek(self._writer, end, os.SEEK_SET)
        self._torn = False

    def _force(self, *, now: bool) -> None:
        due = self._sync == "each" or (
            self._sync == "second" and (now or self._clock() - self._synced >= 1.0)
        )
        if due:
            os.fdatasync(self._writer)
            self._synced = self._clock()

    def _read(self, most: int, most_bytes: int) -> Batch:
        found: list[bytes] = []
        size, position = 0, self._front
        self._ends = {}
        while position < self._next and len(found) < most:
            first = max(one for one in self._sizes if one <= position)
            for record, end in self._records(first, position):
                if found and (len(found) >= most or size + len(record) > most_bytes):
                    return Batch(tuple(found), position)
                found.append(record)
                size += len(record)
                position += 1
                self._ends[position] = (first, position, end)
            following = min((one for one in self._sizes if one > first), default=self._next)
            if position < following:
                if found:
                    break  # what is damaged is counted when it stands in front
                self._skip(following)
                position = following
        return Batch(tuple(found), position)

    def _records(self, first: int, position: int) -> Iterator[tuple[bytes, int]]:
        """Yield the records of a segment from a number on, and where each ends."""
        if self._reading != first:
            if self._reader >= 0:
                os.close(self._reader)
            self._reading, self._reader = -1, -1
            self._reader = os.open(self._path(first), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
            self._reading = first
        known, number, offset = self._cursor
        if known != first or number > position:
            number, offset = first, segment.HEAD_BYTES
        for record, end in segment.records(self._reader, offset, self._sizes[first]):
            if number >= position:
                yield record, end
            number += 1

    def _skip(self, following: int) -> None:
        """Go on behind records that can no longer be read."""
        self.damaged += following - self._front
        self._front = following
        self._note_front()

    def _remove_taken(self) -> None:
        firsts = sorted(self._sizes)
        for first, following in pairwise(firsts):
            if following > self._front:
                break
            self._path(first).unlink(missing_ok=True)
            del self._sizes[first]

    def _note_front(self) -> None:
        content = self._front.to_bytes(8, "little")
        content += zlib.crc32(content).to_bytes(4, "little")
        place = self._folder / _ACKNOWLEDGED
        new = place.with_suffix(".new")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            _write_all(descriptor, content)
            if self._sync == "each":
                os.fdatasync(descriptor)
        finally:
            os.close(descriptor)
        new.replace(place)

    def _read_front(self) -> int:
        """Return what was acknowledged; where that is damaged, everything comes again."""
        try:
            content = (self._folder / _ACKNOWLEDGED).read_bytes()
        except FileNotFoundError:
            content = b""
        noted = int.from_bytes(content[:8], "little")
        sound = len(content) == 12 and zlib.crc32(content[:8]).to_bytes(4, "little") == content[8:]
        return min(max(noted if sound else 0, min(self._sizes)), self._next)

    def _path(self, first: int) -> Path:
        return self._folder / f"{first:020d}{_SUFFIX}"


def _is_head(content: bytes, first: int) -> bool:
    try:
        return segment.read_head(content) == first
    except FormatError:
        return False


def _hold(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise StorageError(
            f"{path.parent} is in use by another process",
            hint="stop the other `pratique`, or give this one another PRATIQUE_DATA_DIR",
        ) from None
    return descriptor


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _failed(folder: Path, error: OSError) -> StorageError:
    return StorageError(f"the journal {folder}: {error.strerror or error}")
