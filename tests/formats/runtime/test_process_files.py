"""The files of a process are read as the kernel writes them, with the names programs choose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.runtime.process_files import (
    MOST_ARGUMENTS,
    Stat,
    Status,
    read_arguments,
    read_groups,
    read_stat,
    read_status,
)


@pytest.mark.parametrize("name", [b"sh", b"a) S 1 (b", b"", b"new\nline"])
def test_stat(name):
    """A name with brackets moves nothing."""
    line = b"7 (" + name + b") R 5 6 4 34816 -1 " + b"0 " * 13 + b"99 1 2\n"
    assert read_stat(line) == Stat(name.decode(), 5, 6, 4, 34816, 99)


@pytest.mark.parametrize("content", [b"", b"7 (sh) R 1", b"7 sh R", b")("])
def test_no_stat(content):
    """What is cut short is none."""
    assert read_stat(content) is None


def test_status():
    """Effective ids, the innermost pid, capabilities."""
    content = (
        b"Name:\tx\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\nNSpid:\t70\t7\nCapPrm:\tff\nCapEff:\t1\n"
    )
    assert read_status(content) == Status(2, 6, 7, 1, 0xFF, 0)
    assert read_status(b"Uid:\tx\nCapEff:\tzz\n") == Status()


def test_arguments():
    """Empty arguments count; floods are cut."""
    assert read_arguments(b"a\0\0b\xff\0") == ("a", "", "b\ufffd")
    assert read_arguments(b"") == ()
    assert len(read_arguments(b"a\0" * 9999)) == MOST_ARGUMENTS


def test_groups():
    """A path may hold colons; a removed group is said to be so."""
    assert read_groups(b"8:pids:/a:b\n1:name=systemd:/\n0::/c (deleted)\nx\n") == {
        "pids": "/a:b",
        "name=systemd": "/",
        "": "/c",
    }


@given(st.binary(max_size=200))
def test_never_crashes(content):
    """Whatever stands there, it is read or nothing."""
    read_stat(content)
    read_status(content)
    read_arguments(content)
    read_groups(content)
