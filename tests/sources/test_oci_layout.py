"""An OCI layout directory gives blobs by digest only, and none that is no regular file."""

import os

import pytest

from pratique.kit.limits import Limits
from pratique.sources.interface import InvalidImage, Options, TargetNotFound
from pratique.sources.oci_layout import open_target
from tests.makers.image import ImageMaker, named, write


@pytest.fixture
def layout(tmp_path):
    maker = ImageMaker()
    image = maker.image({"a": b"1"})
    return write(tmp_path / "layout", maker.files(named(image, "app:1"))), image, maker


def test_layers(layout):
    """Each reader has a file of its own; a tag may follow the path."""
    path, image, maker = layout
    opened = open_target(f"{path}:app:1", Options())
    layer = opened.images[0].layers[0].blob

    with opened.blobs.open(layer) as stream:
        assert stream.read() == maker.blobs[layer.digest]
    assert opened.images[0].digest == image["digest"]
    opened.close()


def test_blobs_may_be_links(layout, tmp_path):
    """Build systems lay blobs out as links; content is verified, so links are followed."""
    path, image, maker = layout
    place = path / "blobs" / image["digest"].replace(":", "/")
    place.unlink()
    (tmp_path / "elsewhere").write_bytes(maker.blobs[image["digest"]])
    place.symlink_to(tmp_path / "elsewhere")

    open_target(str(path), Options()).close()


def test_a_pipe_in_place_of_a_blob(layout):
    """A pipe is refused, not waited for."""
    path, image, _ = layout
    place = path / "blobs" / image["digest"].replace(":", "/")
    place.unlink()
    os.mkfifo(place)

    with pytest.raises(InvalidImage, match="not a regular file"):
        open_target(str(path), Options())


def test_exchanged_content(layout):
    """A blob that is not its digest is refused."""
    path, image, maker = layout
    place = path / "blobs" / image["digest"].replace(":", "/")
    place.write_bytes(maker.blobs[image["digest"]].replace(b"sha256", b"sha512"))

    with pytest.raises(InvalidImage, match="does not match its digest"):
        open_target(str(path), Options())


def test_what_is_no_layout(layout, tmp_path):
    """Missing folders, other folders and oversized documents are refused."""
    with pytest.raises(TargetNotFound):
        open_target(f"{tmp_path}/none", Options())
    with pytest.raises(InvalidImage, match=r"index.json is missing"):
        open_target(str(tmp_path), Options())
    with pytest.raises(InvalidImage, match="bytes"):
        open_target(str(layout[0]), Options(limits=Limits(json_bytes=10)))
