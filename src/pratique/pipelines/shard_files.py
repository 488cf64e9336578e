"""
Put shard files in place safely.

Laws: a shard's name always holds a whole, synced shard, or nothing; whoever has it open keeps what
was there. One process at a time changes a shard (``flock``, so a lock never outlives its process);
what a killed one left behind is swept by the next holder of the lock.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.writer import sync
from pratique.model.errors import StorageError

_IMPORT = ".import-"


@contextmanager
def storage(folder: Path) -> Iterator[None]:
    """Turn the system's complaints about a folder into ``StorageError``."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"cannot write to {folder}: {error.strerror}") from None


@contextmanager
def locked(folder: Path, shard: str, waiting: Callable[[], None]) -> Iterator[bool]:
    """
    Hold the lock of one shard; give whether it had to be waited for.

    Raises:
        StorageError: the folder cannot be written.
    """
    with _held(folder, f".{_file(shard)}.lock", waiting) as waited:
        yield waited


@contextmanager
def importing(folder: Path) -> Iterator[Path]:
    """
    Give a folder beside the shards, which is gone at the end; one process at a time has one.

    What a killed one left behind, which may be as large as all shards, is swept first.

    Raises:
        StorageError: the folder cannot be written.
    """
    with _held(folder, ".import.lock", lambda: None):
        for left in folder.glob(f"{_IMPORT}*"):
            shutil.rmtree(left, ignore_errors=True)
        with (
            storage(folder),
            tempfile.TemporaryDirectory(
                dir=folder, prefix=_IMPORT, ignore_cleanup_errors=True
            ) as place,
        ):
            yield Path(place)


@contextmanager
def _held(folder: Path, name: str, waiting: Callable[[], None]) -> Iterator[bool]:
    with storage(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        waited = False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise StorageError(f"cannot lock in {folder}: {error.strerror}") from None
            waited = True
            waiting()
            with storage(folder):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield waited
    finally:
        os.close(descriptor)


@contextmanager
def replacing(folder: Path, shard: str, now: datetime) -> Iterator[Path]:
    """
    Give a temporary path; what lies there at the end takes the shard's place at once.

    If the block raises, the shard stays as it was. The caller holds the lock and has synced the
    file. Its time of change becomes ``now``: that is when the shard was last checked.
    """
    temporary = folder / f".{_file(shard)}.{os.getpid()}.tmp"
    with storage(folder):
        for left in folder.glob(f".{_file(shard)}.*.tmp*"):
            left.unlink()
    try:
        yield temporary
        with storage(folder):
            os.utime(temporary, (now.timestamp(), now.timestamp()))
            temporary.replace(shard_path(folder, shard))
            sync(folder)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def touch(folder: Path, shard: str, now: datetime) -> None:
    """Note that a shard was checked and found current; nothing in it is written."""
    with storage(folder):
        os.utime(shard_path(folder, shard), (now.timestamp(), now.timestamp()))


def checked(folder: Path, shard: str) -> float | None:
    """Return when a shard was last checked (seconds since 1970), None if there is none."""
    try:
        return shard_path(folder, shard).stat().st_mtime
    except OSError:
        return None


def shard_path(folder: Path, shard: str) -> Path:
    """Return where a shard lies."""
    return folder / _file(shard)


def _file(shard: str) -> str:
    return shard_schema.shard_file(shard)
