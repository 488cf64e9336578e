"""
Open an image in a registry (OCI distribution 1.1, Docker registry v2).

A tag is resolved by HEAD (which costs no pull of a rate-limited registry), then everything is
fetched by digest and verified. Layers are streamed only when they are read.
"""

from typing import BinaryIO

from pratique.formats.image.oci import (
    INDEX_TYPES,
    MANIFEST_TYPES,
    OCI_INDEX,
    OCI_MANIFEST,
    Index,
    IndexEntry,
    read_manifest,
)
from pratique.formats.image.reference import Reference, parse_reference
from pratique.model.digest import Digest, sha256_of
from pratique.model.image import Descriptor
from pratique.sources._archive import refusing
from pratique.sources._images import choose_images, foreign_layer, is_foreign
from pratique.sources._registry_client import RepositoryClient
from pratique.sources._walk import check_digest
from pratique.sources.interface import Opened, Options, TargetNotFound

NAME = "registry"
PREFIX = "registry"


def open_target(target: str, options: Options) -> Opened:
    """
    Open ``[HOST[:PORT]/]NAME[:TAG][@DIGEST]``.

    Raises:
        TargetError: it cannot be identified.
    """
    reference = parse_reference(target)
    blobs = RegistryBlobs(RepositoryClient(reference, options))
    try:
        entry = blobs.root(reference, options)
        chosen = choose_images((entry,), blobs, options, target, reference.familiar)
    except BaseException:
        blobs.close()
        raise
    return Opened(images=chosen.images, blobs=blobs, skipped=chosen.skipped)


class RegistryBlobs:
    """Hand out blobs of a repository; both a `Store` and the `Blobs` of what was opened."""

    local = False

    def __init__(self, client: RepositoryClient) -> None:
        self._client = client
        self._manifests: dict[Digest, bytes] = {}
        self.label = client.label

    def root(self, reference: Reference, options: Options) -> IndexEntry:
        """
        Return what a reference points at, verified against the digest asked for.

        Raises:
            TargetError: absent, refused, unreachable, or not its digest.
        """
        digest = reference.digest or self._client.resolve(reference.tag)
        content = self._client.manifest(digest or reference.tag).body
        if digest is not None:
            check_digest(content, digest, self.label)
        digest = digest or sha256_of(content)
        self._manifests[digest] = content
        with refusing(f"{self.label}: manifest {digest}"):
            document = read_manifest(content, options.limits)
        kind = OCI_INDEX if isinstance(document, Index) else OCI_MANIFEST
        return IndexEntry(
            descriptor=Descriptor(media_type=kind, digest=digest, size_bytes=len(content))
        )

    def read(self, blob: Descriptor) -> bytes:
        """Return a document whole."""
        if blob.digest in self._manifests:
            return self._manifests[blob.digest]
        if blob.media_type in MANIFEST_TYPES or blob.media_type in ("", *INDEX_TYPES):
            return self._client.manifest(blob.digest).body
        return self._client.blob(blob.digest)

    def holds(self, _blob: Descriptor) -> bool:
        """Return True: the registry is asked when the layer is opened."""
        return True

    def open(self, blob: Descriptor) -> BinaryIO:
        """Return a reader of a layer that resumes by itself."""
        try:
            return self._client.open_blob(blob)
        except TargetNotFound:
            if not is_foreign(blob):
                raise
            raise foreign_layer(self.label, blob) from None

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
