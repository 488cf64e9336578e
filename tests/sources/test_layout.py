"""A layout gives the one image a name stands for, or lists the names."""

import pytest

from pratique.sources._layout import open_layout
from pratique.sources.interface import (
    AmbiguousTarget,
    ForeignLayer,
    InvalidImage,
    Options,
    TargetNotFound,
)
from tests.makers.image import ImageMaker, named, platform_json


class HeapFiles:
    """The files of a layout in memory."""

    label = "layout"

    def __init__(self, files):
        self.files, self.closed = files, False

    def has(self, name):
        return name in self.files

    def read_small(self, name):
        return self.files[name]

    def open(self, name):
        raise AssertionError("not asked for here")

    def close(self):
        self.closed = True


def opened(maker, *entries, tag="", **options):
    return open_layout(HeapFiles(maker.files(*entries)), "target", tag, Options(**options))


def test_names():
    """A tag, a short and a whole name, and a digest all find the image."""
    maker = ImageMaker()
    one, two = maker.image({"a": b"1"}), maker.image({"a": b"2"})
    full = {
        "io.containerd.image.name": "docker.io/demo/two:2",
        "org.opencontainers.image.ref.name": "2",
    }
    entries = [named(one, "demo/one:1"), two | {"annotations": full}]

    for tag in ("2", "demo/two:2", "docker.io/demo/two:2", two["digest"], f"x@{two['digest']}"):
        image = opened(maker, *entries, tag=tag).images[0]
        assert image.digest == two["digest"]
        assert image.name == "demo/two:2"
    with pytest.raises(AmbiguousTarget, match="demo/one:1, demo/two:2"):
        opened(maker, *entries)
    with pytest.raises(TargetNotFound) as caught:
        opened(maker, *entries, tag="3")
    assert "demo/one:1" in caught.value.hint()


def test_one_image_under_several_names():
    """Several names of one digest are no ambiguity."""
    maker = ImageMaker()
    one = maker.image({"a": b"1"})

    assert opened(maker, named(one, "a:1"), named(one, "a:2")).images[0].name == "a:1"


def test_index_json_may_list_platforms():
    """Without names, or with one name for all, index.json may itself be the list of platforms."""
    maker = ImageMaker()
    arm = maker.image({"a": b"1"}, platform="linux/arm64") | {
        "platform": platform_json("linux/arm64")
    }
    amd = maker.image({"a": b"2"}) | {"platform": platform_json("linux/amd64")}

    assert len(opened(maker, arm, amd, all_platforms=True).images) == 2
    assert (
        len(
            opened(
                maker, named(arm, "x:1"), named(amd, "x:1"), tag="x:1", all_platforms=True
            ).images
        )
        == 2
    )
    with pytest.raises(AmbiguousTarget):
        opened(maker, amd, maker.image({"b": b"3"}) | {"platform": platform_json("linux/amd64")})


def test_one_name_for_two_images():
    """A tag that two images of one platform bear is not guessed at."""
    maker = ImageMaker()
    one, two = maker.image({"a": b"1"}), maker.image({"a": b"2"})

    with pytest.raises(AmbiguousTarget, match="several images called 'x:1'"):
        opened(maker, named(one, "x:1"), named(two, "x:1"), tag="x:1")


def test_empty_and_wrong_indexes():
    """A layout without images, and a manifest in place of the index, are refused."""
    maker = ImageMaker()
    image = maker.image({"a": b""})
    files = maker.files(image)

    with pytest.raises(InvalidImage, match="lists no image"):
        opened(maker)
    files["index.json"] = maker.blobs[image["digest"]]
    with pytest.raises(InvalidImage, match="is not an index"):
        open_layout(HeapFiles(files), "target", "", Options())


def test_foreign_layers_are_told_apart():
    """Opening a layer that is kept elsewhere has an error of its own."""
    maker = ImageMaker()
    files = HeapFiles(maker.files(maker.image({"a": b""})))
    found = open_layout(files, "target", "", Options())
    layer = found.images[0].layers[0].blob
    files.files.pop("blobs/" + layer.digest.replace(":", "/"))
    import msgspec

    with pytest.raises(ForeignLayer):
        found.blobs.open(msgspec.structs.replace(layer, urls=("http://127.0.0.1:9/",)))
    found.close()
    assert files.closed
