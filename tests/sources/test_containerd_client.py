"""A running containerd is spoken to through `ctr`, whose failures are never short blobs."""

import json
import sys

import pytest

from pratique.sources.containerd import open_target
from pratique.sources.interface import (
    ForeignLayer,
    InvalidImage,
    Options,
    TargetNotFound,
    TargetRefused,
    TargetUnreachable,
)
from tests.makers.image import OCI_MANIFEST, ImageMaker, as_json

FAKE = f"""#!{sys.executable}
import json, pathlib, sys
heap = pathlib.Path(__file__).parent / "heap"
state = json.loads((heap / "state.json").read_text())
if state.get("fault"):
    sys.exit(state["fault"])
match sys.argv[1:]:
    case ["images", "list", filter]:
        print("REF TYPE DIGEST SIZE PLATFORMS LABELS")
        for name, digest in state["images"].items():
            if filter == "name==" + name:
                print(name, "type", digest, "1.0 MiB linux/amd64 -")
    case ["content", "list", "--quiet", filter]:
        digest = filter.removeprefix("digest==")
        print(digest if (heap / digest).exists() else "")
    case ["content", "get", digest]:
        if not (heap / digest).exists():
            sys.exit("ctr: content " + digest + ": not found")
        sys.stdout.buffer.write((heap / digest).read_bytes())
        sys.stdout.flush()
        if digest in state.get("breaks", []):
            sys.exit("ctr: connection lost")
"""


class FakeContainerd:
    """A `ctr` in a folder that plays containerd out of files."""

    def __init__(self, folder):
        self.heap = folder / "heap"
        self.heap.mkdir()
        self.environ = {"PATH": str(folder), "CONTAINERD_ADDRESS": "a.sock"}
        (folder / "ctr").write_text(FAKE)
        (folder / "ctr").chmod(0o755)

    def hold(self, maker, **state):
        for digest, content in maker.blobs.items():
            (self.heap / digest).write_bytes(content)
        (self.heap / "state.json").write_text(json.dumps(state))

    def open(self, name, **more):
        return open_target(name, Options(environ=self.environ, **more))


@pytest.fixture
def containerd(tmp_path):
    return FakeContainerd(tmp_path)


def test_an_image(containerd):
    """Names as stored and as completed are found; layers come out as stored."""
    maker = ImageMaker()
    made = maker.image({"a": b"1"})
    containerd.hold(
        maker, images={"docker.io/library/app:1": made["digest"], "bare:1": made["digest"]}
    )

    for name in ("app:1", "bare:1"):
        opened = containerd.open(name)
        layer = opened.images[0].layers[0].blob
        with opened.blobs.open(layer) as stream:
            assert stream.read() == maker.blobs[layer.digest]
        opened.close()
        assert opened.images[0].digest == made["digest"]


def test_platforms(containerd):
    """An index of which one platform was pulled gives that one."""
    maker = ImageMaker()
    amd, arm = maker.image({"a": b"1"}), maker.image({"b": b"2"}, platform="linux/arm64")
    index = maker.index(
        amd | {"platform": {"os": "linux", "architecture": "amd64"}},
        arm | {"platform": {"os": "linux", "architecture": "arm64"}},
    )
    del maker.blobs[arm["digest"]]
    containerd.hold(maker, images={"app:1": index["digest"]})

    opened = containerd.open("app:1")
    opened.close()
    assert opened.images[0].digest == amd["digest"]
    with pytest.raises(InvalidImage, match="not found"):
        containerd.open("app:1", all_platforms=True)


def test_a_layer_that_breaks_off(containerd):
    """A process that fails at the end makes the read fail, however much came."""
    maker = ImageMaker()
    made = maker.image({"a": b"1"})
    containerd.hold(maker, images={"app:1": made["digest"]})
    opened = containerd.open("app:1")
    layer = opened.images[0].layers[0].blob
    containerd.hold(maker, images={}, breaks=[layer.digest])

    with (
        opened.blobs.open(layer) as stream,
        pytest.raises(TargetUnreachable, match="connection lost"),
    ):
        stream.read()


def test_a_reader_closed_early(containerd):
    """Closing a reader ends its process."""
    maker = ImageMaker()
    made = maker.image({"a": bytes(1 << 22)}, way="plain")
    containerd.hold(maker, images={"app:1": made["digest"]})
    opened = containerd.open("app:1")

    stream = opened.blobs.open(opened.images[0].layers[0].blob)
    stream.read(10)
    stream.close()
    stream.close()


def test_foreign_and_missing_layers(containerd):
    """A layer that is not there is an error, a foreign one is said to be elsewhere."""
    maker = ImageMaker()
    layer, diff_id = maker.layer({"a": b""})
    config = maker.add(
        as_json({"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": [diff_id]}}),
        "application/vnd.oci.image.config.v1+json",
    )
    del maker.blobs[layer["digest"]]
    here, elsewhere = (
        maker.add(as_json({"schemaVersion": 2, "config": config, "layers": [one]}), OCI_MANIFEST)
        for one in (layer, layer | {"urls": ["http://127.0.0.1:9/"]})
    )
    containerd.hold(maker, images={"a:1": here["digest"], "b:1": elsewhere["digest"]})

    with pytest.raises(InvalidImage, match="is absent"):
        containerd.open("a:1")
    opened = containerd.open("b:1")
    with pytest.raises(ForeignLayer):
        opened.blobs.open(opened.images[0].layers[0].blob)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("ctr: failed to dial: permission denied", TargetRefused),
        ("ctr: failed to dial: no such file", TargetUnreachable),
        ("\x1b[31m", TargetUnreachable),
    ],
)
def test_faults(containerd, fault, kind):
    """What `ctr` complains of says who must act, without control characters."""
    containerd.hold(ImageMaker(), images={}, fault=fault)
    with pytest.raises(kind) as caught:
        containerd.open("app:1")
    assert "\x1b" not in str(caught.value)


def test_not_there(containerd):
    """No image and no `ctr` are told apart."""
    containerd.hold(ImageMaker(), images={})

    with pytest.raises(TargetNotFound, match=r"docker\.io/library/app:1 in the namespace default"):
        containerd.open("app:1")
    with pytest.raises(TargetUnreachable, match="ctr cannot be run"):
        open_target("app:1", Options(environ={"PATH": "/nowhere", "CONTAINERD_ADDRESS": "a"}))
