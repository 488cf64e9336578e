"""A writer holds nothing back after a flush, and packs where that gains."""

import io

from pratique.formats.recording.reading import Recording
from pratique.formats.recording.values import Header
from pratique.formats.recording.writing import RecordingWriter
from pratique.model.observation import Observation, Opened
from tests.makers.happenings import START

SEEN = Observation("openat", Opened("/etc/passwd"), START, 7, comm="cat")


def test_after_a_flush_everything_is_on_its_way() -> None:
    file = io.BytesIO()
    writer = RecordingWriter(file.write, Header())
    writer.observation(SEEN)
    writer.flush()

    assert list(Recording(io.BytesIO(file.getvalue()))) == [SEEN]


def test_many_equal_observations_take_little_room() -> None:
    packed, plain = io.BytesIO(), io.BytesIO()
    for file in (packed, plain):
        writer = RecordingWriter(file.write, Header(), packed=file is packed)
        for _ in range(2000):
            writer.observation(SEEN)
        writer.close(START)

    assert len(packed.getvalue()) * 20 < len(plain.getvalue())


def test_a_run_that_is_too_long_for_one_frame_becomes_several() -> None:
    file = io.BytesIO()
    writer = RecordingWriter(file.write, Header(), packed=False)
    long = Observation("openat", Opened("/" + "a" * 40_000), START, 7)
    for _ in range(500):
        writer.observation(long)
    writer.close(START)

    assert list(Recording(io.BytesIO(file.getvalue()))) == [long] * 500
