"""What scanners saw becomes one finding for each thing, with an id that survives a rebuild."""

from collections.abc import Sequence

from pratique.model.finding import Finding, FindingKind
from pratique.model.spot import Scanner
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.place_spots import fingerprint_under, place_spots
from pratique.pipelines.scan_contents import Contents
from tests.makers import layer as make
from tests.makers.spotter import Spotter

FINGERPRINT = fingerprint_under(b"k" * 32)


def placed(
    *layers: bytes, name: Scanner = Scanner.SECRET, most: int = 100, told: list[str] | None = None
) -> Sequence[Finding]:
    blobs = make.FakeBlobs()
    image = make.image(blobs, *layers)
    settings = InspectSettings(contents=Contents([Spotter(name=name)]))
    seen = inspect_image(
        image, blobs, patterns=(), units_version="1", cache=None, settings=settings
    )
    tell = (told if told is not None else []).append
    return place_spots(seen.tree, seen.facts, FINGERPRINT, most, tell)


def test_the_second_of_a_kind_in_a_file_is_numbered() -> None:
    """An id holds neither the line nor the value, which the next build may change."""
    (first, second) = placed(make.tar(make.file("a", b"treasure 1\ntreasure 2")))

    assert (first.id, first.line) == ("secret:buried-treasure:a", 1)
    assert (second.id, second.line) == ("secret:buried-treasure:a#2", 2)
    assert first.fingerprint != second.fingerprint


def test_the_same_in_two_layers_is_one_finding_in_the_lowest() -> None:
    """With another value at the same place it is two."""
    base = make.tar(make.file("a", b"treasure 1"))
    (same,) = placed(base, make.tar(make.file("a", b"treasure 1", mode=0o600)))
    other = placed(base, make.tar(make.file("a", b"treasure 2")))

    assert same.layer is not None
    assert same.layer.index == 0
    assert len(other) == 2


def test_what_comes_back_is_not_hidden() -> None:
    """Deleted by one layer, it says so; brought back by the next one, no longer."""
    base, gone = make.tar(make.file("a", b"treasure")), make.tar(make.whiteout("a"))
    (hidden,) = placed(base, gone)
    (back,) = placed(base, gone, base)

    assert hidden.hidden_by is not None
    assert hidden.hidden_by.index == 1
    assert "its bytes still ship" in hidden.description
    assert back.hidden_by is None
    assert "still ship" not in back.description


def test_licence_texts_are_no_findings_here() -> None:
    """Malware is, and has no fingerprint: nothing of it is secret."""
    base = make.tar(make.file("a", b"treasure"))

    assert placed(base, name=Scanner.LICENCE) == ()
    (malware,) = placed(base, name=Scanner.MALWARE)
    assert (malware.kind, malware.fingerprint) == (FindingKind.MALWARE, "")


def test_a_flood_ends_aloud() -> None:
    """The image as a whole is bounded, and who reads the report knows it."""
    told: list[str] = []
    files = [make.file(str(number), b"treasure") for number in range(9)]

    assert len(placed(make.tar(*files), most=4, told=told)) == 4
    assert len(told) == 1
