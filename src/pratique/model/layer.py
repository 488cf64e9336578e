"""
Say what one layer holds, as read once and cached: the result of phase 1.

Law: facts depend on the layer's bytes and the units' versions only, never on the image around it.
"""

from enum import IntEnum

from msgspec import Struct

from pratique.model.digest import Digest
from pratique.model.package import OwnedFile, Package, Sign
from pratique.model.spot import Spot
from pratique.model.unknown import Unknown


class EntryKind(IntEnum):
    """What a tar entry is; device nodes and pipes are recorded, never opened."""

    FILE = 0
    DIRECTORY = 1
    SYMLINK = 2
    HARDLINK = 3
    CHARACTER_DEVICE = 4
    BLOCK_DEVICE = 5
    FIFO = 6
    WHITEOUT = 7
    """``link`` is empty, ``path`` is what is deleted in the layers below."""
    OPAQUE = 8
    """``path`` is the directory whose content in the layers below is hidden."""
    OTHER = 9


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """
    One entry of a layer.

    ``path`` is relative, "/"-separated, free of ``.``, ``..`` and empty parts (see
    ``formats.tar.path``), bytes-safe by ``model.paths``. ``link`` is the target of a symlink as
    written, or of a hardlink as a normalised path, or the ``major:minor`` of a device. ``content`` is
    the sha256 (hex) of the bytes where they were kept or hashed, else empty. ``xattrs`` are ``name=hex`` of the value, sorted.
    """

    path: str
    kind: EntryKind
    mode: int = 0
    uid: int = 0
    gid: int = 0
    size_bytes: int = 0
    mtime_s: int = 0
    link: str = ""
    content: str = ""
    xattrs: tuple[str, ...] = ()


class Hashes(Struct, frozen=True, array_like=True, gc=False):
    """
    The further hashes (hex) an executable got in passing, keyed by sha256 in ``LayerFacts``.

    ``sha1`` is empty where it was left out: see ``pipelines.needed_hashes``.
    """

    sha1: str
    md5: str


class Oddity(Struct, frozen=True, array_like=True, order=True, gc=False):
    """
    One place where readers or engines do not agree what a layer means; ``path`` may be empty.

    The merge turns it into evidence of an ``ambiguous-layer`` finding.
    """

    path: str
    reason: str


class FileFacts(Struct, frozen=True, array_like=True):
    """
    What layer units found in one file.

    ``position`` is the file's among the layer's entries. The locations of packages, Unknowns and signs
    are relative to the file: empty, or ``!inner/path``; ``owned`` has one item per package.
    ``spots`` are what content scanners saw, wherever the file ends up.
    """

    position: int
    packages: tuple[Package, ...] = ()
    owned: tuple[tuple[OwnedFile, ...], ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    signs: tuple[Sign, ...] = ()
    spots: tuple[Spot, ...] = ()


class LayerFacts(Struct, frozen=True, kw_only=True):
    """
    What phase 1 learnt of one layer.

    ``blob`` and ``diff_id`` are measured by us, not claimed; ``diff_id`` is empty when the layer
    could not be inflated to its end. ``entries`` are in archive order, the
    later of two with one path wins. ``kept`` maps a sha256 (hex) to bytes that image units asked
    for; ``found`` is what layer units made of single files. ``unknowns`` say what of this layer was not understood, ``oddities`` what different
    engines understand differently.
    """

    blob: Digest
    diff_id: Digest
    blob_bytes: int
    tar_bytes: int
    entries: tuple[Entry, ...]
    kept: dict[str, bytes] = {}
    hashes: dict[str, Hashes] = {}
    found: tuple[FileFacts, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    oddities: tuple[Oddity, ...] = ()
