"""The tracker says "complete" exactly where a zstd stream may end."""

import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.zstd_frames import FrameTracker

SKIPPABLE = b"\x51\x2a\x4d\x18" + (3).to_bytes(4, "little") + b"abc"


def frame(content: bytes, *, checksum: bool, sized: bool) -> bytes:
    compressor = zstandard.ZstdCompressor(write_checksum=checksum, write_content_size=sized)
    if sized:
        return compressor.compress(content)
    stream = compressor.compressobj()
    return stream.compress(content) + stream.flush()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.binary(max_size=300), st.booleans(), st.booleans()), max_size=4),
    st.integers(1, 50),
)
def test_complete_only_between_frames(parts: list[tuple[bytes, bool, bool]], size: int) -> None:
    """Fed in any pieces, it is complete at the end and before each frame, nowhere else."""
    frames = [frame(content, checksum=check, sized=sized) for content, check, sized in parts]
    frames.append(SKIPPABLE)
    stream = b"".join(frames)
    ends = {0}
    for one in frames:
        ends.add(max(ends) + len(one))
    for cut in {0, len(stream), *range(0, len(stream), 7), *ends}:
        tracker = FrameTracker()
        for at in range(0, cut, size):
            tracker.feed(stream[at : min(at + size, cut)])
        assert tracker.complete == (cut in ends)


def test_repeated_bytes_and_many_blocks() -> None:
    """RLE blocks have one byte whatever their size says; many blocks make one frame."""
    tracker = FrameTracker()
    tracker.feed(zstandard.compress(bytes(1 << 20)))
    assert tracker.complete
    tracker.feed(zstandard.compress(bytes(range(256)) * 4096))
    assert tracker.complete


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_break_it(noise: bytes) -> None:
    """What is no zstd stream makes it lost, never raise."""
    tracker = FrameTracker()
    tracker.feed(b"\x28\xb5\x2f\xfd" + noise)
    tracker.feed(noise)
    assert isinstance(tracker.complete, bool)
