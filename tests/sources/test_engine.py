"""A daemon's image is inspected first; it is exported once, only when a layer must be read."""

import json
import os
import socket
import tempfile
from pathlib import Path

import pytest

from pratique.kit.limits import Limits
from pratique.model.errors import StorageError, UsageError
from pratique.model.image import Platform
from pratique.sources._engine import UNKNOWN_SIZE, Engine, open_image, unix_socket
from pratique.sources.interface import (
    InvalidImage,
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)
from tests.makers.engine import FakeEngine
from tests.makers.image import ImageMaker, packed, tar_of
from tests.sources.test_archive import NOBODY, open_files

LAYERS = ({"a": b"1"}, {"b": b"2"})


@pytest.fixture
def daemon():
    maker = ImageMaker()
    with (
        tempfile.TemporaryDirectory(prefix="pq-") as folder,  # socket paths must be short
        FakeEngine(Path(folder) / "s", maker, maker.image(*LAYERS)).running() as engine,
    ):
        yield engine


def opened(daemon, name="app:1", **options):
    return open_image(Engine("docker", daemon.socket, "docker pull"), name, Options(**options))


def test_inspect_first(daemon):
    """Config, diff IDs and steps come without an export."""
    found = opened(daemon)
    image = found.images[0]
    found.close()

    assert (image.digest, image.name) == (daemon.id, "app:1")
    assert [layer.blob.digest for layer in image.layers] == daemon.config["rootfs"]["diff_ids"]
    assert [layer.created_by for layer in image.layers] == ["step 0", "step 1"]
    assert {layer.blob.size_bytes for layer in image.layers} == {UNKNOWN_SIZE}
    assert not found.blobs.local
    assert daemon.asked == ["/images/app:1/json", f"/images/{daemon.id}/history"]


def test_no_history(daemon):
    """A daemon that fails to list the steps still gives the image, with empty steps."""
    daemon.answers["history"] = (500, b"")
    found = opened(daemon)
    found.close()

    assert [layer.created_by for layer in found.images[0].layers] == ["", ""]


def test_one_export(daemon):
    """All layers come out of one export, asked for by id, as plain tars; it is gone at the end."""
    before = open_files()
    found = opened(daemon)
    for layer, members in zip(found.images[0].layers, LAYERS, strict=True):
        with found.blobs.open(layer.blob) as stream:
            assert stream.read() == tar_of(members)
    assert daemon.asked[2:] == [f"/images/{daemon.id}/get"]
    found.close()
    assert open_files() == before


@pytest.mark.parametrize("way", ["gzip", "zstd"])
def test_packed_layers_of_an_export(daemon, way):
    """An engine that exports layers packed still gives the tar that the diff ID is of."""
    maker = ImageMaker()
    members = maker.docker_files((maker.image(*LAYERS), ["app:1"]))
    for name in json.loads(members["manifest.json"])[0]["Layers"]:
        members[name] = packed(members[name], way)
    daemon.export = tar_of(members)

    found = opened(daemon)
    with found.blobs.open(found.images[0].layers[0].blob) as stream:
        assert stream.read() == tar_of(LAYERS[0])
    found.close()


def test_an_export_of_something_else(daemon):
    """An export with other layers than were announced is refused; so is one that is no image."""
    maker = ImageMaker()
    for export in (
        tar_of(maker.docker_files((maker.image({"c": b"3"}), ["app:1"]))),
        tar_of({"x": b""}),
        b"nothing",
    ):
        daemon.export = export
        found = opened(daemon)
        with pytest.raises(InvalidImage):
            found.blobs.open(found.images[0].layers[0].blob)
        found.close()


def test_an_export_that_is_too_large(daemon):
    """The export is bounded."""
    found = opened(daemon, limits=Limits(tar_bytes=1000))

    with pytest.raises(InvalidImage, match="larger than a scan allows"):
        found.blobs.open(found.images[0].layers[0].blob)
    found.close()


def test_no_room_for_an_export(daemon, monkeypatch):
    """No temporary place is a storage error that names TMPDIR."""
    found = opened(daemon)
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")

    with pytest.raises(StorageError) as caught:
        found.blobs.open(found.images[0].layers[0].blob)
    assert "TMPDIR" in caught.value.hint()
    found.close()


@pytest.mark.parametrize("name", ["", "../containers/json", "a b", "a?x=1", "-x", "x" * 600])
def test_names(daemon, name):
    """What is no image name never becomes part of a URL."""
    with pytest.raises(TargetNotFound):
        opened(daemon, name)
    assert daemon.asked == []


def test_an_absent_image(daemon):
    """The hint says how to get the image."""
    with pytest.raises(TargetNotFound, match="docker has no image nope:1") as caught:
        opened(daemon, "nope:1")
    assert "docker pull nope:1" in caught.value.hint()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((500, b""), TargetRefused),
        ((200, b"{}"), InvalidImage),
        ((200, b'{"Id":"x","RootFS":{"Layers":["y"]}}'), InvalidImage),
        ((200, b"x" * 9_000_000), InvalidImage),
    ],
)
def test_odd_answers(daemon, answer, kind):
    """What a daemon should not answer is refused."""
    daemon.answers["json"] = answer
    with pytest.raises(kind):
        opened(daemon)


def test_the_wanted_platform(daemon):
    """An image of another platform is not taken for the wanted one."""
    opened(daemon, platform=Platform("linux", "amd64")).close()
    with pytest.raises(TargetNotFound, match="linux/arm64"):
        opened(daemon, platform=Platform("linux", "arm64"))


def test_no_daemon(tmp_path, monkeypatch):
    """No socket, a dead one and one without rights are told apart."""
    monkeypatch.chdir(tmp_path)
    dead = Path("dead")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(dead))
    for path in (Path("none"), dead):
        with pytest.raises(TargetUnreachable, match="no answer on") as caught:
            open_image(Engine("docker", path, "docker pull"), "x", Options())
        assert "is it running" in caught.value.hint()
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        with pytest.raises(TargetRefused, match="may not use"):
            open_image(Engine("docker", dead, "docker pull"), "x", Options())
    finally:
        os.seteuid(was)


def test_addresses():
    """Only unix sockets are spoken to; others get a way round."""
    assert unix_socket("unix:///x", "docker") == Path("/x")
    with pytest.raises(UsageError) as caught:
        unix_socket("tcp://h:2375", "docker")
    assert "docker save" in caught.value.hint()
