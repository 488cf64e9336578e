"""The attribute is read as the kernel reads it; anything else is refused."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.file_capability import NAMES, read_capability
from pratique.model.errors import FormatError


def test_each_revision() -> None:
    """Revision 1 has one pair of words, 2 has two, 3 a user id as well."""
    one = read_capability(struct.pack("<3I", 0x01000001, 1 << 13, 0))
    two = read_capability(struct.pack("<5I", 0x02000000, 1 << 21, 1 << 10, 1 << (39 - 32), 0))
    three = read_capability(struct.pack("<6I", 0x03000001, 1, 0, 0, 0, 100000))

    assert (one.permitted, one.effective) == (("net_raw",), True)
    assert two.permitted == ("sys_admin", "bpf")
    assert two.inheritable == ("net_bind_service",)
    assert (three.permitted, three.root_uid) == (("chown",), 100000)


def test_bits_of_a_later_kernel_are_told_by_number() -> None:
    """Nothing that is granted goes unnamed."""
    later = read_capability(struct.pack("<5I", 0x02000000, 0, 0, 1 << 31, 0))

    assert later.permitted == ("bit 63",)
    assert NAMES[40] == "checkpoint_restore"


@pytest.mark.parametrize("value", [b"", b"\x00\x00\x00", bytes(20), bytes(3) + b"\x02" + bytes(8)])
def test_other_values_are_refused(value: bytes) -> None:
    """Too short, of revision 0, of a length that is not the revision's."""
    with pytest.raises(FormatError):
        read_capability(value)


@given(st.binary(max_size=32))
def test_any_bytes_are_read_or_refused(value: bytes) -> None:
    """Never another exception."""
    try:
        assert len(read_capability(value).permitted) <= 64
    except FormatError:
        pass
