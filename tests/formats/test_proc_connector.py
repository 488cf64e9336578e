"""Messages of the process connector are read as the kernel packs them, damaged ones refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.proc_connector import Kind, Message, read_messages, request
from pratique.model.errors import FormatError


def datagram(kind: int, body: bytes, number: int = 5, index: int = 1) -> bytes:
    """Return one message as the kernel sends it."""
    event = struct.pack("=IIQ", kind, 1, 77) + body
    inner = struct.pack("=IIIIHH", index, 1, number, 0, len(event), 0) + event
    return struct.pack("=IHHII", 16 + len(inner), 3, 0, 0, 0) + inner


CASES = {
    Kind.FORK: (struct.pack("=4I", 10, 10, 11, 11), Message(1, 1, 5, 77, 10, 10, (11, 11))),
    Kind.EXEC: (struct.pack("=2I", 11, 11), Message(2, 1, 5, 77, 11, 11)),
    Kind.UID: (struct.pack("=4I", 11, 11, 0, 1000), Message(4, 1, 5, 77, 11, 11, (0, 1000))),
    Kind.PTRACE: (struct.pack("=4I", 1, 2, 3, 4), Message(0x100, 1, 5, 77, 1, 2, (3, 4))),
    Kind.COMM: (
        struct.pack("=2I16s", 11, 10, b"a\xff\0junk"),
        Message(0x200, 1, 5, 77, 11, 10, (), "a�"),
    ),
    Kind.EXIT: (
        struct.pack("=6I", 11, 11, 256, 17, 10, 10),
        Message(0x80000000, 1, 5, 77, 11, 11, (256, 17)),
    ),
    Kind.ANSWER: (struct.pack("=I", 1), Message(0, 1, 5, 77, numbers=(1,))),
}


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.name.lower())
def test_each_kind(kind: Kind) -> None:
    """Numbers stand where the kernel's structures have them."""
    body, expected = CASES[kind]
    assert list(read_messages(datagram(kind, body))) == [expected]


def test_several_messages_and_strangers() -> None:
    """A datagram may hold more than one; another connector's are left out, new kinds kept."""
    body = CASES[Kind.EXEC][0]
    content = datagram(2, body) + datagram(2, body, index=9) + datagram(0x400, b"", number=6)
    assert [(one.kind, one.number) for one in read_messages(content)] == [(2, 5), (0x400, 6)]


@pytest.mark.parametrize("cut", [1, 17, 30, 45, 59])
def test_a_cut_message_is_refused(cut: int) -> None:
    """No part of a message is taken for the whole."""
    with pytest.raises(FormatError):
        list(read_messages(datagram(2, CASES[Kind.EXEC][0])[:cut]))


def test_a_message_shorter_than_its_kind_is_refused() -> None:
    """A fork without its child is none."""
    with pytest.raises(FormatError):
        list(read_messages(datagram(Kind.FORK, struct.pack("=2I", 1, 1))))


def test_requests_differ() -> None:
    """Beginning and ending are two different words, and carry the port."""
    begin, end = request(listen=True, port=9), request(listen=False, port=9)
    assert begin[-4:] == struct.pack("=I", 1)
    assert end[-4:] == struct.pack("=I", 2)
    assert begin[:4] == struct.pack("=I", len(begin))
    assert begin[12:16] == struct.pack("=I", 9)


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    """Any bytes are messages or an error of the format."""
    try:
        list(read_messages(content))
    except FormatError:
        pass


@given(st.sampled_from(list(CASES)), st.binary(max_size=60))
def test_any_body(kind: Kind, body: bytes) -> None:
    """A body of any length is a message or an error of the format."""
    try:
        assert len(list(read_messages(datagram(kind, body)))) == 1
    except FormatError:
        assert len(body) < len(CASES[kind][0])
