"""Standard output gets lines; what it cannot take is told."""

import io

import pytest

from pratique.outputs.channels.interface import NotDelivered
from pratique.outputs.channels.stream import StreamChannel


def test_lines() -> None:
    """One record a line, and the stream stays open."""
    stream = io.BytesIO()
    channel = StreamChannel(stream)
    channel.send([b"a", b"b"])
    channel.close()

    assert stream.getvalue() == b"a\nb\n"


def test_a_closed_stream() -> None:
    """It is said, not thrown about."""
    stream = io.BytesIO()
    stream.close()

    with pytest.raises(NotDelivered):
        StreamChannel(stream).send([b"a"])


def test_a_reader_that_went_away() -> None:
    """``| head`` ends the program as it ends any other."""

    class Gone(io.BytesIO):
        def flush(self) -> None:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        StreamChannel(Gone()).send([b"a"])
