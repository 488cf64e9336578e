"""Content scanners that had enough stop; what else a layer holds is read all the same."""

import io

import pytest
from msgspec.structs import replace

from pratique.kit.kept import KeptFiles
from pratique.kit.limits import DEFAULT
from pratique.kit.record import EntryBudget, RecordReader, RecordWriter
from pratique.kit.selector import Selector
from pratique.model.digest import sha256_of
from pratique.model.image import Descriptor
from pratique.model.layer import LayerFacts
from pratique.model.units import Patterns
from pratique.model.unknown import Weight
from pratique.pipelines.inspect_layer import LayerTask, inspect_layer
from pratique.pipelines.scan_contents import Contents, Rationed
from tests.makers import layer as make
from tests.makers.layer_file import layer_file
from tests.makers.spotter import Spotter

STATUS = Patterns(paths=("var/lib/dpkg/status",), max_bytes=1000)
ROWS = b"Package: x\n" * 30


def read(
    *files: bytes, seconds: float = 1e9, scanner: bool = True, **limits: int
) -> tuple[LayerFacts, KeptFiles]:
    stored = make.tar(*files)
    bounds = replace(DEFAULT, **limits)
    kept = KeptFiles(1 << 24, 1 << 24)
    contents = Contents([Spotter()] if scanner else [], bounds)
    task = LayerTask(
        Descriptor(media_type=make.PLAIN, digest=sha256_of(stored), size_bytes=len(stored)),
        Selector([STATUS]),
        bounds,
        contents=contents,
        content_seconds=seconds,
    )
    reader = RecordReader(kept, bounds, EntryBudget(bounds))
    inspect_layer(io.BytesIO(stored), task, RecordWriter(reader.feed))
    return reader.finished(), kept


FLOOD = [make.file(f"srv/{n}", b"treasure\n" * 30) for n in range(9)]


@pytest.mark.parametrize(
    ("bounds", "reason", "seen"),
    [
        ({"layer_spots": 100}, "more than 100 things were seen in the layer", 100),
        ({"seconds": 0.0}, "took more than 0 s of CPU time", 30),
    ],
)
def test_packages_behind_a_flood_are_read(bounds, reason, seen):
    """The one blocks and is told, the other is there."""
    facts, kept = read(*FLOOD, make.file("var/lib/dpkg/status", ROWS), **bounds)
    assert kept.get(facts.entries[-1].content) == ROWS
    (unknown,) = facts.unknowns
    assert reason in unknown.reason
    assert unknown.weight is Weight.BLOCKING
    assert sum(len(one.spots) for one in facts.found) == seen


@pytest.mark.parametrize("scanner", [True, False])
def test_what_is_kept_does_not_depend_on_scanners(scanner):
    """A database too large for a unit's memory is kept, looked into or not."""
    facts, kept = read(
        make.file("var/lib/dpkg/status", ROWS), scanner=scanner, unit_memory_bytes=100
    )
    assert kept.get(facts.entries[0].content) == ROWS
    assert facts.unknowns == ()


def test_time_is_that_of_the_clock():
    """The file that took too long is told with what was seen."""
    times, wall = iter((1.0, 3.0)), iter((10.0, 11.0))
    rationed = Rationed(
        Contents([Spotter()]), DEFAULT, 2.0, lambda: next(times), lambda: next(wall)
    )
    file = layer_file("a", b"treasure")
    assert [len(rationed.look(file).spots) for _ in range(3)] == [1, 1, 0]
    assert not rationed
    assert not rationed.wants("a", lambda size: b"text", 4)


def test_cpu_time_is_asked_for_only_when_it_may_be_used_up():
    """While less time went by than there was CPU time left, it cannot be."""
    asked, wall = [], iter((10.0, 10.5, 10.9, 11.0, 11.4, 11.6))

    def clock():
        asked.append(len(asked))
        return (1.0, 1.5, 2.1)[len(asked) - 1]

    rationed = Rationed(Contents([Spotter()]), DEFAULT, 2.0, clock, lambda: next(wall))
    file = layer_file("a", b"treasure")
    told = []
    for _ in range(6):
        rationed.look(file)
        told.append((len(asked), bool(rationed.problem)))
    assert told == [(1, False)] * 3 + [(2, False)] * 2 + [(3, True)]
