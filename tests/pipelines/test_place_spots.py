"""However many things were seen, their findings have ids of their own and are bounded."""

from msgspec.structs import replace

from pratique.kit.limits import DEFAULT
from pratique.model.finding import Finding
from pratique.model.unknown import Unknown, Weight
from pratique.pipelines.find_contraband import find_contraband
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.load_contents import ContentSettings
from pratique.pipelines.scan_contents import Contents
from tests.makers import layer as make
from tests.makers.spotter import Spotter


def found(*layers: bytes, **bounds: int) -> tuple[tuple[Finding, ...], tuple[Unknown, ...]]:
    blobs = make.FakeBlobs()
    image = make.image(blobs, *layers)
    contents = Contents([Spotter()], replace(DEFAULT, **bounds))
    how = InspectSettings(contents=contents, in_process=True)
    seen = inspect_image(image, blobs, patterns=(), units_version="1", settings=how)
    done = find_contraband(image, seen, contents, ContentSettings(fingerprint_key="k"))
    return done.findings, done.unknowns


def written_over(times: int, each: int) -> list[bytes]:
    """Return layers that write one file anew, each time with other values."""
    return [
        make.tar(make.file("a", b"".join(b"treasure %d %d\n" % (n, m) for m in range(each))))
        for n in range(times)
    ]


def test_one_file_of_many_layers_has_as_many_findings() -> None:
    """The numbers behind its ids go on."""
    findings, unknowns = found(*written_over(40, 90))
    numbers = {int(one.id.partition("#")[2] or 1) for one in findings}
    assert numbers == set(range(1, 40 * 90 + 1))
    assert unknowns == ()


def test_a_name_that_looks_like_a_numbered_id_takes_none_away() -> None:
    """A path may end with ``#2``."""
    layer = make.tar(make.file("a#2", b"treasure"), make.file("a", b"treasure 1\ntreasure 2"))
    findings, _ = found(layer)
    assert [one.id.rpartition(":")[2] for one in findings] == ["a", "a#2", "a#3"]


def test_more_than_an_image_may_have_is_told_and_blocks() -> None:
    """Those of the lowest layers are kept."""
    findings, (unknown,) = found(*written_over(5, 9), image_spots=20)
    assert len(findings) == 20
    assert {one.layer.index for one in findings if one.layer} == {0, 1, 2}
    assert unknown.weight is Weight.BLOCKING
    assert "more than 20" in unknown.reason
