"""Layers: how they are packed, the tar inside, and what several of them merge into."""

import gzip
from collections.abc import Iterator
from io import BytesIO

import zstandard
from msgspec.structs import replace

from fuzz.harness import Harness
from pratique.formats.compression import inflate
from pratique.formats.image.tar_index import index_tar
from pratique.formats.overlay.merge import merge_layers
from pratique.formats.tar.walker import TarWalker
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT
from pratique.kit.selector import Selector
from pratique.model.digest import Digest
from pratique.model.layer import Entry, LayerFacts
from pratique.model.units import Patterns
from tests.makers import layer as make

LIMITS = replace(DEFAULT, entries=5_000, names_bytes=1 << 20, tar_bytes=64 << 20)
_CUT = b"\0--next layer--\0"
_TARS = (
    make.tar(make.file("etc/os-release", b"ID=x"), make.folder("a"), make.symlink("b", "a")),
    make.tar(make.whiteout("etc/os-release"), make.opaque("a"), make.hardlink("c", "b")),
    make.tar(
        make.long_name(b"n" * 300), make.file("x"), make.pax([(b"path", b"y/z")]), make.file("q")
    ),
    make.tar(
        make.pax(
            [
                (b"GNU.sparse.major", b"1"),
                (b"GNU.sparse.minor", b"0"),
                (b"GNU.sparse.realsize", b"99"),
            ]
        ),
        make.file("s", make.padded(b"1\n10\n5\n") + b"12345"),
    ),
)


def _repaired(content: bytes) -> bytes:
    """Return an archive whose header checksums hold: a changed byte must not end all reading."""
    blocks = bytearray(content)
    for at in range(0, len(blocks) - 511, 512):
        if blocks[at + 257 : at + 262] == b"ustar":
            blocks[at + 148 : at + 156] = b" " * 8
            blocks[at + 148 : at + 156] = b"%06o\0 " % sum(blocks[at : at + 512])
    return bytes(blocks)


def _walk(content: bytes) -> None:
    walker = TarWalker([_repaired(content)], LIMITS)
    while (entry := walker.next_entry()) is not None:
        if entry.size_bytes < 1 << 16:
            walker.body()
    walker.drain()


def _inflate(content: bytes) -> Iterator[bytes]:
    limits = replace(LIMITS, inflate_floor_bytes=1 << 20)
    return iter(inflate(BytesIO(content).read, limits))


def _entries(content: bytes) -> tuple[Entry, ...]:
    walker = TarWalker([_repaired(content)], LIMITS)
    return tuple(iter(walker.next_entry, None))


def _index(content: bytes) -> None:
    whole = _repaired(content)
    index_tar(lambda size, offset: whole[offset : offset + size], len(whole), LIMITS)


def _merge(content: bytes) -> None:
    facts = [
        LayerFacts(
            blob=Digest("x"), diff_id=Digest("x"), blob_bytes=0, tar_bytes=0, entries=_entries(part)
        )
        for part in content.split(_CUT)[:8]
    ]
    selector = Selector([Patterns(names=("status", "x"), paths=("etc/os-release",))])
    merged = merge_layers(((None, one) for one in facts), selector, KeptFiles(1 << 20, 1 << 20))
    paths = [leaf.entry.path for leaf in merged.tree.leaves()]
    for path in paths[:200]:
        merged.tree.get(path)
        merged.tree.lstat(path)
        list(merged.tree.children(path.rpartition("/")[0]))
    merged.tree.unread()


HARNESSES = (
    Harness("tar", _walk, lambda: _TARS),
    Harness(
        "compression",
        _inflate,
        lambda: [
            gzip.compress(_TARS[0], mtime=0),
            gzip.compress(b"a", mtime=0) + gzip.compress(b"b", mtime=0),
            zstandard.compress(_TARS[1]),
            b"\x50\x2a\x4d\x18\x04\0\0\0skip" + zstandard.compress(b"x"),
        ],
    ),
    Harness("overlay", _merge, lambda: [_CUT.join(_TARS), _CUT.join(_TARS[:2])]),
    Harness("tar-index", _index, lambda: _TARS),
)
