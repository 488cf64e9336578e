"""
Read what a build made: every file of the merged image with its digest, and the configuration.

The same walker and merge as for a scan, in this process; what it cannot read is a ``FormatError``, as
half an image must not pass for equal.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from pratique.formats.image.built_config import read_built_config
from pratique.formats.overlay.merge import merge_layers
from pratique.formats.overlay.nodes import Folder, Leaf
from pratique.formats.tar.walker import TarWalker
from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.selector import Selector
from pratique.model.built import Built, BuiltFile
from pratique.model.digest import Digest
from pratique.model.errors import FormatError
from pratique.model.image import Layer
from pratique.model.layer import Entry, EntryKind, LayerFacts
from pratique.sources import docker_archive
from pratique.sources.interface import Blobs, Options

_PIECE = 1 << 20
_WITH_LINK = (EntryKind.SYMLINK, EntryKind.CHARACTER_DEVICE, EntryKind.BLOCK_DEVICE)


def read_built(path: Path, config: bytes, limits: Limits = DEFAULT) -> Built:
    """
    Return what a docker archive with one image of plain layers holds.

    Args:
        path: the archive.
        config: the image's configuration as its builder tells it.
        limits: bounds of the archive and its layers.

    Raises:
        FormatError: it cannot be read in full.
        TargetError: it is no such archive.
    """
    fields = read_built_config(config)
    opened = docker_archive.open_target(str(path), Options(limits=limits))
    try:
        if opened.blobs is None:
            raise FormatError("the archive holds no layers")
        facts = [_facts(one, opened.blobs, limits) for one in opened.images[0].layers]
    finally:
        opened.close()
    kept = KeptFiles(0, 0)
    merged = merge_layers(((None, one) for one in facts), Selector(()), kept, limits)
    if merged.unknowns:
        raise FormatError(merged.unknowns[0].reason)
    entries = tuple(_standing(merged.tree.root))
    return Built(
        files={one.path: _file(one) for one in entries},
        config=fields,
        size_bytes=sum(one.size_bytes for one in entries),
    )


def _facts(layer: Layer, blobs: Blobs, limits: Limits) -> LayerFacts:
    with blobs.open(layer.blob) as stored:
        walker = TarWalker(_pieces(stored), limits)
        entries = tuple(_entries(walker))
    if walker.skipped:
        raise FormatError(f"{walker.skipped[0].path}: {walker.skipped[0].reason}")
    return LayerFacts(
        blob=layer.blob.digest, diff_id=Digest(""), blob_bytes=0, tar_bytes=0, entries=entries
    )


def _entries(walker: TarWalker) -> Iterator[Entry]:
    while (entry := walker.next_entry()) is not None:
        if entry.kind is not EntryKind.FILE:
            yield entry
            continue
        digest = hashlib.sha256()
        parts: Iterable[bytes | bytearray | memoryview] = walker.slices()
        for part in (walker.body(),) if walker.is_sparse else parts:
            digest.update(part)
        yield replace(entry, content=digest.hexdigest())


def _pieces(stored: BinaryIO) -> Iterator[bytes]:
    while piece := stored.read(_PIECE):
        yield piece


def _standing(root: Folder) -> Iterator[Entry]:
    """Yield what stands in the merged tree."""
    folders = [root]
    while folders:
        for child in folders.pop().children.values():
            if isinstance(child, Folder):
                folders.append(child)
                yield child.entry
            elif isinstance(child, Leaf):
                yield child.entry


def _file(one: Entry) -> BuiltFile:
    content = one.link if one.kind in _WITH_LINK else one.content
    return BuiltFile(one.kind, one.mode, one.uid, one.gid, content, one.xattrs)
