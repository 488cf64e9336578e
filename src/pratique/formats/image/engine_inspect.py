"""
Read what a Docker or Podman daemon says of an image: inspect and history.

Both come from the daemon's word on an image, so wrong types are refused like any other input.
Source: Docker Engine API v1.41, ImageInspect and ImageHistory (Podman answers the same).
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct, field

from pratique.formats.image.json_document import decode_document
from pratique.formats.image.oci import read_config
from pratique.kit.limits import Limits
from pratique.model.digest import Digest, parse_digest
from pratique.model.image import ImageConfig

_NO_LAYER = frozenset(
    [
        "CMD",
        "ENV",
        "LABEL",
        "EXPOSE",
        "USER",
        "VOLUME",
        "ENTRYPOINT",
        "HEALTHCHECK",
        "STOPSIGNAL",
        "ARG",
        "MAINTAINER",
        "ONBUILD",
        "SHELL",
    ]
)
_LONGEST_STEP = 16384


class InspectedImage(Struct, frozen=True, kw_only=True):
    """An image as its daemon describes it; ``id`` is its config's (or manifest's) digest."""

    id: Digest
    config: ImageConfig
    names: tuple[str, ...] = ()


def read_inspect(content: bytes, limits: Limits) -> InspectedImage:
    """
    Return what ``GET /images/NAME/json`` answered.

    Raises:
        FormatError: wrong types, or over a limit.
        InvalidDigest: the id or a diff ID is no digest.
    """
    wire = decode_document(content, _Inspect, limits)
    config = {
        "os": wire.os,
        "architecture": wire.architecture,
        "variant": wire.variant or "",
        "created": wire.created,
        "author": wire.author,
        "config": wire.config,
        "rootfs": {"type": "layers", "diff_ids": wire.root_fs.layers},
    }
    identity = wire.id if ":" in wire.id else f"sha256:{wire.id}"
    return InspectedImage(
        id=parse_digest(identity),
        config=read_config(msgspec.json.encode(config), limits),
        names=tuple(wire.repo_tags or ()),
    )


def read_history(content: bytes, layers: int, limits: Limits) -> tuple[str, ...]:
    """
    Return the build step of each layer, lowest first; empty texts where they cannot be told.

    The daemon lists steps newest first and does not say which made a layer: those of a size did,
    or all but the ones that only set metadata.

    Raises:
        FormatError: wrong types, or over a limit.

    >>> from pratique.kit.limits import DEFAULT
    >>> read_history(b'[{"CreatedBy": "CMD x"}, {"CreatedBy": "ADD y", "Size": 5}]', 1, DEFAULT)
    ('ADD y',)
    """
    steps = decode_document(content, list[_Step], limits)[::-1]
    for chosen in (
        steps,
        [step for step in steps if step.size > 0],
        [step for step in steps if step.size > 0 or not _sets_metadata(step)],
    ):
        if len(chosen) == layers:
            return tuple((step.created_by or "")[:_LONGEST_STEP] for step in chosen)
    return ("",) * layers


def _sets_metadata(step: "_Step") -> bool:
    words: Sequence[str] = (step.created_by or "").split("#(nop)")[-1].split(maxsplit=1)
    return bool(words) and words[0] in _NO_LAYER


class _RootFs(Struct, rename="pascal"):
    layers: list[str] | None = None


class _Inspect(Struct, rename="pascal"):
    id: str
    root_fs: _RootFs = field(name="RootFS")
    os: str = "linux"
    architecture: str = ""
    variant: str | None = None
    created: str | None = None
    author: str | None = None
    config: dict[str, object] | None = None
    repo_tags: list[str] | None = None


class _Step(Struct, rename="pascal"):
    created_by: str | None = None
    size: int = 0
