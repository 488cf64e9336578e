"""Numbers of the kernel are written under its names."""

import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.rules.fields.flags import (
    BPF,
    FAMILIES,
    PTRACE,
    capabilities,
    mode_bits,
    mount_flags,
    named,
    namespace_flags,
    open_flags,
    outcome,
)


def test_how_a_file_is_opened() -> None:
    """The way first, then every flag."""
    assert open_flags(os.O_RDONLY) == "O_RDONLY"
    assert open_flags(os.O_RDWR | os.O_CREAT | os.O_EXCL) == "O_RDWR|O_CREAT|O_EXCL"


def test_modes_say_who_may_what() -> None:
    """And what kind of node is made."""
    assert mode_bits(stat.S_ISUID | 0o100) == "S_ISUID|S_IXUSR"
    assert mode_bits(stat.S_IFCHR | 0o400) == "S_IFCHR|S_IRUSR"
    assert mode_bits(0) == ""


def test_namespaces_mounts_and_capabilities() -> None:
    """Each bit by its name."""
    assert namespace_flags(0x10020000) == "CLONE_NEWNS|CLONE_NEWUSER"
    assert mount_flags(1) == "RDONLY"
    assert capabilities((1 << 0) | (1 << 21)).split() == ["CAP_CHOWN", "CAP_SYS_ADMIN"]


def test_results_are_success_or_the_name_of_an_error() -> None:
    """A number that is none is written as it is."""
    assert outcome(0) == outcome(7) == "SUCCESS"
    assert outcome(-2) == "ENOENT"
    assert "9999" in outcome(-9999)


def test_numbers_of_a_table() -> None:
    """One that is not in it stays a number."""
    assert named(2, FAMILIES).endswith("AF_INET")
    assert named(16, PTRACE) == "PTRACE_ATTACH"
    assert named(5, BPF) == "BPF_PROG_LOAD"
    assert "12345" in named(12345, FAMILIES)


@pytest.mark.parametrize(
    "write", [open_flags, mode_bits, namespace_flags, mount_flags, capabilities, outcome]
)
@given(number=st.integers(-(2**63), 2**64))
def test_any_number_is_written(write: object, number: int) -> None:
    """A recording may hold any."""
    assert callable(write)
    assert isinstance(write(number), str)
