"""
Describe an image in the terms of the OCI specifications: platform, descriptor, config, layer.

Source: OCI image-spec v1.1 (config.md, manifest.md), distribution-spec v1.1.
"""

from msgspec import Struct

from pratique.model.digest import Digest


class Platform(Struct, frozen=True, order=True):
    """
    Name what an image runs on.

    >>> str(Platform("linux", "arm64", "v8"))
    'linux/arm64/v8'
    """

    os: str = "linux"
    architecture: str = "amd64"
    variant: str = ""

    def __str__(self) -> str:
        """Return ``os/architecture[/variant]``."""
        return "/".join(part for part in (self.os, self.architecture, self.variant) if part)


class Descriptor(Struct, frozen=True, kw_only=True):
    """
    Point at a blob: what it is, its digest, how large it is (bytes, compressed).

    ``size_bytes`` is -1 for a layer that its daemon tells the size of only by exporting it.
    """

    media_type: str
    digest: Digest
    size_bytes: int
    urls: tuple[str, ...] = ()
    annotations: dict[str, str] = {}


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One line of an image's history: the build step that made a layer, or none."""

    created: str = ""
    created_by: str = ""
    comment: str = ""
    empty_layer: bool = False


class ImageConfig(Struct, frozen=True, kw_only=True):
    """Hold what the image's config says; claims of its maker, not facts."""

    platform: Platform = Platform()
    created: str = ""
    author: str = ""
    user: str = ""
    env: tuple[str, ...] = ()
    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    working_dir: str = ""
    exposed_ports: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    has_healthcheck: bool = False
    diff_ids: tuple[Digest, ...] = ()
    history: tuple[HistoryEntry, ...] = ()


class Layer(Struct, frozen=True, kw_only=True):
    """
    One layer, lowest first (``index`` 0).

    ``blob`` is what is stored (its digest covers the compressed form; for a docker-archive, whose
    layers are plain tar files, the digest of that tar). ``diff_id`` is what the config claims the
    uncompressed tar hashes to. ``hidden_bytes`` are those of its files (unpacked) that the layers
    above delete or replace: they ship for nothing.
    """

    index: int
    blob: Descriptor
    diff_id: Digest
    created_by: str = ""
    hidden_bytes: int = 0


class Image(Struct, frozen=True, kw_only=True):
    """
    One image of one platform.

    ``digest`` is that of its manifest and names the image everywhere; an archive without a
    manifest (docker-archive) is named by its config digest. ``name`` is the reference that led
    here (``alpine:3.20``), where there is one.
    """

    target: str
    digest: Digest
    config_digest: Digest
    config: ImageConfig
    layers: tuple[Layer, ...]
    name: str = ""
    index_digest: Digest | None = None
    annotations: dict[str, str] = {}
