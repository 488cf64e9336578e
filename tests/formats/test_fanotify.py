"""Events of fanotify are read as the kernel packs them, damaged ones refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.fanotify import FileEvent, Mask, Place, read_events
from pratique.model.errors import FormatError


def event(mask: int, fd: int, pid: int, records: bytes = b"", version: int = 3) -> bytes:
    """Return one event."""
    return struct.pack("=IBBHQii", 24 + len(records), version, 0, 24, mask, fd, pid) + records


def place(kind: int, name: bytes) -> bytes:
    """Return a record that names a place."""
    rest = struct.pack("=8sIi", b"filesyst", 4, -2) + b"hand" + name + b"\0"
    return struct.pack("=BBH", kind, 0, 4 + len(rest)) + rest


def test_descriptors() -> None:
    """Events follow one another; each has its file's descriptor."""
    content = event(Mask.OPENED, 7, 100) + event(Mask.WRITTEN | Mask.OPENED, 8, 101)
    assert list(read_events(content)) == [
        FileEvent(Mask.OPENED, 100, 7, -3),
        FileEvent(Mask.OPENED | Mask.WRITTEN, 101, 8, -3),
    ]


@pytest.mark.parametrize(("pidfd", "gone"), [(9, False), (-1, True), (-2, False)])
def test_processes(pidfd: int, gone: bool) -> None:
    """A process that ended is told apart from one that has no descriptor for another reason."""
    (found,) = read_events(event(Mask.OPENED, 7, 1, struct.pack("=BBHi", 4, 0, 8, pidfd)))
    assert (found.pidfd, found.gone) == (pidfd, gone)


def test_names() -> None:
    """A name in a folder; both names of a move; records that are not known are passed over."""
    unknown = struct.pack("=BBHi", 99, 0, 8, 0)
    content = event(Mask.CREATED, -1, 5, unknown + place(2, b"a\xff"))
    content += event(Mask.RENAMED, -1, 5, place(10, b"old") + place(12, b"new"))
    made, moved = read_events(content)
    assert made.place == Place(b"filesyst", b"hand", -2, "a�")
    assert moved.place is not None
    assert moved.new_place is not None
    assert (moved.place.name, moved.new_place.name) == ("old", "new")


@pytest.mark.parametrize(
    "content",
    [
        event(1, 1, 1)[:20],
        event(1, 1, 1, version=4),
        event(1, 1, 1)[:-4] + b"\0\0",
        struct.pack("=IBBHQii", 99, 3, 0, 24, 1, 1, 1),
        struct.pack("=IBBHQii", 24, 3, 0, 4, 1, 1, 1),
        event(1, 1, 1, struct.pack("=BBH", 4, 0, 200)),
        event(1, 1, 1, struct.pack("=BBH", 2, 0, 4)),
        event(1, 1, 1, struct.pack("=BBH8sIi", 2, 0, 20, b"filesyst", 99, 1)),
    ],
)
def test_damage_is_refused(content: bytes) -> None:
    """A length, version or record that does not fit is an error."""
    with pytest.raises(FormatError):
        list(read_events(content))


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    """Any bytes are events or an error of the format."""
    try:
        list(read_events(content))
    except FormatError:
        pass


@given(st.binary(max_size=100))
def test_any_records(records: bytes) -> None:
    """Any records are understood or an error of the format."""
    try:
        (found,) = read_events(event(1, -1, 1, records))
    except FormatError:
        return
    assert found.pid == 1
