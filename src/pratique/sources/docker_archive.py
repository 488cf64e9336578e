"""
Open what `docker save`, `podman save`, `skopeo copy … docker-archive:`, kaniko and bazel write.

All name their parts in manifest.json: a config and one member per layer, which may be a link
(old Docker), plain, or packed (kaniko, crane). Law: an image without a manifest is named by its
config's digest, computed here; a name that looks like a digest must be right. A plain layer is
addressed by the diff ID that the config claims (phase 1 verifies it); of a packed layer the stored
bytes are hashed here.
Source: Docker image specification v1.2.0, "Combined Image JSON + Filesystem Changeset Format".
"""

import hashlib
import re
from typing import BinaryIO

from pratique.formats.image.oci import DOCKER_LAYER, SavedImage, read_config, read_saved
from pratique.formats.image.platforms import best
from pratique.kit.window import WindowReader
from pratique.model.digest import Digest, sha256_of
from pratique.model.image import Descriptor, Image, ImageConfig, Layer
from pratique.sources._archive import Archive, open_archive, refusing
from pratique.sources._images import layer_steps
from pratique.sources._names import listing, whole_name
from pratique.sources._paths import split_tag
from pratique.sources.interface import (
    AmbiguousTarget,
    InvalidImage,
    Opened,
    Options,
    TargetNotFound,
)

NAME = "docker-archive"
PREFIX = "docker-archive"

_DIGEST_NAME = re.compile(r"(?:blobs/sha256/|sha256:)?([0-9a-f]{64})(?:\.json)?")
_HASH_BYTES = 1 << 20
_PACKED = {b"\x1f\x8b": f"{DOCKER_LAYER}.gzip", b"\x28\xb5\x2f\xfd": f"{DOCKER_LAYER}.zstd"}


def open_target(target: str, options: Options) -> Opened:
    """
    Open ``PATH[:TAG]``.

    Raises:
        TargetError: it cannot be identified.
    """
    path, tag = split_tag(target)
    return open_held(open_archive(path, options.limits), target, tag, options)


def open_held(archive: Archive, target: str, tag: str, options: Options) -> Opened:
    """
    Open an archive that is already indexed; closes it on failure.

    Raises:
        TargetError: it cannot be identified.
    """
    try:
        saved = wanted(saved_images(archive, options), tag, archive.label)
        image, blobs = read_saved_image(archive, saved, target, options)
        return Opened(images=(image,), blobs=blobs)
    except BaseException:
        archive.close()
        raise


def wanted(saved: tuple[SavedImage, ...], tag: str, label: str) -> SavedImage:
    """
    Return the image called ``tag`` (a name or a config digest; empty: the only one).

    Raises:
        TargetNotFound: there is none.
        AmbiguousTarget: there are several.
    """
    matches = [image for image in saved if _is_called(image, tag)] if tag else list(saved)
    if not matches:
        what = f"image {tag!r}" if tag else "image"
        raise TargetNotFound(
            f"{label} holds no {what}", hint=f"it holds {_listed(saved) or 'none'}"
        )
    if len({image.config for image in matches}) > 1:
        raise AmbiguousTarget(f"{label} holds several images: {_listed(saved)}")
    return matches[0]


def saved_images(archive: Archive, options: Options) -> tuple[SavedImage, ...]:
    """
    Return what manifest.json lists.

    Raises:
        InvalidImage: absent, repeated, or malformed.
    """
    if not archive.has("manifest.json"):
        old = archive.has("repositories")
        raise InvalidImage(
            f"{archive.label}: no docker archive, manifest.json is missing",
            hint="it was saved by Docker before 1.10: load it and save it again" if old else "",
        )
    if archive.is_repeated("manifest.json"):
        raise InvalidImage(f"{archive.label}: manifest.json stands twice, engines may disagree")
    with refusing(f"{archive.label}: manifest.json"):
        return read_saved(archive.read("manifest.json", options.limits), options.limits)


def read_saved_image(
    archive: Archive, saved: SavedImage, target: str, options: Options
) -> tuple[Image, "MemberBlobs"]:
    """
    Return one image of the archive and its layers.

    Raises:
        InvalidImage: a member is absent, malformed, or not its digest.
        TargetNotFound: it is not for the wanted platform.
    """
    with refusing(f"{archive.label}: {saved.config[:120]}"):
        content = archive.read(saved.config, options.limits)
        config = read_config(content, options.limits)
    _check_name(saved.config, content, archive.label)
    _check_platform(config, options, archive.label)
    if len(config.diff_ids) != len(saved.layers):
        raise InvalidImage(
            f"{archive.label}: the config names {len(config.diff_ids)} layers,"
            f" manifest.json {len(saved.layers)}"
        )
    blobs = MemberBlobs(archive)
    steps = layer_steps(config)
    layers = tuple(
        Layer(index=i, blob=blobs.add(name, diff_id), diff_id=diff_id, created_by=steps[i])
        for i, (name, diff_id) in enumerate(zip(saved.layers, config.diff_ids, strict=True))
    )
    digest = sha256_of(content)
    image = Image(
        target=target,
        digest=digest,
        config_digest=digest,
        config=config,
        layers=layers,
        name=saved.tags[0] if saved.tags else "",
    )
    return image, blobs


class MemberBlobs:
    """Hand out layers, which are members of an archive under arbitrary names."""

    local = True

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names: dict[Digest, str] = {}

    def add(self, name: str, diff_id: Digest) -> Descriptor:
        """
        Return the descriptor of the layer that is the member ``name``.

        Raises:
            InvalidImage: there is no such member.
        """
        window = self._archive.window(name)
        media_type = _packed_as(window)
        digest = _hashed(window) if media_type else diff_id
        self._names.setdefault(digest, name)
        return Descriptor(
            media_type=media_type or DOCKER_LAYER, digest=digest, size_bytes=window.length
        )

    def open(self, blob: Descriptor) -> BinaryIO:
        """Return a reader of a layer in place."""
        if blob.digest not in self._names:
            raise InvalidImage(f"{self._archive.label}: no layer {blob.digest}")
        return self._archive.open(self._names[blob.digest])

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()


def _is_called(image: SavedImage, tag: str) -> bool:
    named = _DIGEST_NAME.fullmatch(image.config)
    if named and tag.removeprefix("sha256:") == named[1]:
        return True
    return tag in image.tags or whole_name(tag) in {whole_name(name) for name in image.tags}


def _listed(saved: tuple[SavedImage, ...]) -> str:
    """Return what people can choose from: tags, or the config of what has none."""
    return listing(tag for image in saved for tag in image.tags or (image.config,))


def _check_name(name: str, content: bytes, label: str) -> None:
    """Refuse a config whose name is a digest that it does not have."""
    named = _DIGEST_NAME.fullmatch(name)
    if named and hashlib.sha256(content).hexdigest() != named[1]:
        raise InvalidImage(f"{label}: the config does not match its name {name[:90]}")


def _check_platform(config: ImageConfig, options: Options, label: str) -> None:
    if options.platform is not None and best(options.platform, [config.platform]) is None:
        raise TargetNotFound(
            f"{label}: no image for {options.platform}", hint=f"there is {config.platform}"
        )


def _packed_as(window: WindowReader) -> str:
    """Return the media type of a packed layer, empty for a plain one."""
    magic = window.read(4)
    window.seek(0)
    return next((kind for start, kind in _PACKED.items() if magic.startswith(start)), "")


def _hashed(window: WindowReader) -> Digest:
    digest = hashlib.sha256()
    while chunk := window.read(_HASH_BYTES):
        digest.update(chunk)
    return Digest(f"sha256:{digest.hexdigest()}")
