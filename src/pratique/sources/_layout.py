"""
Find the wanted image in an OCI layout, which lists names in its index.json.

Law: one name, one image. Without a name the layout must hold one image only, or one per platform;
otherwise the names are listed and nothing is guessed.
Source: OCI image-spec v1.1, image-layout.md and annotations.md.
"""

from typing import BinaryIO, Protocol

from pratique.formats.image.oci import Index, IndexEntry, Manifest, read_manifest
from pratique.model.digest import Digest, InvalidDigest, parse_digest
from pratique.model.image import Descriptor
from pratique.sources._archive import refusing
from pratique.sources._images import choose_images, foreign_layer, is_foreign
from pratique.sources._names import listing, short_name, whole_name
from pratique.sources.interface import (
    AmbiguousTarget,
    InvalidImage,
    Opened,
    Options,
    TargetNotFound,
)

_REF_NAME = "org.opencontainers.image.ref.name"
_FULL_NAME = "io.containerd.image.name"


class Files(Protocol):
    """The files of a layout, wherever they lie."""

    label: str

    def has(self, name: str) -> bool:
        """Return whether a file of this name (relative, ``/``-separated) can be read."""

    def read_small(self, name: str) -> bytes:
        """Return a document whole, at most ``Limits.json_bytes``; raises TargetError."""

    def open(self, name: str) -> BinaryIO:
        """Return a reader of a file; raises TargetError."""

    def close(self) -> None:
        """Release what is open."""


class LayoutBlobs:
    """Hand out blobs of a layout by digest; both a `Store` and the `Blobs` of what was opened."""

    local = True

    def __init__(self, files: Files) -> None:
        self._files = files
        self.label = files.label

    def read(self, blob: Descriptor) -> bytes:
        """Return a document whole."""
        return self._files.read_small(_place(blob.digest))

    def holds(self, blob: Descriptor) -> bool:
        """Return whether the blob lies in the layout."""
        return self._files.has(_place(blob.digest))

    def open(self, blob: Descriptor) -> BinaryIO:
        """Return a reader of a blob's stored bytes."""
        place = _place(blob.digest)
        if is_foreign(blob) and not self._files.has(place):
            raise foreign_layer(self.label, blob)
        return self._files.open(place)

    def close(self) -> None:
        """Release what is open."""
        self._files.close()


def open_layout(files: Files, target: str, tag: str, options: Options) -> Opened:
    """
    Return the image called ``tag`` (a name, a tag or a digest; empty: the only one).

    Raises:
        TargetError: no layout, no or several such images, or one of them malformed.
    """
    blobs = LayoutBlobs(files)
    with refusing(f"{files.label}: index.json"):
        index = read_manifest(files.read_small("index.json"), options.limits)
    if isinstance(index, Manifest):
        raise InvalidImage(f"{files.label}: index.json is not an index")
    entries, name = _wanted(index, tag, files.label)
    chosen = choose_images(entries, blobs, options, target, name)
    return Opened(images=chosen.images, blobs=blobs, skipped=chosen.skipped)


def _place(digest: Digest) -> str:
    """Return where the blob of a digest lies; a digest holds no path (see `parse_digest`)."""
    return "blobs/" + digest.replace(":", "/")


def _wanted(index: Index, tag: str, label: str) -> tuple[tuple[IndexEntry, ...], str]:
    if not index.entries:
        raise InvalidImage(f"{label}: index.json lists no image")
    if tag:
        return _tagged(index, tag, label)
    if _is_per_platform(index.entries):
        return index.entries, ""
    if len({entry.descriptor.digest for entry in index.entries}) == 1:
        return index.entries[:1], next((n for e in index.entries for n in _names(e)), "")
    raise AmbiguousTarget(f"{label} holds several images: {_listed(index)}")


def _tagged(index: Index, tag: str, label: str) -> tuple[tuple[IndexEntry, ...], str]:
    digest = _digest(tag)
    if digest:
        matches = [entry for entry in index.entries if entry.descriptor.digest == digest]
    else:
        matches = [entry for entry in index.entries if _is_named(entry, tag)]
    if not matches:
        raise TargetNotFound(f"{label} holds no image {tag!r}", hint=f"it holds {_listed(index)}")
    if len({entry.descriptor.digest for entry in matches}) > 1 and not _is_per_platform(matches):
        raise AmbiguousTarget(f"{label} holds several images called {tag!r}: {_listed(index)}")
    return tuple(matches), next((n for e in matches for n in _names(e)), "")


def _is_per_platform(entries: "tuple[IndexEntry, ...] | list[IndexEntry]") -> bool:
    """Tell an index.json that is itself the list of one image's platforms."""
    names = {_names(entry) for entry in entries}
    platforms = [entry.platform for entry in entries if entry.platform is not None]
    distinct = {p for p in platforms if p.os != "unknown"}
    known = [p for p in platforms if p.os != "unknown"]
    return len(names) == 1 and len(platforms) == len(entries) and len(distinct) == len(known) > 0


def _names(entry: IndexEntry) -> tuple[str, ...]:
    notes = entry.descriptor.annotations
    return tuple(short_name(notes[key]) for key in (_FULL_NAME, _REF_NAME) if notes.get(key))


def _is_named(entry: IndexEntry, tag: str) -> bool:
    names = _names(entry)
    return tag in names or whole_name(tag) in {whole_name(name) for name in names if ":" in name}


def _digest(tag: str) -> Digest | None:
    try:
        return parse_digest(tag.rpartition("@")[2])
    except InvalidDigest:
        return None


def _listed(index: Index) -> str:
    """Return the names people can choose from, digests where there is no name."""
    return listing((_names(e) or (str(e.descriptor.digest),))[0] for e in index.entries)
