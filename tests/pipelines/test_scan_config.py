"""A secret in the config of an image is found wherever it stands there, once."""

import pytest
from msgspec.structs import replace

from pratique.model.image import HistoryEntry
from pratique.model.package import LayerRef
from pratique.pipelines.place_spots import fingerprint_under
from pratique.pipelines.scan_config import scan_config, shown_image
from tests.makers import layer as make
from tests.makers.spotter import Spotter

MAKE = fingerprint_under(b"key")


def test_every_text_is_looked_at_and_equal_values_are_one_finding() -> None:
    """ENV is named first; the build step that set it is evidence."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, make.tar(make.file("a", b"x")))
    config = replace(
        image.config,
        env=("PATH=/bin", "KEY=treasure"),
        labels={"note": "a treasure"},
        cmd=("run", "--treasure"),
        history=(
            HistoryEntry(created_by="COPY a"),
            HistoryEntry(created_by="KEY=treasure", empty_layer=True),
            HistoryEntry(created_by="RUN echo treasure", empty_layer=True),
        ),
    )
    found = scan_config(replace(image, config=config), Spotter(), MAKE)
    places = {one.location: [e.name for e in one.evidence] for one in found}
    assert places == {
        "config: CMD": ["config: CMD"],
        "config: ENV KEY": ["config: ENV KEY", "config: build step 2"],
        "config: LABEL note": ["config: LABEL note"],
        "config: build step 3": ["config: build step 3"],
    }
    assert len({one.id for one in found}) == 4


def test_a_build_step_names_its_layer() -> None:
    """The layer is the one that the step made."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, make.tar(make.file("a", b"x")), make.tar(make.file("b", b"x")))
    history = (
        HistoryEntry(created_by="one"),
        HistoryEntry(created_by="none", empty_layer=True),
        HistoryEntry(created_by="RUN treasure"),
    )
    refs = [
        LayerRef(index=layer.index, blob=layer.blob.digest, diff_id=layer.diff_id)
        for layer in image.layers
    ]
    told = replace(image, config=replace(image.config, history=history))
    (one,) = scan_config(told, Spotter(), MAKE, refs)
    assert one.layer == refs[1]


def test_what_is_shown_of_an_image_holds_no_value() -> None:
    """Steps of layers, labels and annotations go into reports; ENV and history do not."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, make.tar(make.file("a", b"x")))
    image = replace(
        image,
        layers=(replace(image.layers[0], created_by="RUN login treasure"),),
        config=replace(image.config, labels={"k": "treasure"}),
        annotations={"a": "my treasure"},
    )
    shown = shown_image(image, Spotter())
    assert shown.layers[0].created_by == "RUN login ***"
    assert shown.config.labels == {"k": "***"}
    assert shown.annotations == {"a": "my ***"}


def _steps(*texts: str):
    blobs = make.FakeBlobs()
    image = make.image(blobs, make.tar(make.file("a", b"x")))
    history = tuple(HistoryEntry(created_by=text, empty_layer=True) for text in texts)
    labels = {f"k{n}": text for n, text in enumerate(texts)}
    return replace(image, config=replace(image.config, history=history, labels=labels))


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        (["x" * 500_000, "y" * 500_000, "z" * 100_000], "bytes"),
        (["x"] * 3_000, "texts"),
        ([f"treasure {n}" for n in range(1_200)], "more than 1000 secrets"),
    ],
)
def test_a_config_over_the_bounds_is_told_and_not_shown(texts: list[str], reason: str) -> None:
    """What was not looked at may hold a secret."""
    told: list[str] = []
    image = _steps(*texts)
    assert len(scan_config(image, Spotter(), MAKE, (), told.append)) <= 1_000
    assert len(told) == 1
    assert reason in told[0]
    shown = shown_image(_steps("a treasure", "x" * 1_048_570, "treasure"), Spotter())
    assert list(shown.config.labels.values()) == ["a ***", "(not shown)", "***"]


def test_one_value_in_a_thousand_steps_names_some() -> None:
    """The list of its places is bounded."""
    (one, *_) = scan_config(_steps(*["KEY=treasure"] * 2_000), Spotter(word=b"KEY"), MAKE)
    assert len(one.evidence) <= 20
