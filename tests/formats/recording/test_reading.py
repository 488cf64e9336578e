"""What was recorded is read again, whole; a cut tail is told, damage is refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.recording.reading import Recorded, Recording
from pratique.formats.recording.values import MAGIC, Header, ProcessFact, WorkloadFact
from pratique.formats.recording.writing import RecordingWriter
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.observation import Observation
from tests.makers.happenings import START, WEB, observations, process

HEADER = Header(node="node-1", sensor="ebpf", tool_version="1", started_ns=START)
FACTS = st.sampled_from(
    [
        WorkloadFact(7, 8, START, WEB),
        WorkloadFact(1, 0, START),
        ProcessFact(process("/usr/sbin/nginx", 9, "/bin/sh"), 7, 8),
    ]
)


def written(items: list[Recorded], *, packed: bool = True) -> bytes:
    file = io.BytesIO()
    writer = RecordingWriter(file.write, HEADER, packed=packed)
    for item in items:
        if isinstance(item, Observation):
            writer.observation(item)
        elif isinstance(item, WorkloadFact):
            writer.workload(item)
        else:
            writer.process(item)
    writer.close(START + 1)
    return file.getvalue()


@given(st.lists(st.one_of(observations, FACTS), max_size=20), st.booleans())
def test_what_is_read_is_what_was_written(items: list[Recorded], packed: bool) -> None:
    recording = Recording(io.BytesIO(written(items, packed=packed)))

    assert list(recording) == items
    assert recording.header == HEADER
    assert recording.cut == ""
    assert recording.end is not None
    assert recording.end.observations == sum(isinstance(one, Observation) for one in items)


@given(st.lists(observations, min_size=1, max_size=8), st.data())
def test_a_cut_tail_costs_its_last_frame_and_is_told(
    items: list[Recorded], data: st.DataObject
) -> None:
    """Whatever is read before the cut was written there; that something is missing is said."""
    facts = [WorkloadFact(7, 8, START, WEB)]
    whole = written([*facts, *items, *facts])
    first = len(written([])) - 40
    cut = data.draw(st.integers(first, len(whole) - 1))
    try:
        recording = Recording(io.BytesIO(whole[:cut]))
    except FormatError:
        return  # the header itself is cut
    found = list(recording)

    assert recording.cut
    assert found == [*facts, *items, *facts][: len(found)]


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused_or_told(noise: bytes) -> None:
    """Damage never passes for a whole recording without its being said."""
    body = written([])
    try:
        recording = Recording(io.BytesIO(body[: body.rindex(b"E")] + noise))
        list(recording)
    except FormatError:
        return
    assert recording.cut or recording.end is not None


def test_frames_of_a_later_kind_are_passed_over_and_counted() -> None:
    body = written([])
    at = body.index(b"H", len(MAGIC)) + 5
    at += int.from_bytes(body[at - 4 : at], "big")
    recording = Recording(io.BytesIO(body[:at] + b"X\0\0\0\1!" + body[at:]))

    assert list(recording) == []
    assert recording.passed_over == 1
    assert recording.cut == ""


def test_a_frame_that_claims_too_much_is_refused_before_it_is_read() -> None:
    body = written([])
    at = body.rindex(b"E")
    recording = Recording(io.BytesIO(body[:at] + b"O\xff\xff\xff\xff"))
    with pytest.raises(LimitExceeded, match="frame of 4294967295 bytes"):
        list(recording)


def test_a_packed_frame_that_would_swell_is_refused() -> None:
    import zstandard

    bomb = zstandard.ZstdCompressor().compress(bytes(64 << 20))
    body = written([])
    at = body.rindex(b"E")
    recording = Recording(io.BytesIO(body[:at] + b"o" + len(bomb).to_bytes(4, "big") + bomb))
    with pytest.raises(LimitExceeded, match="too large"):
        list(recording)


@pytest.mark.parametrize("body", [b"", b"hello world", MAGIC, MAGIC + b"O\0\0\0\0"])
def test_what_is_no_recording_is_refused(body: bytes) -> None:
    with pytest.raises(FormatError):
        Recording(io.BytesIO(body))


def test_a_recording_of_a_later_version_is_refused() -> None:
    file = io.BytesIO()
    RecordingWriter(file.write, Header(version=2)).close(0)
    with pytest.raises(FormatError, match="version 2"):
        Recording(io.BytesIO(file.getvalue()))
