"""The layout holds the image that was open: its layers byte for byte, and what starts it."""

import json

import pytest

from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.pipelines.lay_out_image import TAG, lay_out_image
from pratique.sources.interface import Options
from pratique.sources.target import open_target
from tests.makers.image import ImageMaker, archive


@pytest.fixture
def opened(tmp_path):
    maker = ImageMaker()
    config = {
        "config": {
            "Entrypoint": ["/app"],
            "Env": ["A=1"],
            "User": "7",
            "ExposedPorts": {"80/tcp": {}},
        }
    }
    made = maker.image({"app": b"1"}, {"b": b"2"}, way="zstd", config=config)
    place = archive(tmp_path / "x.tar", maker.files(made))
    with_blobs = open_target(f"oci-archive:{place}", Options(environ={}))
    yield with_blobs
    with_blobs.close()


def test_a_layout_is_the_image(opened, tmp_path):
    """Read again, it has the same layers and starts the same program as the same user."""
    image = opened.images[0]
    place = tmp_path / "laid"
    place.mkdir()
    lay_out_image(image, opened.blobs, place, DEFAULT)
    again = open_target(f"oci:{place}:{TAG}", Options(environ={}))
    (same,) = again.images
    assert [one.blob.digest for one in same.layers] == [one.blob.digest for one in image.layers]
    assert [one.diff_id for one in same.layers] == [one.diff_id for one in image.layers]
    for field in ("entrypoint", "env", "user", "exposed_ports", "platform", "cmd"):
        assert getattr(same.config, field) == getattr(image.config, field)
    again.close()
    manifest = json.loads((place / "index.json").read_bytes())["manifests"][0]
    assert manifest["annotations"] == {"org.opencontainers.image.ref.name": TAG}


def test_a_layer_that_changed_is_refused(opened, tmp_path):
    """What was inspected and what would run are the same bytes, or nothing runs."""

    class Changed:
        local = True

        def open(self, blob):
            stored = opened.blobs.open(blob)
            import io

            return io.BytesIO(stored.read() + b"more")

    with pytest.raises(FormatError, match="not what it was"):
        lay_out_image(opened.images[0], Changed(), tmp_path / "l", DEFAULT)


def test_a_layer_over_the_limit_is_refused(opened, tmp_path):
    """The disk is not filled with what a registry keeps sending."""
    from msgspec.structs import replace

    with pytest.raises(LimitExceeded):
        lay_out_image(
            opened.images[0], opened.blobs, tmp_path / "l", replace(DEFAULT, blob_bytes=10)
        )
