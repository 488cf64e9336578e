"""Events and answers have the kernel's layout."""

import os
import struct

import pytest

from pratique.responses import _fanotify


def event(descriptor, pid, length=24, version=3):
    return struct.pack("=IBBHQii", length, version, 0, 24, 0x40000, descriptor, pid)


@pytest.fixture
def pipe():
    reader, writer = os.pipe2(os.O_NONBLOCK)
    yield reader, writer
    os.close(reader)
    os.close(writer)


def test_events(pipe) -> None:
    """Several in one read; an overflow has no descriptor."""
    reader, writer = pipe
    os.write(writer, event(5, 70) + event(-1, 0) + event(6, 71, length=32) + bytes(8))

    assert list(_fanotify.events(reader)) == [(5, 70), (6, 71)]
    assert list(_fanotify.events(reader)) == []


def test_another_version(pipe) -> None:
    """It is not guessed at."""
    os.write(pipe[1], event(5, 70, version=4))

    with pytest.raises(OSError, match="version"):
        list(_fanotify.events(pipe[0]))


def test_answers(pipe) -> None:
    """Allow is 1, deny is 2."""
    _fanotify.answer(pipe[1], 5, deny=False)
    _fanotify.answer(pipe[1], 6, deny=True)

    assert os.read(pipe[0], 99) == struct.pack("=iIiI", 5, 1, 6, 2)
