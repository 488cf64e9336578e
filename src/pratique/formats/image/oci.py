"""
Read the JSON documents of an image: index, manifest, config, and `docker save`'s manifest.json.

Law: a document is read in one way only. Size and depth are bounded before a decoder sees the text;
wrong types, a document that is index and manifest at once (CVE-2021-41190) and keys that differ
from ours by case only (Go's decoder would take them) are refused, so that no engine reads another
image out of the same bytes. Unknown keys are ignored, as the specification asks.
Sources: OCI image-spec v1.1 (https://github.com/opencontainers/image-spec), Docker image manifest
version 2 schema 2, Docker image specification v1.2 (`docker save`).
"""

from collections.abc import Sized

from msgspec import Raw, Struct

from pratique.formats.image.json_document import decode_document
from pratique.formats.image.json_twins import refuse_twins
from pratique.kit.limits import Limits
from pratique.model.digest import parse_digest
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.image import Descriptor, HistoryEntry, ImageConfig, Platform

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_CONFIG = "application/vnd.oci.image.config.v1+json"
DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json"
DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar"

MANIFEST_TYPES = (OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST)
"""What to ask a registry for."""
INDEX_TYPES = frozenset({OCI_INDEX, DOCKER_LIST})
CONFIG_TYPES = frozenset({OCI_CONFIG, DOCKER_CONFIG})

_LARGEST_SIZE = (1 << 63) - 1


class IndexEntry(Struct, frozen=True, kw_only=True):
    """One line of an index: what it points at and, where said, what that runs on."""

    descriptor: Descriptor
    platform: Platform | None = None
    artifact_type: str = ""


class Index(Struct, frozen=True, kw_only=True):
    """A list of manifests, usually one per platform."""

    entries: tuple[IndexEntry, ...]
    annotations: dict[str, str] = {}


class Manifest(Struct, frozen=True, kw_only=True):
    """One image of one platform, or an artifact that borrows the form."""

    config: Descriptor
    layers: tuple[Descriptor, ...]
    artifact_type: str = ""
    annotations: dict[str, str] = {}


class SavedImage(Struct, frozen=True, kw_only=True):
    """One image of a docker-archive; ``config`` and ``layers`` are member names of the archive."""

    config: str
    layers: tuple[str, ...]
    tags: tuple[str, ...] = ()


def read_manifest(content: bytes, limits: Limits) -> Index | Manifest:
    """
    Return the index or manifest that ``content`` is.

    Raises:
        FormatError: neither, both, of schema 1, damaged, or over a limit.
        InvalidDigest: a digest in it is none.

    >>> from pratique.kit.limits import DEFAULT
    >>> read_manifest(b'{"schemaVersion": 2, "manifests": []}', DEFAULT)
    Index(entries=(), annotations={})
    """
    head = decode_document(content, _Head, limits)
    if head.schema_version == 1:
        raise FormatError(
            "a schema 1 manifest, which is no longer supported",
            hint="push the image again with a current Docker, Podman or skopeo",
        )
    if head.lists and head.builds:
        raise FormatError("a document that is both an index and a manifest")
    if head.lists or head.media_type in INDEX_TYPES:
        return _index(content, limits)
    if not head.builds:
        raise FormatError(f"neither an index nor an image manifest ({head.media_type[:80]!r})")
    return _manifest(content, limits)


def read_config(content: bytes, limits: Limits) -> ImageConfig:
    """
    Return what an image's config says.

    Raises:
        FormatError: damaged, of wrong types, or over a limit.
        InvalidDigest: a diff ID is no digest.
    """
    wire = decode_document(content, _Config, limits)
    refuse_twins(content, _CONFIG_KEYS, {"rootfs": _ROOTFS_KEYS})
    run = wire.config or _RunConfig()
    diff_ids = wire.rootfs.diff_ids if wire.rootfs else None
    _check_count(diff_ids or (), limits.layers, "layers")
    return ImageConfig(
        platform=Platform(wire.os, wire.architecture, wire.variant),
        created=wire.created or "",
        author=wire.author or "",
        user=run.user or "",
        env=_words(run.env),
        entrypoint=_words(run.entrypoint),
        cmd=_words(run.cmd),
        working_dir=run.working_dir or "",
        exposed_ports=tuple(sorted(run.exposed_ports or ())),
        volumes=tuple(sorted(run.volumes or ())),
        labels={key: value or "" for key, value in (run.labels or {}).items()},
        has_healthcheck=_has_healthcheck(run),
        diff_ids=tuple(parse_digest(text) for text in diff_ids or ()),
        history=tuple(_history(entry) for entry in wire.history or ()),
    )


def read_saved(content: bytes, limits: Limits) -> tuple[SavedImage, ...]:
    """
    Return the images that a docker-archive's manifest.json lists.

    Raises:
        FormatError: damaged, of wrong types, or over a limit.
    """
    entries = decode_document(content, list[_Saved], limits)
    _check_count(entries, limits.manifests, "images")
    for entry in entries:
        _check_count(entry.layers or (), limits.layers, "layers")
    return tuple(
        SavedImage(
            config=entry.config, layers=tuple(entry.layers or ()), tags=tuple(entry.repo_tags or ())
        )
        for entry in entries
    )


def _index(content: bytes, limits: Limits) -> Index:
    wire = decode_document(content, _Index, limits)
    refuse_twins(content, _MANIFEST_KEYS, {"manifests": _DESCRIPTOR_KEYS})
    _check_count(wire.manifests, limits.manifests, "manifests")
    return Index(
        entries=tuple(
            IndexEntry(
                descriptor=_descriptor(entry),
                platform=_platform(entry.platform),
                artifact_type=entry.artifact_type or "",
            )
            for entry in wire.manifests
        ),
        annotations=wire.annotations or {},
    )


def _manifest(content: bytes, limits: Limits) -> Manifest:
    wire = decode_document(content, _Manifest, limits)
    below = {"config": _DESCRIPTOR_KEYS, "layers": _DESCRIPTOR_KEYS}
    refuse_twins(content, _MANIFEST_KEYS, below)
    _check_count(wire.layers, limits.layers, "layers")
    return Manifest(
        config=_descriptor(wire.config),
        layers=tuple(_descriptor(layer) for layer in wire.layers),
        artifact_type=wire.artifact_type or "",
        annotations=wire.annotations or {},
    )


def _descriptor(wire: "_Descriptor") -> Descriptor:
    if not 0 <= wire.size <= _LARGEST_SIZE:
        raise FormatError(f"a blob cannot be {wire.size} bytes large")
    return Descriptor(
        media_type=wire.media_type,
        digest=parse_digest(wire.digest),
        size_bytes=wire.size,
        urls=tuple(wire.urls or ()),
        annotations=wire.annotations or {},
    )


def _platform(wire: "_Platform | None") -> Platform | None:
    return Platform(wire.os, wire.architecture, wire.variant) if wire else None


def _history(wire: "_History") -> HistoryEntry:
    return HistoryEntry(
        created=wire.created or "",
        created_by=wire.created_by or "",
        comment=wire.comment or "",
        empty_layer=wire.empty_layer,
    )


def _words(value: list[str] | str | None) -> tuple[str, ...]:
    """Return a command line; old engines wrote one word as plain text."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def _has_healthcheck(run: "_RunConfig") -> bool:
    test = _words(run.healthcheck.test) if run.healthcheck else ()
    return bool(test) and test[0] != "NONE"


def _check_count(items: Sized, most: int, what: str) -> None:
    if len(items) > most:
        raise LimitExceeded(f"{len(items)} {what}, more than {most}")


def _is_set(raw: Raw) -> bool:
    return bytes(raw) not in (b"", b"null")


class _Platform(Struct):
    os: str = ""
    architecture: str = ""
    variant: str = ""


class _Descriptor(Struct, rename="camel"):
    digest: str
    size: int
    media_type: str = ""
    urls: list[str] | None = None
    annotations: dict[str, str] | None = None
    platform: _Platform | None = None
    artifact_type: str | None = None


class _Head(Struct, rename="camel"):
    """What tells the kinds of document apart."""

    schema_version: int = 2
    media_type: str = ""
    manifests: Raw = Raw(b"")
    layers: Raw = Raw(b"")
    config: Raw = Raw(b"")

    @property
    def lists(self) -> bool:
        """Whether it has what an index has."""
        return _is_set(self.manifests)

    @property
    def builds(self) -> bool:
        """Whether it has what an image manifest has."""
        return _is_set(self.layers) or _is_set(self.config)


class _Index(Struct, rename="camel"):
    manifests: list[_Descriptor]
    annotations: dict[str, str] | None = None


class _Manifest(Struct, rename="camel"):
    config: _Descriptor
    layers: list[_Descriptor]
    artifact_type: str | None = None
    annotations: dict[str, str] | None = None


class _Saved(Struct, rename="pascal"):
    config: str
    layers: list[str] | None = None
    repo_tags: list[str] | None = None


class _Healthcheck(Struct, rename="pascal"):
    test: list[str] | str | None = None


class _RunConfig(Struct, rename="pascal"):
    """The part of a config that says how to run it; engines write null for what is not set."""

    user: str | None = None
    env: list[str] | None = None
    entrypoint: list[str] | str | None = None
    cmd: list[str] | str | None = None
    working_dir: str | None = None
    exposed_ports: dict[str, Raw] | None = None
    volumes: dict[str, Raw] | None = None
    labels: dict[str, str | None] | None = None
    healthcheck: _Healthcheck | None = None


class _RootFs(Struct):
    diff_ids: list[str] | None = None


class _History(Struct):
    created: str | None = None
    created_by: str | None = None
    comment: str | None = None
    empty_layer: bool = False


class _Config(Struct):
    os: str = ""
    architecture: str = ""
    variant: str = ""
    created: str | None = None
    author: str | None = None
    config: _RunConfig | None = None
    rootfs: _RootFs | None = None
    history: list[_History] | None = None


_MANIFEST_KEYS = frozenset(
    {"schemaVersion", "mediaType", "artifactType", "manifests", "config", "layers", "annotations"}
)
_DESCRIPTOR_KEYS = frozenset(
    {"mediaType", "digest", "size", "urls", "annotations", "platform", "artifactType"}
)
_CONFIG_KEYS = frozenset({"os", "architecture", "variant", "config", "rootfs", "history"})
_ROOTFS_KEYS = frozenset({"type", "diff_ids"})
