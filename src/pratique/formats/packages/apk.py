"""
Read apk's database of installed packages.

Records are lines ``X:value`` up to an empty line; ``F:`` names a folder, the ``R:`` after it a file
in it, ``Z:`` that file's checksum (``Q1`` + base64 of sha1, ``Q2`` + base64 of sha256).
Law: a record without a valid name and version is ``Damaged``, never skipped.
Bounds: linear in the input; the text of all paths together under ``PATHS_BYTES``, so that a long
folder name with many short files cannot blow up.
Source: apk-tools, src/database.c and doc/apk-v2.5.scd, https://wiki.alpinelinux.org/wiki/Apk_spec
"""

import binascii
import re
from collections.abc import Iterator
from io import BytesIO

from msgspec import Struct

from pratique.formats.packages.damaged import CUT, Damaged, is_word, shown
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import LimitExceeded
from pratique.model.package import OwnedFile
from pratique.model.paths import decode_path

PATHS_BYTES = 64 << 20
"""Text of all owned paths of one database; a full desktop has under 20 MiB."""
_FIELDS = frozenset((b"P:", b"V:", b"A:", b"o:", b"L:", b"D:", b"p:"))
_FIELD_BYTES = 1 << 20
_NAME = re.compile(r"[A-Za-z0-9+._][A-Za-z0-9+._-]{0,254}")
_CONFIG = ("etc/",)
_SUMS = {b"Q1": "sha1:", b"Q2": "sha256:"}


class ApkRecord(Struct, frozen=True, kw_only=True):
    """
    One installed package.

    ``depends`` and ``provides`` are bare names (``so:libc.musl-x86_64.so.1``, ``cmd:sh``,
    ``/bin/sh``) without versions; conflicts (``!x``) are left out. ``licence`` is as written.
    """

    name: str
    version: str
    arch: str = ""
    origin: str = ""
    licence: str = ""
    depends: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    files: tuple[OwnedFile, ...] = ()


def parse_installed(
    content: bytes, *, files: bool = True, limits: Limits = DEFAULT
) -> Iterator[ApkRecord | Damaged]:
    """
    Yield the packages of an ``installed`` file in order.

    Args:
        content: the file.
        files: False leaves the owned files out, which is several times faster.
        limits: ``packages`` bounds the records, ``owned_files`` the files of all of them.

    Raises:
        LimitExceeded: a bound was reached.

    >>> [(r.name, r.version, r.origin) for r in parse_installed(b"P:a\\nV:1-r0\\no:src\\n\\n")]
    [('a', '1-r0', 'src')]
    """
    reader = _Reader(limits)
    number = 0
    for line in BytesIO(content):
        if line == b"\n":
            if reader.fields or reader.files:
                number += 1
                yield reader.finish(number)
            continue
        tag = line[:2]
        if tag in _FIELDS:
            reader.fields[tag] = line[2 : _FIELD_BYTES + 2].strip()
        elif files:
            reader.take(tag, line)
    if reader.fields or reader.files:
        yield reader.finish(number + 1)
    if content and not content.endswith(b"\n"):
        yield CUT


class _Reader:
    """Hold the record being read."""

    def __init__(self, limits: Limits) -> None:
        self.fields: dict[bytes, bytes] = {}
        self.files: list[OwnedFile] = []
        self._folder = self._path = ""
        self._limits = limits
        self._records = self._count = self._room = 0

    def take(self, tag: bytes, line: bytes) -> None:
        if tag == b"Z:" and self._path:
            self.files[-1] = _owned(self._path, _checksum(line[2:].strip()))
            self._path = ""
        elif tag == b"R:":
            self._path = self._folder + decode_path(line[2:].rstrip(b"\n"))
            self._spend()
            self.files.append(_owned(self._path, ""))
        elif tag == b"F:":
            name = line[2:].strip(b"/\n")
            self._folder = decode_path(name) + "/" if name else ""

    def finish(self, number: int) -> ApkRecord | Damaged:
        fields, files = self.fields, self.files
        self.fields, self.files, self._folder, self._path = {}, [], "", ""
        if number > self._limits.packages:
            raise LimitExceeded(f"more than {self._limits.packages} records (packages)")
        text = {tag: value.decode(errors="replace") for tag, value in fields.items()}
        name, version, arch = text.get(b"P:", ""), text.get(b"V:", ""), text.get(b"A:", "")
        if not _NAME.fullmatch(name):
            return Damaged(f"record {number} has no valid package name: {shown(name)}")
        if not is_word(version) or (arch and not is_word(arch)):
            return Damaged(f"package {name} has no valid version or architecture")
        origin = text.get(b"o:", "")
        return ApkRecord(
            name=name,
            version=version,
            arch=arch,
            origin=origin if _NAME.fullmatch(origin) else "",
            licence=text.get(b"L:", ""),
            depends=_names(text.get(b"D:", "")),
            provides=_names(text.get(b"p:", "")),
            files=tuple(files),
        )

    def _spend(self) -> None:
        self._count += 1
        self._room += len(self._path)
        if self._count > self._limits.owned_files or self._room > PATHS_BYTES:
            raise LimitExceeded("too many owned files or too long paths (owned_files)")


def _owned(path: str, digest: str) -> OwnedFile:
    # apk protects what lies under etc (its protected_paths default) instead of naming files.
    return OwnedFile(path, digest, path.startswith(_CONFIG))


def _checksum(text: bytes) -> str:
    prefix = _SUMS.get(text[:2])
    if prefix is None:
        return ""
    try:
        return prefix + binascii.a2b_base64(text[2:]).hex()
    except binascii.Error:
        return ""


def _names(field: str) -> tuple[str, ...]:
    words = (re.split("[<>=~@]", word, maxsplit=1)[0] for word in field.split() if word[0] != "!")
    return tuple(dict.fromkeys(word for word in words if word))
