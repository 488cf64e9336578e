"""The tables of sockets are read as the kernel writes them; foreign lines are passed over."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.socket_files import LISTENING, NAMES, SocketRow, read_sockets

little = pytest.mark.skipif(sys.byteorder != "little", reason="the samples are little endian")
HEAD = b"  sl  local_address rem_address   st tx_queue rx_queue tr\n"
TCP = b"""\
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000 0 4242 1 0 100 0
   1: 0100007F:1F90 0200007F:C350 01 00000000:00000000 00:00000000 00000000     0 0 4243 1 0 20 4
nonsense
   2: 0100007F 0200007F:C350 01 00000000:00000000 00:00000000 00000000     0 0 4244 1 0 20 4
"""
TCP6 = b"""\
   0: 0000000000000000FFFF00000100007F:0016 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 7 1
   1: 00000000000000000000000001000000:0016 B80D0120000000000000000001000000:0050 01 0:0 00:0 0 0 0 8 1
"""
UNIX = b"""\
Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01  1149 /run/a b.sock
0000000000000000: 00000003 00000000 00000000 0002 03  1150
0000000000000000: 00000002 00000000 00010000 0001 01 77 @abstract
"""


@little
def test_tcp() -> None:
    """State, both ends, owner and inode; a listener has no other end."""
    listener, connection = read_sockets("tcp", HEAD + TCP)
    assert listener == SocketRow(4242, 2, 1, 6, LISTENING, "127.0.0.1", 8080, "", 0, "", 1000)
    assert (connection.remote_address, connection.remote_port) == ("127.0.0.2", 50000)
    assert connection.state == 1


@little
def test_tcp6() -> None:
    """Mapped addresses are written as IPv4."""
    mapped, real = read_sockets("tcp6", HEAD + TCP6)
    assert (mapped.local_address, mapped.family) == ("127.0.0.1", 10)
    assert (real.local_address, real.remote_address) == ("::1", "2001:db8::1")


def test_unix() -> None:
    """Listening ones are told apart; a path keeps its blanks."""
    found = list(read_sockets("unix", UNIX))
    assert [(one.inode, one.state, one.path, one.kind) for one in found] == [
        (1149, LISTENING, "/run/a b.sock", 1),
        (1150, 0, "", 2),
        (77, LISTENING, "@abstract", 1),
    ]


@given(st.sampled_from(NAMES), st.binary(max_size=300))
def test_any_bytes(name: str, content: bytes) -> None:
    """Any bytes give sockets or none."""
    list(read_sockets(name, b"head\n" + content))


@given(
    st.sampled_from(NAMES),
    st.lists(st.from_regex(rb"[0-9A-Fa-f:]{0,40}", fullmatch=True), max_size=14),
)
def test_any_fields(name: str, fields: list[bytes]) -> None:
    """Fields that nearly fit give a socket or none."""
    list(read_sockets(name, b"head\n" + b" ".join(fields)))
