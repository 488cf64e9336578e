"""What later layers delete or replace is weighed in the layer that ships it."""

from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.measure_layers import hidden_bytes, measured
from tests.makers import layer as make


def test_deleted_and_replaced_bytes_are_hidden() -> None:
    """Links to a file that stands hide nothing; a single layer hides nothing."""
    blobs = make.FakeBlobs()
    lower = make.tar(
        make.file("gone", b"x" * 100), make.file("old", b"y" * 10), make.file("kept", b"z" * 1000)
    )
    upper = make.tar(make.whiteout("gone"), make.file("old", b"new"))
    image = make.image(blobs, lower, upper)
    seen = inspect_image(
        image, blobs, patterns=(), units_version="1", settings=InspectSettings(in_process=True)
    )
    assert hidden_bytes(seen.facts, seen.tree) == [110, 0]
    assert [layer.hidden_bytes for layer in measured(image, seen.facts, seen.tree).layers] == [
        110,
        0,
    ]
    assert hidden_bytes(seen.facts[:1], seen.tree) == [0]
