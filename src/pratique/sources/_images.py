"""
Make images out of what a walk found: layers with their diff IDs and build steps.

Laws: a manifest and its config must agree on the number of layers; a layer that is absent is an
error unless its publisher keeps it elsewhere: that is said when it is opened, never fetched.
Source: OCI image-spec v1.1, manifest.md and layer.md ("non-distributable layers").
"""

from msgspec import Struct

from pratique.formats.image.oci import IndexEntry
from pratique.formats.image.shown_step import shown_step
from pratique.model.image import Descriptor, Image, ImageConfig, Layer
from pratique.sources._walk import Found, Store, Walk
from pratique.sources.interface import ForeignLayer, InvalidImage, Options


class Chosen(Struct, frozen=True, kw_only=True):
    """What a walk came to."""

    images: tuple[Image, ...]
    skipped: tuple[str, ...]


def choose_images(
    entries: tuple[IndexEntry, ...], store: Store, options: Options, target: str, name: str = ""
) -> Chosen:
    """
    Return the image or images of ``entries`` that the options ask for.

    Raises:
        InvalidImage: a document is malformed, mislabelled, or not its digest.
        TargetNotFound: nothing runs on the wanted platform.
    """
    walk = Walk(store, options)
    leaves = walk.leaves(entries)
    if options.all_platforms:
        found = [image for leaf in leaves if (image := walk.load(leaf)) is not None]
    else:
        found = walk.pick(leaves)
    if not found:
        raise InvalidImage(
            f"{store.label}: no container image in it" + "".join(f"; {s}" for s in walk.skipped[:3])
        )
    most_bytes = options.limits.blob_bytes
    images = tuple(_image(image, target, name, most_bytes) for image in found)
    for made in images:
        _check_layers(made, store)
    return Chosen(images=images, skipped=tuple(walk.skipped))


def _image(found: Found, target: str, name: str, most_bytes: int) -> Image:
    manifest, config = found.manifest, found.config
    if len(config.diff_ids) != len(manifest.layers):
        raise InvalidImage(
            f"{target}: the config names {len(config.diff_ids)} layers, the manifest"
            f" {len(manifest.layers)}"
        )
    for layer in manifest.layers:
        if layer.size_bytes > most_bytes:
            raise InvalidImage(f"{target}: {layer.digest} claims {layer.size_bytes} bytes")
    steps = layer_steps(config)
    return Image(
        target=target,
        digest=found.leaf.descriptor.digest,
        config_digest=manifest.config.digest,
        config=config,
        layers=tuple(
            Layer(index=i, blob=blob, diff_id=config.diff_ids[i], created_by=steps[i])
            for i, blob in enumerate(manifest.layers)
        ),
        name=name,
        index_digest=found.leaf.index_digest,
        annotations=manifest.annotations,
    )


def layer_steps(config: ImageConfig) -> tuple[str, ...]:
    """
    Return the history line of each layer; empty lines where the history does not add up.

    It is made to be shown: values of build arguments are hidden.

    >>> from pratique.model.digest import parse_digest
    >>> layer_steps(ImageConfig(diff_ids=(parse_digest("sha256:" + "0" * 64),)))
    ('',)
    """
    steps = tuple(shown_step(step.created_by) for step in config.history if not step.empty_layer)
    return steps if len(steps) == len(config.diff_ids) else ("",) * len(config.diff_ids)


def is_foreign(layer: Descriptor) -> bool:
    """Return whether a layer's publisher keeps it elsewhere."""
    kind = layer.media_type
    return bool(layer.urls) or ".foreign." in kind or ".nondistributable." in kind


def foreign_layer(label: str, layer: Descriptor) -> ForeignLayer:
    """Return what to raise for a foreign layer that is not here; its URLs are only said."""
    where = ", ".join(url[:120] for url in layer.urls[:3]) or "a place it does not name"
    return ForeignLayer(f"{label}: layer {layer.digest} is kept at {where}")


def _check_layers(image: Image, store: Store) -> None:
    for layer in image.layers:
        if not is_foreign(layer.blob) and not store.holds(layer.blob):
            raise InvalidImage(
                f"{store.label}: layer {layer.index} ({layer.blob.digest}) is absent",
                hint=str(getattr(store, "absent_hint", "")),
            )
