"""
Hold the files of an image so that a hundred thousand of them cost a few megabytes, and answer for
one in microseconds.

The paths stand sorted in one run of bytes and are found by halving; beside each stands the number
of its package and of its digest. This is a ``model.image_index.ImageIndex``. What the store keeps
is this form, packed. Law: what was put in is found, nothing else is; at most ``MOST_FILES`` files
are held, and ``complete`` is False where there were more.
"""

from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice

import msgspec
from msgspec import Struct

from pratique.model.errors import StorageError

MOST_FILES = 300_000
MOST_PACKAGES = 100_000
MOST_BYTES = 192 << 20
"""One image's files unpacked: paths, numbers and digests."""
_ANSWERS = 4096
_SHA256_BYTES = 32


class FileRow(Struct, frozen=True, gc=False):
    """
    One regular file: ``owner`` is a ``Package.key``, ``sha256`` hexadecimal, or empty.

    ``path`` is absolute, as observations have it: bytes that are no UTF-8 are U+FFFD.
    """

    path: str
    owner: str = ""
    sha256: str = ""


class _Packed(Struct, array_like=True):
    complete: bool
    packages: list[str]
    paths: bytes
    ends: bytes
    owners: bytes
    measured: bytes
    digests: bytes
    inside: dict[str, list[int]]


class ImageFiles:
    """The files of one image."""

    def __init__(self, packed: _Packed) -> None:
        self._packed = packed
        self._paths = packed.paths
        self._ends = _numbers(packed.ends)
        self._owners = _numbers(packed.owners)
        self._measured = _numbers(packed.measured)
        if not len(self._ends) == len(self._owners) == len(self._measured):
            raise StorageError("the files of a stored image are damaged")
        self._find = lru_cache(_ANSWERS)(self._halve)

    def __len__(self) -> int:
        """Return how many files are held."""
        return len(self._ends)

    @property
    def complete(self) -> bool:
        """Whether every file of the image is held, so that ``has`` may say no."""
        return self._packed.complete

    def has(self, path: str) -> bool:
        """Return whether the image holds a regular file here."""
        return self._find(path) >= 0

    def owner(self, path: str) -> str:
        """Return the key of the package that the file belongs to, or nothing."""
        place = self._find(path)
        number = self._owners[place] if place >= 0 else 0
        return self._packed.packages[number - 1] if number else ""

    def packages_in(self, path: str) -> tuple[str, ...]:
        """Return the keys of what the file itself holds."""
        return tuple(self._packed.packages[one] for one in self._packed.inside.get(path, ()))

    def digest_of(self, path: str) -> str:
        """Return the sha256 of the file in hexadecimal, nothing where it was not measured."""
        place = self._find(path)
        number = self._measured[place] if place >= 0 else 0
        start = (number - 1) * _SHA256_BYTES
        return self._packed.digests[start : start + _SHA256_BYTES].hex() if number else ""

    def packed(self) -> bytes:
        """Return the form that the store keeps."""
        import zstandard  # only who stores an image pays for it

        return zstandard.compress(msgspec.msgpack.encode(self._packed), 6)

    def _halve(self, path: str) -> int:
        """Return the place of a path, -1 where it is not held."""
        wanted = path.encode(errors="replace")
        low, high = 0, len(self._ends)
        while low < high:
            middle = (low + high) // 2
            start = self._ends[middle - 1] if middle else 0
            found = self._paths[start : self._ends[middle]]
            if found == wanted:
                return middle
            if found < wanted:
                low = middle + 1
            else:
                high = middle
        return -1


def hold(
    files: Iterable[FileRow],
    inside: Mapping[str, Iterable[str]] = {},
    *,
    complete: bool = True,
    most: int = MOST_FILES,
) -> ImageFiles:
    """
    Return the files of an image; of two with one path the first counts.

    Args:
        files: the regular files.
        inside: what single files hold, by path: ``Package.key``.
        complete: whether these are all there are.
        most: how many are held; beyond it the rest is left out and ``complete`` is False.

    >>> held = hold([FileRow("/b", "pkg:deb/b", "00" * 32), FileRow("/a")])
    >>> held.owner("/b"), held.has("/a"), held.has("/c"), held.digest_of("/b")[:4]
    ('pkg:deb/b', True, False, '0000')
    """
    numbers: dict[str, int] = {}
    rows: dict[bytes, FileRow] = {}
    for row in files:
        if len(rows) >= most:
            complete = False
            break
        rows.setdefault(row.path.encode(errors="replace"), row)
    ends, owners, measured = array("I"), array("I"), array("I")
    paths, digests = bytearray(), bytearray()
    for path in sorted(rows):
        row = rows[path]
        paths += path
        ends.append(len(paths))
        owners.append(_number(row.owner, numbers) + 1 if row.owner else 0)
        if row.sha256:
            digests += bytes.fromhex(row.sha256)
        measured.append(len(digests) // _SHA256_BYTES if row.sha256 else 0)
    held = {
        path: [_number(key, numbers) for key in keys] for path, keys in islice(inside.items(), most)
    }
    packed = _Packed(
        complete=complete,
        packages=list(numbers),
        paths=bytes(paths),
        ends=_bytes(ends),
        owners=_bytes(owners),
        measured=_bytes(measured),
        digests=bytes(digests),
        inside=held,
    )
    return ImageFiles(packed)


def unpack(content: bytes) -> ImageFiles:
    """
    Return the files that ``ImageFiles.packed`` wrote.

    Raises:
        StorageError: they are damaged, or larger than ``MOST_BYTES``.
    """
    import zstandard

    try:
        size = zstandard.frame_content_size(content)
        if not 0 <= size <= MOST_BYTES:
            raise StorageError(f"the files of a stored image take {size} bytes")
        plain = zstandard.ZstdDecompressor().decompress(content, max_output_size=MOST_BYTES)
        return ImageFiles(msgspec.msgpack.decode(plain, type=_Packed))
    except (zstandard.ZstdError, msgspec.MsgspecError, ValueError) as error:
        raise StorageError(f"the files of a stored image are damaged: {error}"[:200]) from None


def _number(key: str, numbers: dict[str, int]) -> int:
    return numbers.setdefault(key, len(numbers))


def _numbers(content: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(content)
    return _little(found)


def _bytes(numbers: "array[int]") -> bytes:
    return _little(numbers).tobytes()


def _little(numbers: "array[int]") -> "array[int]":
    """Return numbers as a little-endian machine has them in memory, or back."""
    import sys

    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers
