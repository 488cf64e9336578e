"""What clamd says of a file of any layer becomes a spot there; what it did not see is told."""

from collections.abc import Iterator

from msgspec.structs import replace

from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError
from pratique.model.finding import Confidence
from pratique.model.severity import Severity
from pratique.model.spot import Scanner, Spot
from pratique.model.units import LayerFile
from pratique.model.unknown import Weight
from pratique.pipelines.ask_clamd import ask_clamd
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from tests.makers import layer as make

BAD = Spot(Scanner.MALWARE, "clamav:Bad", "bad", Severity.HIGH, Confidence.HIGH)


class Answering:
    """A clamd that knows one word, and refuses files that hold another."""

    def scan(self, file: LayerFile) -> Iterator[Spot]:
        content = file.content()
        if b"refuse" in content:
            raise FormatError("clamd did not scan it: size limit exceeded")
        if b"evil" in content:
            yield BAD


def test_every_layer_is_asked_about() -> None:
    """Deleted files too, large files through a temporary file, unwanted ones not at all."""
    blobs = make.FakeBlobs()
    large = bytes(3000) + b"evil"
    lower = make.tar(
        make.file("gone", b"evil"), make.file("big", large), make.file("skip", b"evil")
    )
    upper = make.tar(make.whiteout("gone"), make.file("no", b"refuse"), make.file("ok", b"fine"))
    image = make.image(blobs, lower, upper)
    here = InspectSettings(in_process=True)
    facts = inspect_image(image, blobs, patterns=(), units_version="1", settings=here).facts
    limits = replace(DEFAULT, unit_memory_bytes=1000)
    told = ask_clamd(
        image, blobs, facts, Answering(), lambda path, head, size: path != "skip", limits
    )
    seen = {
        layer.entries[one.position].path: (one.spots, [u.reason for u in one.unknowns])
        for layer in told
        for one in layer.found
    }
    assert seen == {
        "gone": ((BAD,), []),
        "big": ((BAD,), []),
        "no": ((), ["clamd did not scan it: size limit exceeded"]),
    }


def test_a_clamd_that_gives_up_blocks() -> None:
    """A hundred refusals are told one by one; what comes behind them is no clean file."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, make.tar(*(make.file(f"f{n}", b"refuse") for n in range(150))))
    here = InspectSettings(in_process=True)
    facts = inspect_image(image, blobs, patterns=(), units_version="1", settings=here).facts
    (told,) = ask_clamd(image, blobs, facts, Answering(), lambda *_: True, DEFAULT)
    unknowns = [unknown for one in told.found for unknown in one.unknowns]
    assert len(unknowns) == 101
    assert [unknown.weight for unknown in unknowns].count(Weight.BLOCKING) == 1


def test_a_file_too_large_for_it_is_told() -> None:
    """What is not handed on is not clean."""
    blobs = make.FakeBlobs()
    image = make.image(blobs, make.tar(make.file("big", bytes(2000))))
    here = InspectSettings(in_process=True)
    facts = inspect_image(image, blobs, patterns=(), units_version="1", settings=here).facts
    limits = replace(DEFAULT, unit_file_bytes=1000)
    (told,) = ask_clamd(image, blobs, facts, Answering(), lambda *_: True, limits)
    assert [u.reason for one in told.found for u in one.unknowns] == [
        "the file has 2000 bytes, too many to be handed on"
    ]
