"""
Hold a file that may be an image archive: open it without hanging, unpack it, find its members.

Laws: only regular files are read (a pipe or device as target is refused, not waited for); what is
packed as a whole is unpacked into an unnamed temporary file, within `Limits` (bytes and ratio);
members are read in place.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Protocol

from pratique.formats.image.tar_index import ReadAt, TarIndex, index_tar, looks_like_tar
from pratique.formats.packed import unpacked
from pratique.formats.tar.header import BLOCK
from pratique.kit.limits import Limits
from pratique.kit.window import WindowReader, as_binary
from pratique.model.digest import InvalidDigest
from pratique.model.errors import FormatError, LimitExceeded, StorageError
from pratique.sources.interface import InvalidImage, TargetNotFound, TargetRefused

_COPY_BYTES = 1 << 20
_MAGICS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ\x00", b"BZh")


class Readable(Protocol):
    """What can be copied."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, none at the end."""


class Archive:
    """A plain tar file and where its members lie; closes its descriptor at the end."""

    def __init__(self, fd: int, index: TarIndex, label: str) -> None:
        self._fd = fd
        self._index = index
        self.label = label

    def has(self, name: str) -> bool:
        """Return whether a member has bytes under this name."""
        return self._index.find(name) is not None

    def is_repeated(self, name: str) -> bool:
        """Return whether a name stands more than once, so that readers could disagree."""
        return name in self._index.repeated

    def window(self, name: str) -> WindowReader:
        """
        Return a reader of a member's bytes in place.

        Raises:
            InvalidImage: there is no such member.
        """
        member = self._index.find(name)
        if member is None:
            raise InvalidImage(f"{self.label}: no {name[:120]!r} in the archive")
        return WindowReader(self._fd, member.offset, member.size_bytes)

    def open(self, name: str) -> BinaryIO:
        """Return ``window`` under the type that readers ask for."""
        return as_binary(self.window(name))

    def read(self, name: str, limits: Limits) -> bytes:
        """
        Return a small member whole.

        Raises:
            InvalidImage: absent, or larger than a JSON document may be.
        """
        window = self.window(name)
        if window.length > limits.json_bytes:
            raise InvalidImage(f"{self.label}: {name[:120]!r} has {window.length} bytes")
        with refusing(self.label):
            return window.read(window.length)

    def close(self) -> None:
        """Close the file; readers of members end with it."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def open_archive(path: Path, limits: Limits) -> Archive:
    """
    Return the archive at ``path``, unpacked where it is packed as a whole.

    Raises:
        TargetError: absent, not to be read, no regular file, not a tar, damaged, over a limit.
    """
    return archive_of(open_regular(path), limits, str(path))


def archive_of(fd: int, limits: Limits, label: str) -> Archive:
    """
    Return the archive that the open file is; takes ``fd`` over and closes it on failure.

    Raises:
        TargetError: not a tar, damaged, over a limit.
    """
    plain = fd
    try:
        with refusing(label):
            plain = unpack(fd, limits)
            if not looks_like_tar(os.pread(plain, BLOCK, 0)):
                raise InvalidImage(f"{label}: not a tar archive")
            size = os.fstat(plain).st_size
            return Archive(plain, index_tar(_reader(plain), size, limits), label)
    except BaseException:
        os.close(plain)
        raise


def open_regular(path: Path) -> int:
    """
    Return a descriptor of the regular file at ``path``.

    Raises:
        TargetNotFound: there is none, or it is a pipe, device, socket or directory.
        TargetRefused: it may not be read.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except PermissionError:
        raise TargetRefused(f"may not read {path}", hint="check the rights of the file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise TargetNotFound(f"cannot open {path}: {reason}") from None
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise TargetNotFound(f"{path} is not a regular file", hint="use `-` to read a pipe")
    return fd


def is_packed(fd: int) -> bool:
    """Return whether a file starts like gzip, zstd, xz or bzip2."""
    return os.pread(fd, 6, 0).startswith(_MAGICS)


def unpack(fd: int, limits: Limits) -> int:
    """
    Return a descriptor of the plain content: ``fd`` itself, or a temporary file (``fd`` closed).

    Raises:
        FormatError: damaged, cut short, or over a limit.
        StorageError: no room for the temporary file.
    """
    if not is_packed(fd):
        return fd
    stored = os.fstat(fd).st_size
    with open(os.dup(fd), "rb") as body:
        plain = spool(unpacked(body, limits.tar_bytes), limits, stored_bytes=stored)
    os.close(fd)
    return plain


def spool(source: Readable, limits: Limits, *, stored_bytes: int = 0) -> int:
    """
    Copy a stream into an unnamed temporary file and return its descriptor.

    ``stored_bytes`` is the size it had packed; the ratio of `Limits` is then kept too.

    Raises:
        LimitExceeded: more bytes than allowed.
        StorageError: no room for the temporary file.
    """
    import tempfile  # draws in every compressor; a plain archive needs none

    try:
        with tempfile.TemporaryFile(prefix="pratique-") as file:
            _copy(source, file, limits, stored_bytes)
            file.flush()
            return os.dup(file.fileno())
    except OSError as error:
        raise StorageError(
            f"cannot keep the archive in {tempfile.gettempdir()}: {error.strerror or error}",
            hint="free some space or set TMPDIR to a larger place",
        ) from None


def _copy(source: Readable, file: IO[bytes], limits: Limits, stored_bytes: int) -> None:
    size = 0
    while chunk := _read(source):
        size += len(chunk)
        if size > limits.tar_bytes:
            raise LimitExceeded(f"more than {limits.tar_bytes} bytes")
        swollen = stored_bytes and size > stored_bytes * limits.inflate_ratio
        if swollen and size > limits.inflate_floor_bytes:
            raise LimitExceeded(f"unpacks to more than {limits.inflate_ratio} times its size")
        file.write(chunk)


def _read(source: Readable) -> bytes:
    try:
        return source.read(_COPY_BYTES)
    except OSError as error:  # not of the disk that the copy goes to
        raise TargetRefused(f"the archive cannot be read: {error.strerror or error}") from None


@contextmanager
def refusing(label: str) -> Iterator[None]:
    """Turn what is wrong with the bytes of a target, or with its disk, into a refusal of the target."""
    try:
        yield
    except (FormatError, InvalidDigest) as error:
        said = str(error).replace("the feed file", "the archive")
        raise InvalidImage(f"{label}: {said}", hint=error.hint()) from None
    except OSError as error:
        raise TargetRefused(f"{label}: cannot be read: {error.strerror or error}") from None


def _reader(fd: int) -> ReadAt:
    return lambda size, offset: os.pread(fd, size, offset)
