"""A program gets lines on its standard input, and is started again when it died."""

import sys
import time

import pytest

from pratique.outputs.channels.interface import NotDelivered
from pratique.outputs.channels.program import ProgramChannel

COPY = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read())"
ONE = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.readline())"
ASLEEP = "import time; time.sleep(60)"


def test_lines_reach_it(tmp_path) -> None:
    """It is run with its arguments as they are: no shell reads them."""
    place = tmp_path / "a; touch b"
    channel = ProgramChannel((sys.executable, "-c", COPY, str(place)))
    channel.send([b"one", b"$(two)"])
    channel.send([b"three"])
    channel.close()

    assert place.read_bytes() == b"one\n$(two)\nthree\n"
    assert list(tmp_path.iterdir()) == [place]


def test_one_that_ended_is_started_again(tmp_path) -> None:
    """A new one takes the next record."""
    place = tmp_path / "out"
    channel = ProgramChannel((sys.executable, "-c", ONE, str(place)))
    for record in (b"one", b"two"):
        channel.send([record])
        running = channel._running
        running.wait(10)
    channel.close()

    assert place.read_bytes() == b"one\ntwo\n"


def test_none_there(tmp_path) -> None:
    """It can be tried again once it is installed."""
    with pytest.raises(NotDelivered) as caught:
        ProgramChannel((str(tmp_path / "none"),)).send([b"a"])

    assert not caught.value.refused


def test_one_that_does_not_read_holds_up_nothing_for_ever() -> None:
    """After the time-out it is ended."""
    channel = ProgramChannel((sys.executable, "-c", ASLEEP), timeout_s=0.3)
    began = time.monotonic()

    with pytest.raises(NotDelivered, match="has not read"):
        channel.send([b"x" * 100_000] * 20)

    assert time.monotonic() - began < 30
