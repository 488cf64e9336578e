"""
Read containerd's images from its files, whether it runs or not; nothing is written or locked.

``io.containerd.metadata.v1.bolt/meta.db`` maps namespaces and names of images to digests, and
``io.containerd.content.v1.content/blobs`` holds the content by digest, as an OCI layout does. A
running containerd may commit while we read; then the lookup is made again. Laws: what is looked up
comes from one state of the database; an image whose layers were thrown away after unpacking
(``discard_unpacked_layers``) is refused with that reason, never scanned in part.

Source: containerd ``core/metadata/buckets.go`` (schema v1), docs/content-flow.md.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

from pratique.formats.bolt import Bolt, Bucket
from pratique.model.digest import Digest, InvalidDigest, parse_digest
from pratique.model.errors import FormatError
from pratique.model.image import Descriptor
from pratique.sources._archive import open_regular
from pratique.sources._folder import Folder
from pratique.sources._layout import LayoutBlobs
from pratique.sources._names import listing, short_name
from pratique.sources.interface import (
    InvalidImage,
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)

DATABASE = "io.containerd.metadata.v1.bolt/meta.db"
CONTENT = "io.containerd.content.v1.content"

_SCHEMA = b"v1"
_UNKNOWN_SIZE = -1
_TRIES = 16
_MOST_NAMES = 2000
_Value = TypeVar("_Value")


def is_readable(root: Path) -> bool:
    """Return whether the database of a containerd root lies here and may be read."""
    return os.access(root / DATABASE, os.R_OK) and os.access(root / CONTENT / "blobs", os.X_OK)


class StoreBlobs:
    """Hand out content by digest; both a `Store` and the `Blobs` of what was opened."""

    local = True
    absent_hint = (
        "containerd throws layers away after unpacking them when discard_unpacked_layers is set, "
        "and pulls one platform only; fetch them with `ctr content fetch NAME`, or scan registry:NAME"
    )

    def __init__(self, root: Path, options: Options) -> None:
        self._root = root
        self._namespace = options.environ.get("CONTAINERD_NAMESPACE", "") or "default"
        self._layout = LayoutBlobs(Folder(root / CONTENT, options.limits))
        self.label = f"containerd ({root})"

    def root(self, *names: str) -> Descriptor:
        """
        Return what the first known of ``names`` points at.

        Raises:
            TargetError: no database here, or no such image in the namespace.
        """
        digest, complaint = self._consistent(lambda bolt: self._target(bolt, names))
        if digest is None:
            raise complaint
        return Descriptor(media_type="", digest=digest, size_bytes=_UNKNOWN_SIZE)

    def read(self, blob: Descriptor) -> bytes:
        """Return a document whole."""
        return self._layout.read(blob)

    def holds(self, blob: Descriptor) -> bool:
        """Return whether the content lies here; other platforms may be left out."""
        return self._layout.holds(blob)

    def open(self, blob: Descriptor) -> BinaryIO:
        """Return a reader of a blob's stored bytes."""
        return self._layout.open(blob)

    def close(self) -> None:
        """Do nothing: each reader closes its own file."""

    def _consistent(self, ask: Callable[[Bolt], _Value]) -> _Value:
        """Return what ``ask`` finds in one committed state of the database."""
        place = self._root / DATABASE
        try:
            fd = open_regular(place)
        except TargetNotFound as error:
            hint = "name containerd's `root` with PRATIQUE_CONTAINERD_ROOT"
            raise TargetNotFound(f"containerd: {error}", hint=hint) from None
        except TargetRefused as error:
            raise TargetRefused(f"containerd: {error}", hint="run as root") from None
        damage: FormatError | None = None
        try:
            for _ in range(_TRIES):
                try:
                    bolt = Bolt(lambda offset, size: os.pread(fd, size, offset))
                    found = ask(bolt)
                except FormatError as error:  # perhaps a page was written over meanwhile
                    damage = error
                    continue
                if bolt.unchanged():
                    return found
        finally:
            os.close(fd)
        if damage:
            raise InvalidImage(f"{place}: {damage}")
        raise TargetUnreachable(f"{place} changes all the time", hint="try again")

    def _target(self, bolt: Bolt, names: tuple[str, ...]) -> tuple[Digest | None, TargetNotFound]:
        """Return the digest of the first known name, and what to say where there is none."""
        for name in names:
            digest = _digest_of(bolt, self._namespace, name)
            if digest is not None:
                return digest, TargetNotFound("")
        message = f"{self.label} has no image {names[-1]} in the namespace {self._namespace}"
        return None, TargetNotFound(message, hint=self._choices(bolt, names))

    def _choices(self, bolt: Bolt, names: tuple[str, ...]) -> str:
        schema = bolt.root.bucket(_SCHEMA)
        spaces = [key.decode(errors="replace") for key in _some(schema)] if schema else []
        for space in spaces:
            if any(_digest_of(bolt, space, name) for name in names):
                return f"it is in the namespace {space}: CONTAINERD_NAMESPACE={space}"
        images = bolt.root.bucket(_SCHEMA, self._namespace.encode(), b"images")
        here = [short_name(key.decode(errors="replace")) for key in _some(images)]
        if here:
            return f"it holds {listing(here)}"
        return f"it has no image there; namespaces: {listing(spaces) or 'none'}"


def _some(bucket: Bucket | None) -> list[bytes]:
    keys = bucket.keys() if bucket else iter(())
    return [key for key, _ in zip(keys, range(_MOST_NAMES), strict=False)]


def _digest_of(bolt: Bolt, namespace: str, name: str) -> Digest | None:
    path = (_SCHEMA, namespace.encode(), b"images", name.encode(), b"target")
    target = bolt.root.bucket(*path)
    if target is None:
        return None
    digest = (target.get(b"digest") or b"").decode(errors="replace")
    try:
        return parse_digest(digest)
    except InvalidDigest as error:
        raise FormatError(f"image {name[:100]}: {error}") from None
