"""
Read chisel's manifest: the packages and files of an Ubuntu image cut to slices.

zstd over "jsonwall": one JSON object a line; the first has the number of lines, the others a
``kind``: ``package``, ``path``, ``slice``, ``content``. A path names the slices it belongs to
(``libc6_libs``), and a slice its package. Source packages are not named.
Bounds: ``TEXT_BYTES`` unpacked, ``LINE_BYTES`` a line, one line in memory at a time.
Source: https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/
"""

from collections.abc import Iterator
from io import BytesIO

import msgspec
from msgspec import Struct

from pratique.formats.json_depth import check_depth
from pratique.formats.packages.damaged import Damaged, is_word, shown
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

TEXT_BYTES = 64 << 20
LINE_BYTES = 64 << 10
_DEPTH = 8


class ChiselPackage(Struct, frozen=True):
    """One installed package; only some of its files (slices) are there."""

    name: str
    version: str
    arch: str


class ChiselPath(Struct, frozen=True):
    """One file, the packages it comes from, and its sha256 (hex) as it lies in the image, or ""."""

    path: str
    packages: tuple[str, ...]
    sha256: str


class _Line(Struct, frozen=True):
    kind: str = ""
    jsonwall: str = ""
    count: int = 0
    name: str = ""
    version: str = ""
    arch: str = ""
    path: str = ""
    slices: tuple[str, ...] = ()
    sha256: str = ""
    final_sha256: str = ""


def parse_manifest(
    content: bytes, limits: Limits = DEFAULT
) -> Iterator[ChiselPackage | ChiselPath | Damaged]:
    """
    Yield the packages and files of a ``manifest.wall``.

    Raises:
        FormatError: it is no zstd, or its first line is no header of jsonwall.
        LimitExceeded: a bound was reached.
    """
    decode = msgspec.json.Decoder(_Line).decode
    count, number = 0, 0
    for number, line in enumerate(_lines(content, limits), 1):
        if number > limits.owned_files:
            raise LimitExceeded(f"more than {limits.owned_files} lines (owned_files)")
        try:
            check_depth(line, _DEPTH)
            entry = decode(line)
        except (msgspec.DecodeError, LimitExceeded):
            entry = _Line(kind="damaged")
        if number == 1:
            if not entry.jsonwall:
                raise FormatError("no header of jsonwall in chisel's manifest")
            count = entry.count
        elif entry.kind == "damaged":
            yield Damaged(f"line {number} is no entry of a manifest")
        elif entry.kind == "package":
            yield _package(entry)
        elif entry.kind == "path" and not entry.path.endswith("/"):
            owners = tuple(sorted({part.rpartition("_")[0] for part in entry.slices}))
            digest = entry.final_sha256 or entry.sha256
            yield ChiselPath(entry.path.lstrip("/"), owners, digest)
    if number < max(count, 1):
        yield Damaged(f"the manifest ends early: {number} of {count} lines")


def _package(entry: _Line) -> ChiselPackage | Damaged:
    if not is_word(entry.name) or not is_word(entry.version) or not is_word(entry.arch):
        return Damaged(f"a package without a valid name, version or arch: {shown(entry.name)}")
    return ChiselPackage(entry.name, entry.version, entry.arch)


def _lines(content: bytes, limits: Limits) -> Iterator[bytes]:
    import zstandard  # only images cut by chisel need it here

    room = TEXT_BYTES
    unpack = zstandard.ZstdDecompressor(max_window_size=limits.zstd_window_bytes)
    waiting = b""
    try:
        with unpack.stream_reader(BytesIO(content), read_across_frames=True) as reader:
            while piece := reader.read(LINE_BYTES):
                room -= len(piece)
                if room < 0:
                    raise LimitExceeded(f"chisel's manifest unpacks to over {TEXT_BYTES} bytes")
                *lines, waiting = (waiting + piece).split(b"\n")
                yield from filter(None, lines)
                if len(waiting) > LINE_BYTES:
                    raise LimitExceeded(f"a line of chisel's manifest over {LINE_BYTES} bytes")
    except zstandard.ZstdError as error:
        raise FormatError(f"chisel's manifest is no readable zstd: {error}") from None
    if waiting:
        yield waiting
