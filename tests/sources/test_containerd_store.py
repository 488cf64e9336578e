"""containerd's own files are read without it; what is not there is said with the way out."""

import os

import pytest

from pratique.sources.containerd import open_target
from pratique.sources.interface import (
    InvalidImage,
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)
from tests.makers import bolt
from tests.makers.image import ImageMaker

DATABASE = "io.containerd.metadata.v1.bolt/meta.db"


class Root:
    """A containerd root in a folder, made of files."""

    def __init__(self, folder):
        self.path = folder / "containerd"
        self.blobs = self.path / "io.containerd.content.v1.content/blobs/sha256"
        self.blobs.mkdir(parents=True)
        (self.path / DATABASE).parent.mkdir()

    def hold(self, maker, namespaces):
        for digest, content in maker.blobs.items():
            (self.blobs / digest.removeprefix("sha256:")).write_bytes(content)
        spaces = {
            space.encode(): {
                b"images": {
                    name.encode(): {b"target": {b"digest": digest.encode(), b"size": b"\x02"}}
                    for name, digest in images.items()
                }
            }
            for space, images in namespaces.items()
        }
        (self.path / DATABASE).write_bytes(bolt.bolt({b"v1": spaces}))

    def open(self, name, namespace="", **more):
        environ = {"CONTAINERD_NAMESPACE": namespace} if namespace else {}
        return open_target(name, Options(environ=environ, containerd_root=self.path, **more))


@pytest.fixture
def root(tmp_path):
    return Root(tmp_path)


@pytest.fixture
def made():
    maker = ImageMaker()
    return maker, maker.image({"a": b"1"})


def test_an_image(root, made):
    """Names as stored and as completed are found; layers come out as stored."""
    maker, image = made
    images = {"docker.io/library/app:1": image["digest"], "bare:1": image["digest"]}
    root.hold(maker, {"default": images})

    for name in ("app:1", "bare:1"):
        opened = root.open(name)
        layer = opened.images[0].layers[0].blob
        with opened.blobs.open(layer) as stream:
            assert stream.read() == maker.blobs[layer.digest]
        opened.close()
        assert opened.images[0].digest == image["digest"]
        assert opened.blobs.local


def test_namespaces_are_apart(root, made):
    """An image is looked for in one namespace; the hint names the one that has it."""
    maker, image = made
    other = maker.image({"b": b"2"})
    root.hold(maker, {
        "default": {"docker.io/library/app:1": image["digest"]},
        "k8s.io": {"docker.io/library/app:1": other["digest"],
                   "docker.io/library/web:1": other["digest"]},
    })  # fmt: skip

    assert root.open("app:1").images[0].digest == image["digest"]
    assert root.open("app:1", "k8s.io").images[0].digest == other["digest"]
    with pytest.raises(TargetNotFound) as caught:
        root.open("web:1")
    assert caught.value.hint() == "it is in the namespace k8s.io: CONTAINERD_NAMESPACE=k8s.io"
    with pytest.raises(TargetNotFound) as caught:
        root.open("none:1")
    assert caught.value.hint() == "it holds app:1"
    with pytest.raises(TargetNotFound) as caught:
        root.open("none:1", "empty")
    assert caught.value.hint().endswith("namespaces: default, k8s.io")


def test_layers_that_were_thrown_away(root, made):
    """An image whose layers were discarded after unpacking is refused with that reason."""
    maker, image = made
    root.hold(maker, {"default": {"app:1": image["digest"]}})
    layer = root.open("app:1").images[0].layers[0].blob.digest
    (root.blobs / layer.removeprefix("sha256:")).unlink()

    with pytest.raises(InvalidImage, match=r"layer 0 .* is absent") as caught:
        root.open("app:1")
    assert "discard_unpacked_layers" in caught.value.hint()


def test_no_database(root):
    """A root without a database says what to name; one that may not be read says who may."""
    with pytest.raises(TargetNotFound) as caught:
        root.open("app:1")
    assert "PRATIQUE_CONTAINERD_ROOT" in caught.value.hint()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_rights(root, made):
    """A database that may not be read says who may."""
    maker, image = made
    root.hold(maker, {"default": {"app:1": image["digest"]}})
    (root.path / DATABASE).chmod(0)
    with pytest.raises(TargetRefused) as caught:
        root.open("app:1")
    assert caught.value.hint() == "run as root"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no bolt database"),
        (bolt.bolt({b"v1": {b"default": {b"images": {b"app:1": {b"target": {b"digest": b"../x"}}}}}}), "app:1"),
    ],
)  # fmt: skip
def test_a_damaged_database(root, content, words):
    """Damage is named with the file; a digest that is none never becomes a path."""
    (root.path / DATABASE).write_bytes(content)
    with pytest.raises(InvalidImage, match=words):
        root.open("app:1")


def test_a_database_that_changes_all_the_time(root, made, monkeypatch):
    """Each try that a commit fell into is made again, and not for ever."""
    maker, image = made
    root.hold(maker, {"default": {"app:1": image["digest"]}})
    place = root.path / DATABASE
    body = place.read_bytes()
    read, calls = os.pread, []

    def commits(fd, size, offset):
        found = read(fd, size, offset)
        calls.append(offset)
        if offset == 0 and len(calls) < busy[0]:
            pages = len(body) // 4096
            root_page = int.from_bytes(body[32:40], "little")
            with place.open("r+b") as file:
                file.write(bolt.meta(0, root_page, pages, 10 + len(calls)))
        return found

    busy = [30]
    monkeypatch.setattr("pratique.sources._containerd_store.os.pread", commits)
    assert root.open("app:1").images[0].digest == image["digest"]
    busy[0] = 1 << 30
    with pytest.raises(TargetUnreachable, match="changes all the time"):
        root.open("app:1")
