"""Logins are read from the records of the C library, of either size."""

import shutil
import struct
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.node.utmp import read_login, record_bytes
from pratique.model.observation import LoggedIn

SMALL, LARGE = "<hxxi32s4s32s256shhiii16s20x", "<hxxi32s4s32s256shhqqq16s20x4x"
IPV4 = bytes([192, 0, 2, 7]) + bytes(12)


def record(kind=7, user=b"ann", host=b"", address=IPV4, layout=SMALL):
    """Return one record."""
    texts = (b"pts/0", b"ts/0", user, host)
    return struct.pack(layout, kind, 70, *texts, 0, 0, 1, 1_700_000_000, 250_000, address)


@pytest.mark.parametrize("layout", [SMALL, LARGE])
def test_a_login(layout):
    """Who, from where, when."""
    time_ns, pid, login = read_login(record(layout=layout))
    assert (time_ns, pid) == (1_700_000_000_250_000_000, 70)
    assert login == LoggedIn("ann", source="192.0.2.7", terminal="pts/0", service="login")


def test_sources():
    """The name that was noted counts before the address."""
    assert read_login(record(host=b"desk.example"))[2].source == "desk.example"
    assert read_login(record(address=bytes(16)))[2].source == ""
    assert read_login(record(address=bytes(15) + b"\1"))[2].source == "::1"


def test_failures():
    """Every record of btmp is one."""
    found = read_login(record(kind=6), failed=True)
    assert found is not None
    assert not found[2].success


@pytest.mark.parametrize(
    "content", [record(kind=2), record(kind=8), record(user=b""), b"", b"x" * 99]
)
def test_other_records(content):
    """Starts of the machine, ends of sessions and damage are no logins."""
    assert read_login(content) is None


def test_sizes():
    """They are the C library's."""
    assert record_bytes("x86_64") == struct.calcsize(SMALL) == 384
    assert record_bytes("aarch64") == struct.calcsize(LARGE) == 400


def test_what_last_reads(tmp_path):
    """The program that everybody uses reads our records as we do."""
    last = shutil.which("last")
    if last is None:
        pytest.skip("no last here")
    (tmp_path / "wtmp").write_bytes(record(host=b"desk.example"))
    done = subprocess.run([last, "-f", str(tmp_path / "wtmp")], capture_output=True, text=True)
    assert done.stdout.split()[:3] == ["ann", "pts/0", "desk.example"]


@given(st.binary(min_size=384, max_size=384) | st.binary(min_size=400, max_size=400))
def test_never_crashes(content):
    """Any bytes are a login or none."""
    read_login(content)
    read_login(content, failed=True)
