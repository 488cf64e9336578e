"""
Read the lists that containers/storage keeps: ``containers.json``, ``images.json``, ``storage.conf``.

Podman, CRI-O and Buildah keep their containers here. A container names its image by id, which is
the digest of the image's config; the list of images gives the manifest's digest.
Source: https://github.com/containers/storage, ``containers.go``, ``images.go``,
``docs/containers-storage.conf.5.md``.
"""

import tomllib

import msgspec
from msgspec import Struct

from pratique.formats.image.json_document import decode_document
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

_MOST_CONFIG_BYTES = 256 << 10


class StoredContainer(Struct, frozen=True, kw_only=True):
    """
    One container: ``image_id`` and ``layer`` are bare hexadecimal names.

    ``image`` is the reference that was asked for, ``name`` what people call the container.
    """

    id: str
    name: str = ""
    image: str = ""
    image_id: str = ""
    layer: str = ""


class Places(Struct, frozen=True):
    """Where a storage lies: ``graph`` lasts, ``run`` is gone after a restart."""

    graph: str
    run: str


def read_containers(content: bytes, limits: Limits = DEFAULT) -> tuple[StoredContainer, ...]:
    """
    Return the containers of ``containers.json``.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.
    """
    return tuple(map(_container, decode_document(content, list[_Container], limits)))


def read_images(content: bytes, limits: Limits = DEFAULT) -> dict[str, str]:
    """
    Return the manifest digest by image id, from ``images.json``; images without one are left out.

    Raises:
        FormatError: no JSON, wrong types, or over a limit.

    >>> read_images(b'[{"id": "c1", "digest": "sha256:e6"}]')
    {'c1': 'sha256:e6'}
    """
    images = decode_document(content, list[_Image], limits)
    return {image.id: image.digest for image in images if image.digest}


def read_places(content: bytes) -> Places:
    """
    Return where ``storage.conf`` puts the storage; fields it leaves open are empty.

    Raises:
        FormatError: no TOML, or not of this shape.

    >>> read_places(b'[storage]\\ngraphroot = "/srv/c"').graph
    '/srv/c'
    """
    if len(content) > _MOST_CONFIG_BYTES:
        raise LimitExceeded(f"{len(content)} bytes of storage.conf")
    try:
        table = tomllib.loads(content.decode())
        wire = msgspec.convert(table.get("storage", {}), _Storage)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"storage.conf: {error}"[:200]) from None
    return Places(wire.graphroot, wire.runroot)


def _container(wire: "_Container") -> StoredContainer:
    told = _Metadata()
    if wire.metadata:
        try:
            told = msgspec.json.decode(wire.metadata, type=_Metadata)
        except (
            ValueError,
            RecursionError,
        ):  # another program's metadata: its names stand beside it
            told = _Metadata()
    names = wire.names or ()
    return StoredContainer(
        id=wire.id,
        name=told.name or (names[0] if names else ""),
        image=told.image_name,
        image_id=wire.image or told.image_id,
        layer=wire.layer,
    )


class _Metadata(Struct, rename="kebab"):
    image_name: str = ""
    image_id: str = ""
    name: str = ""


class _Container(Struct):
    id: str
    names: list[str] | None = None
    image: str = ""
    layer: str = ""
    metadata: str = ""


class _Image(Struct):
    id: str
    digest: str = ""


class _Storage(Struct):
    graphroot: str = ""
    runroot: str = ""
