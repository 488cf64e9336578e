"""
Read one rpm header blob: the tags of one installed package.

Two counts, an index of 16-byte entries (tag, type, offset, count), then the data they point into.
The blob has no 8-byte magic in a database; one that has it is read too. A tag that stands twice
counts as it last stands, as entries added at install time override the package's own.
Law: counts and offsets are believed only inside the blob; arrays end where the next entry begins.
Bounds: linear in the blob; at most ``ENTRIES`` tags, ``ITEMS`` items an array, ``PATHS_BYTES`` of
text for the paths of one header.
Source: https://rpm-software-management.github.io/rpm/manual/format_header.html; rpm, lib/rpmtag.h,
lib/header.c.
"""

import struct
from bisect import bisect_right
from itertools import compress

from msgspec import Struct

from pratique.formats.packages.damaged import is_word, shown
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import OwnedFile
from pratique.model.paths import decode_path

PATHS_BYTES = 32 << 20
"""Text of all paths of one package; the largest real ones (kernel-devel, fonts) are under 8 MiB."""
ENTRIES = 65_536
"""Tags of one header; rpm's own bound (HEADER_TAGS_MAX)."""
ITEMS = 250_000
"""Items of one array; the largest real package (kernel-devel) has some 20 000 files."""
_MAGIC = b"\x8e\xad\xe8\x01"
_CHAR_TYPES, _INT16, _INT32, _STRING, _STRING_ARRAY, _I18N = (1, 2, 7), 3, 4, 6, 8, 9
_NAME, _VERSION, _RELEASE, _EPOCH = 1000, 1001, 1002, 1003
_VENDOR, _LICENCE, _ARCH, _SOURCE_RPM, _MODULE = 1011, 1014, 1022, 1044, 5096
_REQUIRES, _PROVIDES = 1049, 1047
_FILE_STATES, _MODES, _DIGESTS, _FLAGS, _DIGEST_KIND = 1029, 1030, 1035, 1037, 5011
_DIR_INDEXES, _BASE_NAMES, _DIR_NAMES, _OLD_NAMES = 1116, 1117, 1118, 1027
_CONFIG_FLAG = 1
_NOT_INSTALLED = 2
# RFC 4880 §9.4 numbers; a header without the tag is older than it and means md5.
_DIGEST_NAMES = {1: "md5:", 2: "sha1:", 8: "sha256:", 9: "sha384:", 10: "sha512:", 11: "sha224:"}


class RpmRecord(Struct, frozen=True, kw_only=True):
    """
    One package of the database.

    ``evr`` is ``[epoch:]version-release``, the epoch only where the header has the tag.
    ``source_rpm`` is a file name (``bash-5.1-2.src.rpm``) or empty.
    """

    name: str
    epoch: int | None
    version: str
    release: str
    arch: str
    source_rpm: str = ""
    module: str = ""
    vendor: str = ""
    licence: str = ""

    @property
    def evr(self) -> str:
        """Return the complete version as rpm prints it."""
        epoch = "" if self.epoch is None else f"{self.epoch}:"
        return f"{epoch}{self.version}-{self.release}"


def split_source_rpm(name: str) -> tuple[str, str]:
    """
    Return name and version-release of a source package's file name; empty where it is none.

    >>> split_source_rpm("util-linux-2.32.1-42.el8_8.src.rpm")
    ('util-linux', '2.32.1-42.el8_8')
    """
    stem = name.removesuffix(".rpm").removesuffix(".src").removesuffix(".nosrc")
    parts = stem.rsplit("-", 2)
    if stem == name or len(parts) != 3 or not all(parts):
        return "", ""
    return parts[0], f"{parts[1]}-{parts[2]}"


class Header:
    """
    One header blob, its index read, its values not yet.

    Raises:
        FormatError: the counts do not fit the blob.
    """

    def __init__(self, blob: bytes) -> None:
        start = 8 if blob.startswith(_MAGIC) else 0
        if len(blob) < start + 8:
            raise FormatError("a header of less than 8 bytes")
        entries, size = struct.unpack_from(">II", blob, start)
        self._begin = start + 8 + 16 * entries
        self._end = self._begin + size
        if not entries or self._end > len(blob):
            raise FormatError(f"a header of {entries} entries and {size} bytes does not fit")
        if entries > ENTRIES:
            raise LimitExceeded(f"a header of more than {ENTRIES} entries")
        index = struct.unpack_from(f">{4 * entries}I", blob, start + 8)
        tags, kinds, offsets, counts = (index[column::4] for column in range(4))
        places = zip(kinds, offsets, counts, strict=True)
        self._entries = dict(zip(tags, places, strict=True))
        self._stops = sorted(offsets)
        self._blob = blob

    def record(self) -> RpmRecord:
        """
        Return what names the package.

        Raises:
            FormatError: name, version or release is missing or not a word.
        """
        name, version, release = self.text(_NAME), self.text(_VERSION), self.text(_RELEASE)
        arch = self.text(_ARCH)
        if not is_word(name):
            raise FormatError(f"a header without a valid name: {shown(name)}")
        if not is_word(version) or not is_word(release) or (arch and not is_word(arch)):
            raise FormatError(f"package {name} has no valid version, release or architecture")
        epochs = self.integers(_EPOCH)
        source = self.text(_SOURCE_RPM)
        return RpmRecord(
            name=name,
            epoch=epochs[0] if epochs else None,
            version=version,
            release=release,
            arch=arch,
            source_rpm=source if is_word(source) else "",
            module=self.text(_MODULE),
            vendor=self.text(_VENDOR),
            licence=self.text(_LICENCE),
        )

    def requires(self) -> tuple[str, ...]:
        """Return the capabilities the package needs, without versions."""
        return tuple(dict.fromkeys(self._names(_REQUIRES)))

    def provides(self) -> tuple[str, ...]:
        """Return the capabilities the package offers, without versions."""
        return tuple(dict.fromkeys(self._names(_PROVIDES)))

    def files(self) -> tuple[OwnedFile, ...]:
        """
        Return the files the package recorded, folders and files left out at install time aside.

        Raises:
            FormatError: the arrays that describe files do not fit each other.
            LimitExceeded: the paths are over ``PATHS_BYTES`` together.
        """
        paths = self._paths()
        count = len(paths)
        if not count:
            return ()
        kinds = self.integers(_DIGEST_KIND)
        prefix = _DIGEST_NAMES.get(kinds[0] if kinds else 1, "")
        recorded = self._names(_DIGESTS) if prefix else []
        digests = [prefix + value if value else "" for value in recorded] or [""] * count
        config = [bool(flags & _CONFIG_FLAG) for flags in self.integers(_FLAGS)] or [False] * count
        modes = self.integers(_MODES) or (0,) * count
        states = self.integers(_FILE_STATES) or (0,) * count
        if not len(digests) == len(config) == len(modes) == len(states) == count:
            raise FormatError("the arrays that describe the files differ in length")
        wanted = [
            mode & 0xF000 != 0x4000 and state != _NOT_INSTALLED
            for mode, state in zip(modes, states, strict=True)
        ]
        return tuple(map(OwnedFile, *(compress(row, wanted) for row in (paths, digests, config))))

    def text(self, tag: int) -> str:
        """Return a string tag (of translations: the first), empty where it is absent."""
        kind, offset, count = self._entries.get(tag, (0, 0, 0))
        if kind not in (_STRING, _STRING_ARRAY, _I18N) or not count:
            return ""
        start = self._begin + offset
        stop = self._blob.find(b"\0", start, self._end)
        if stop < 0:
            raise FormatError(f"string of tag {tag} has no end", offset=start)
        return self._blob[start:stop].decode(errors="replace")

    def integers(self, tag: int) -> tuple[int, ...]:
        """Return a numeric tag, empty where it is absent."""
        kind, offset, count = self._entries.get(tag, (0, 0, 0))
        if kind == _INT32:
            code, width = "I", 4
        elif kind == _INT16:
            code, width = "H", 2
        elif kind in _CHAR_TYPES:
            code, width = "B", 1
        else:
            return ()
        start = self._begin + offset
        _check_items(tag, count)
        if start + width * count > self._end:
            raise FormatError(f"tag {tag} reaches past the header", offset=start)
        return struct.unpack_from(f">{count}{code}", self._blob, start)

    def _paths(self) -> list[str]:
        bases = self._names(_BASE_NAMES)
        if not bases:
            return [name.lstrip("/") for name in self._names(_OLD_NAMES)]
        folders = [name.lstrip("/") for name in self._names(_DIR_NAMES)]
        indexes = self.integers(_DIR_INDEXES)
        if len(indexes) != len(bases) or max(indexes) >= len(folders):
            raise FormatError("folders and names of the files do not fit each other")
        # Two long arrays could multiply to far more text than the blob has.
        longest = max(map(len, folders))
        if longest * len(bases) > PATHS_BYTES and (
            sum(len(folders[index]) for index in indexes) > PATHS_BYTES
        ):
            raise LimitExceeded(f"paths of one package over {PATHS_BYTES} bytes")
        return [folders[index] + base for index, base in zip(indexes, bases, strict=True)]

    def _names(self, tag: int) -> list[str]:
        """Return a string array, each string reversibly decoded, empty where it is absent."""
        kind, offset, count = self._entries.get(tag, (0, 0, 0))
        if kind not in (_STRING, _STRING_ARRAY) or not count:
            return []
        _check_items(tag, count)
        behind = bisect_right(self._stops, offset)
        stop = self._begin + self._stops[behind] if behind < len(self._stops) else self._end
        region = self._blob[self._begin + offset : min(stop, self._end)]
        if region.isascii():
            names = region.decode("ascii").split("\0", count)
        else:
            names = [decode_path(name) for name in region.split(b"\0", count)]
        if len(names) <= count:
            raise FormatError(f"array of tag {tag} holds fewer than {count} strings")
        return names[:count]


def _check_items(tag: int, count: int) -> None:
    if count > ITEMS:
        raise LimitExceeded(f"array of tag {tag} claims {count} items, more than {ITEMS}")
