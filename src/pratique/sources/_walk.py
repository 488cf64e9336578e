"""
Walk from an index to the manifests and configs of images; the same for every OCI store.

Laws: every document is verified against the digest that led to it; each is visited once and
indexes nest at most ``Limits.index_depth`` deep, so 2^n paths cost n reads; a document that is not
of the kind its descriptor says is refused. Only what engines would not run either is left out
(platform ``unknown/unknown``, as BuildKit marks attestations), never what a mere annotation names.
Source: OCI image-spec v1.1, BuildKit docs/attestations/attestation-storage.md.
"""

import hashlib
import platform as machine
from typing import Protocol

from msgspec import Struct

from pratique.formats.image.oci import (
    CONFIG_TYPES,
    INDEX_TYPES,
    MANIFEST_TYPES,
    Index,
    IndexEntry,
    Manifest,
    read_config,
    read_manifest,
)
from pratique.formats.image.platforms import FALLBACK, best, host_platform
from pratique.model.digest import Digest
from pratique.model.image import Descriptor, ImageConfig, Platform
from pratique.sources._archive import refusing
from pratique.sources.interface import InvalidImage, Options, TargetNotFound

_NOBODY = "unknown"
_REFERENCE_TYPE = "vnd.docker.reference.type"
_REFERENCE_DIGEST = "vnd.docker.reference.digest"


class Store(Protocol):
    """A place that holds documents and layers by digest."""

    label: str
    """What to call it in messages."""

    def read(self, blob: Descriptor) -> bytes:
        """
        Return a document's bytes, at most ``Limits.json_bytes``; the caller verifies them.

        Raises:
            TargetError: absent or refused.
        """

    def holds(self, blob: Descriptor, /) -> bool:
        """Return whether a layer can be opened here; may answer True where asking is dear."""


class Leaf(Struct, frozen=True):
    """A manifest that an index, or the target itself, points at."""

    descriptor: Descriptor
    platform: Platform | None
    index_digest: Digest | None


class Found(Struct, frozen=True):
    """A leaf that turned out to be an image."""

    leaf: Leaf
    manifest: Manifest
    config: ImageConfig


class Walk:
    """One walk; remembers what it read and what it left out."""

    def __init__(self, store: Store, options: Options) -> None:
        self._store = store
        self._options = options
        self._found: dict[Digest, Found | None] = {}
        self.skipped: list[str] = []

    def leaves(self, entries: tuple[IndexEntry, ...]) -> list[Leaf]:
        """Return the manifests under ``entries``, each once, in order."""
        limits = self._options.limits
        seen: set[Digest] = set()
        leaves: list[Leaf] = []
        todo: list[tuple[IndexEntry, Digest | None, int]] = [(e, None, 0) for e in entries[::-1]]
        while todo:
            entry, parent, depth = todo.pop()
            digest = entry.descriptor.digest
            if digest in seen or self._is_nobody(entry):
                continue
            seen.add(digest)
            if len(seen) > limits.manifests:
                raise InvalidImage(f"{self._store.label}: more than {limits.manifests} manifests")
            if entry.descriptor.media_type not in (*MANIFEST_TYPES, ""):
                self.skipped.append(f"{digest}: of type {entry.descriptor.media_type[:100]!r}")
                continue
            inner = self._inside(entry.descriptor)
            if inner is None:
                leaves.append(Leaf(entry.descriptor, entry.platform, parent))
                continue
            if depth >= limits.index_depth:
                raise InvalidImage(
                    f"{self._store.label}: indexes are nested more than {limits.index_depth} deep"
                )
            todo += [(child, digest, depth + 1) for child in inner.entries[::-1]]
        return leaves

    def pick(self, leaves: list[Leaf]) -> list[Found]:
        """Return the one image for the wanted platform."""
        platforms = [self._platform(leaf) for leaf in leaves]
        offered = [(leaf, p) for leaf, p in zip(leaves, platforms, strict=True) if p is not None]
        if not offered:
            return []
        position = self._choice([p for _, p in offered])
        found = self.load(offered[position][0])
        return [found] if found else []

    def load(self, leaf: Leaf) -> Found | None:
        """Return the image a leaf is; None, said in ``skipped``, for an artifact."""
        digest = leaf.descriptor.digest
        if digest not in self._found:
            self._found[digest] = self._load(leaf)
        return self._found[digest]

    def _load(self, leaf: Leaf) -> Found | None:
        label = f"{self._store.label}: manifest {leaf.descriptor.digest}"
        with refusing(label):
            content = read_verified(self._store, leaf.descriptor, self._options)
            manifest = read_manifest(content, self._options.limits)
            if isinstance(manifest, Index):
                raise InvalidImage(f"{label}: is an index, though called a manifest")
            if manifest.config.media_type not in CONFIG_TYPES:
                kind = manifest.artifact_type or manifest.config.media_type
                self.skipped.append(f"{leaf.descriptor.digest}: an artifact ({kind[:100]})")
                return None
        with refusing(f"{self._store.label}: config {manifest.config.digest}"):
            content = read_verified(self._store, manifest.config, self._options)
            config = read_config(content, self._options.limits)
        if config.platform.os == _NOBODY:
            self.skipped.append(f"{leaf.descriptor.digest}: an attestation manifest, not an image")
            return None
        return Found(leaf, manifest, config)

    def _inside(self, descriptor: Descriptor) -> Index | None:
        """Return the index a descriptor points at; None for a manifest."""
        kind = descriptor.media_type
        if kind and kind not in INDEX_TYPES:
            return None
        with refusing(f"{self._store.label}: index {descriptor.digest}"):
            content = read_verified(self._store, descriptor, self._options)
            index = read_manifest(content, self._options.limits)
        if isinstance(index, Index):
            return index
        if kind:
            raise InvalidImage(
                f"{self._store.label}: {descriptor.digest} is a manifest, though called an index"
            )
        return None

    def _is_nobody(self, entry: IndexEntry) -> bool:
        """Tell what no engine would run, and note it."""
        if entry.platform is None or entry.platform.os != _NOBODY:
            return False
        notes = entry.descriptor.annotations
        kind = notes.get(_REFERENCE_TYPE, "manifest of no platform").replace("-", " ")[:60]
        of = notes.get(_REFERENCE_DIGEST, "")[:80]
        text = f"{entry.descriptor.digest}: {kind}" + (f" of {of}" if of else "")
        if text not in self.skipped:
            self.skipped.append(text)
        return True

    def _platform(self, leaf: Leaf) -> Platform | None:
        if leaf.platform is not None and leaf.platform.architecture:
            return leaf.platform
        found = self.load(leaf)
        return found.config.platform if found else None

    def _choice(self, offered: list[Platform]) -> int:
        wanted = self._options.platform
        if wanted is not None:
            position = best(wanted, offered)
            if position is None:
                raise TargetNotFound(
                    f"{self._store.label}: no image for {wanted}",
                    hint="there is " + ", ".join(sorted({str(p)[:40] for p in offered})[:12]),
                )
            return position
        if len(offered) == 1:
            return 0
        for platform in (host_platform(machine.machine()), FALLBACK):
            position = best(platform, offered)
            if position is not None:
                return position
        raise TargetNotFound(
            f"{self._store.label}: no image for this machine or {FALLBACK}",
            hint="pass --platform with one of "
            + ", ".join(sorted({str(p)[:40] for p in offered})[:12]),
        )


def read_verified(store: Store, blob: Descriptor, options: Options) -> bytes:
    """
    Return a document whose bytes are what its descriptor says.

    Raises:
        InvalidImage: another size or digest, or larger than a document may be.
    """
    if blob.size_bytes > options.limits.json_bytes:
        raise InvalidImage(
            f"{store.label}: {blob.digest} claims {blob.size_bytes} bytes, too large a document"
        )
    content = store.read(blob)
    if blob.size_bytes >= 0 and len(content) != blob.size_bytes:
        raise InvalidImage(
            f"{store.label}: {blob.digest} has {len(content)} bytes, not {blob.size_bytes}"
        )
    check_digest(content, blob.digest, store.label)
    return content


def check_digest(content: bytes, digest: Digest, label: str) -> None:
    """
    Pass content that hashes to ``digest``.

    Raises:
        InvalidImage: it does not.
    """
    algorithm, _, wanted = digest.partition(":")
    if hashlib.new(algorithm, content).hexdigest() != wanted:
        raise InvalidImage(
            f"{label}: the content of {digest} does not match its digest",
            hint="it was damaged or exchanged on the way; do not use it",
        )
