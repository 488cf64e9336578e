"""Images have as many layers as their config says, each with its build step; nothing is fetched from elsewhere."""

import pytest

from pratique.kit.limits import Limits
from pratique.model.digest import Digest
from pratique.model.image import HistoryEntry, ImageConfig
from pratique.sources._images import choose_images, foreign_layer, is_foreign, layer_steps
from pratique.sources.interface import InvalidImage, Options
from tests.makers.image import OCI_MANIFEST, ImageMaker, as_json
from tests.sources.test_walk import HeapStore, entry

FOREIGN = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"


def chosen(maker, root, **options):
    return choose_images((entry(root),), HeapStore(maker), Options(**options), "target", "name:1")


def test_an_image():
    """Digests, layers, steps and names are those of the documents."""
    maker = ImageMaker()
    root = maker.image({"a": b"1"}, {"b": b"2"})

    image = chosen(maker, root).images[0]

    assert (image.digest, image.name, image.target) == (root["digest"], "name:1", "target")
    assert [layer.created_by for layer in image.layers] == ["step 0", "step 1"]
    assert [layer.diff_id for layer in image.layers] == list(image.config.diff_ids)
    assert image.index_digest is None


def test_all_platforms():
    """--platform all gives every image once and says what was left out."""
    maker = ImageMaker()
    root = maker.per_platform("linux/amd64", "linux/arm64/v8")

    found = chosen(maker, root, all_platforms=True)

    assert [str(image.config.platform) for image in found.images] == [
        "linux/amd64",
        "linux/arm64/v8",
    ]
    assert {image.index_digest for image in found.images} == {root["digest"]}
    assert len(found.skipped) == 2


def test_nothing_to_scan():
    """An index of attestations alone is no image, and the message says what it is."""
    maker = ImageMaker()
    image = maker.image({"a": b""})

    with pytest.raises(InvalidImage, match=r"no container image in it; .*attestation"):
        chosen(maker, maker.index(maker.attestation(image)))
    with pytest.raises(InvalidImage, match="attestation manifest, not an image"):
        chosen(maker, maker.attestation(image))


def manifest_with(maker, layers, diff_ids):
    config = maker.add(
        as_json({"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": diff_ids}}),
        "application/vnd.oci.image.config.v1+json",
    )
    document = {"schemaVersion": 2, "config": config, "layers": layers}
    return maker.add(as_json(document), OCI_MANIFEST)


def test_counts_must_agree():
    """A config with more diff IDs than the manifest has layers is refused."""
    maker = ImageMaker()
    layer, diff_id = maker.layer({"a": b""})

    with pytest.raises(InvalidImage, match="names 7 layers, the manifest 1"):
        chosen(maker, manifest_with(maker, [layer], [diff_id] * 7))


def test_a_missing_layer():
    """A layer that is not there is an error that names it."""
    maker = ImageMaker()
    layer, diff_id = maker.layer({"a": b""})
    del maker.blobs[layer["digest"]]

    with pytest.raises(InvalidImage, match=r"layer 0 .* is absent"):
        chosen(maker, manifest_with(maker, [layer], [diff_id]))


@pytest.mark.parametrize("more", [{"urls": ["http://127.0.0.1:9/x"]}, {"mediaType": FOREIGN}])
def test_a_foreign_layer(more):
    """A layer kept elsewhere does not make the image invalid; where it is kept is said."""
    maker = ImageMaker()
    layer, diff_id = maker.layer({"a": b""})
    root = manifest_with(maker, [layer | more], [diff_id])
    del maker.blobs[layer["digest"]]

    blob = chosen(maker, root).images[0].layers[0].blob
    assert is_foreign(blob)
    assert "kept at" in str(foreign_layer("x", blob))
    assert ("127.0.0.1:9/x" in str(foreign_layer("x", blob))) == ("urls" in more)


def test_a_layer_too_large():
    """A layer that claims more than the limit is refused before it is opened."""
    maker = ImageMaker()
    layer, diff_id = maker.layer({"a": b""})

    with pytest.raises(InvalidImage, match="claims 4611686018427387904 bytes"):
        chosen(maker, manifest_with(maker, [layer | {"size": 1 << 62}], [diff_id]))
    with pytest.raises(InvalidImage, match="claims"):
        chosen(maker, manifest_with(maker, [layer], [diff_id]), limits=Limits(blob_bytes=1))


def test_steps():
    """Steps are given to layers only where the history adds up."""
    diff_ids = (Digest("sha256:" + "0" * 64),)
    line, empty = HistoryEntry(created_by="x"), HistoryEntry(created_by="y", empty_layer=True)

    assert layer_steps(ImageConfig(diff_ids=diff_ids, history=(empty, line))) == ("x",)
    assert layer_steps(ImageConfig(diff_ids=diff_ids, history=(line, line))) == ("",)
