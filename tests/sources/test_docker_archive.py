"""Every form of docker-archive gives the same image, and lies in one are refused."""

import json

import pytest

from pratique.model.image import Platform
from pratique.sources.docker_archive import open_target
from pratique.sources.interface import (
    AmbiguousTarget,
    InvalidImage,
    Options,
    TargetNotFound,
)
from tests.makers.image import ImageMaker, archive, as_json, packed, sha256, tar_of

LAYERS = ({"a": b"1"}, {"b": b"2"})


@pytest.fixture
def maker():
    return ImageMaker()


def contents(opened):
    with_bytes = []
    for layer in opened.images[0].layers:
        with opened.blobs.open(layer.blob) as stream:
            with_bytes.append(stream.read())
    opened.close()
    return with_bytes


@pytest.mark.parametrize("way", ["plain", "gzip"])
@pytest.mark.parametrize("legacy", [False, True])
def test_forms(maker, tmp_path, legacy, way):
    """New and old `docker save`, packed or not, give config, layers and name."""
    members = maker.docker_files((maker.image(*LAYERS), ["app:1"]), legacy=legacy)
    opened = open_target(str(archive(tmp_path / "x.tar", members, way)), Options())
    image = opened.images[0]

    assert image.name == "app:1"
    assert image.digest == image.config_digest
    assert [layer.blob.digest for layer in image.layers] == list(image.config.diff_ids)
    assert [layer.created_by for layer in image.layers] == ["step 0", "step 1"]
    assert opened.blobs.local
    assert contents(opened) == [tar_of(layer) for layer in LAYERS]


@pytest.mark.parametrize("way", ["gzip", "zstd"])
def test_packed_layers(maker, tmp_path, way):
    """Kaniko and crane pack layers; their stored bytes are hashed and the type says how."""
    members = maker.docker_files((maker.image(*LAYERS), ["app:1"]))
    names = json.loads(members["manifest.json"])[0]["Layers"]
    for name in names:
        members[name] = packed(members[name], way)

    opened = open_target(str(archive(tmp_path / "x.tar", members)), Options())

    layers = opened.images[0].layers
    assert [layer.blob.digest for layer in layers] == [sha256(members[name]) for name in names]
    assert all(layer.blob.media_type.endswith(way) for layer in layers)
    assert contents(opened) == [members[name] for name in names]


def test_kaniko_names_the_config_by_digest(maker, tmp_path):
    """A config called ``sha256:…`` is accepted when it is right and refused when not."""
    members = maker.docker_files((maker.image(*LAYERS), ["app:1"]))
    listed = json.loads(members["manifest.json"])
    config = members.pop(listed[0]["Config"])
    listed[0]["Config"] = sha256(config)
    members |= {"manifest.json": as_json(listed), sha256(config): config}

    opened = open_target(str(archive(tmp_path / "x.tar", members)), Options())
    assert opened.images[0].digest == sha256(config)
    opened.close()

    members[sha256(config)] = config.replace(b"linux", b"linuz")
    with pytest.raises(InvalidImage, match="does not match its name"):
        open_target(str(archive(tmp_path / "y.tar", members)), Options())


def test_several_images(maker, tmp_path):
    """Without a tag the tags are listed; with one, short or whole, that image is taken."""
    one, two = maker.image({"a": b"1"}), maker.image({"a": b"2"})
    members = maker.docker_files((one, ["demo/one:1", "demo/one:latest"]), (two, ["two:2"]))
    path = archive(tmp_path / "x.tar", members)

    with pytest.raises(AmbiguousTarget, match="demo/one:1, demo/one:latest, two:2"):
        open_target(str(path), Options())
    for tag in ("demo/one:1", "docker.io/demo/one:latest", "demo/one"):
        open_target(f"{path}:{tag}", Options()).close()
    with pytest.raises(TargetNotFound) as caught:
        open_target(f"{path}:three", Options())
    assert "two:2" in caught.value.hint()


def test_an_image_twice_is_not_ambiguous(maker, tmp_path):
    """Two entries of one config are one image."""
    one = maker.image(*LAYERS)
    members = maker.docker_files((one, ["a:1"]), (one, ["b:1"]))

    open_target(str(archive(tmp_path / "x.tar", members)), Options()).close()


def test_the_wanted_platform(maker, tmp_path):
    """A docker-archive for another platform than asked for is not taken for it."""
    members = maker.docker_files((maker.image(*LAYERS, platform="linux/arm64"), ["a:1"]))
    path = archive(tmp_path / "x.tar", members)

    open_target(str(path), Options(platform=Platform("linux", "arm64", "v8"))).close()
    with pytest.raises(TargetNotFound, match="linux/amd64"):
        open_target(str(path), Options(platform=Platform("linux", "amd64")))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda m: m.pop("manifest.json"), "manifest.json is missing"),
        (lambda m: m.update({"manifest.json": b"{}"}), "not what the specification"),
        (lambda m: m.update({"manifest.json": b"[]"}), "holds no image"),
        (
            lambda m: m.update({"manifest.json": b'[{"Config":"../../etc/passwd","Layers":[]}]'}),
            "no '../../etc/passwd' in the archive",
        ),
        (
            lambda m: m.update({next(k for k in m if k.endswith(".tar")): "/etc/passwd"}),
            "in the archive",
        ),
    ],
)
def test_refused(maker, tmp_path, change, reason):
    """Missing and malformed parts are refused; links lead nowhere outside."""
    members = maker.docker_files((maker.image(*LAYERS), ["a:1"]))
    change(members)

    with pytest.raises((InvalidImage, TargetNotFound), match=reason):
        open_target(str(archive(tmp_path / "x.tar", members)), Options())


def test_counts_must_agree(maker, tmp_path):
    """A config with other layers than manifest.json is refused."""
    members = maker.docker_files((maker.image(*LAYERS), ["a:1"]))
    listed = json.loads(members["manifest.json"])
    listed[0]["Layers"].pop()
    members["manifest.json"] = as_json(listed)

    with pytest.raises(InvalidImage, match=r"names 2 layers, manifest.json 1"):
        open_target(str(archive(tmp_path / "x.tar", members)), Options())


def test_two_manifests(maker, tmp_path):
    """An archive with two manifest.json is read by each engine as it likes, so not by us."""
    whole = tar_of(maker.docker_files((maker.image(*LAYERS), ["a:1"])))
    path = tmp_path / "x.tar"
    path.write_bytes(tar_of({"./manifest.json": b"[]"})[:1024] + whole)

    with pytest.raises(InvalidImage, match="stands twice"):
        open_target(str(path), Options())


def test_docker_before_1_10(tmp_path):
    """The oldest form gets a hint of its own."""
    path = archive(tmp_path / "x.tar", {"repositories": b"{}"})

    with pytest.raises(InvalidImage) as caught:
        open_target(str(path), Options())
    assert "before 1.10" in caught.value.hint()
