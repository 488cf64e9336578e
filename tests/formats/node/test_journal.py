"""The journal's entries are read however their bytes come; only the journal's own word counts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.node.journal import MOST_ENTRY, JournalReader, told
from pratique.model.observation import LoggedIn, UnitChanged

STARTED = "39f53479d3a045ac8e11786248231fbf"
STOPPED = "9d1aaa27d60140bd96365438aad20286"


def binary(name, content):
    """Return a field whose content may hold line ends."""
    return name + b"\n" + len(content).to_bytes(8, "little") + content + b"\n"


CONTENT = (
    b"__REALTIME_TIMESTAMP=1700000000000001\n_PID=7\nOTHER=x\n"
    + binary(b"MESSAGE", b"a\n\nb")
    + b"\n\nMESSAGE=second\n\n"
)


@given(st.lists(st.integers(0, len(CONTENT)), max_size=6))
def test_entries(cuts):
    """However the bytes come, the entries are the same; fields nobody asked for are not kept."""
    reader, found = JournalReader(), []
    places = [0, *sorted(cuts), len(CONTENT)]
    for start, end in pairwise(places):
        found += reader.feed(CONTENT[start:end])
    first = {"__REALTIME_TIMESTAMP": "1700000000000001", "_PID": "7", "MESSAGE": "a\n\nb"}
    assert found == [first, {"MESSAGE": "second"}]


@pytest.mark.parametrize("step", [1000, 1 << 20])
def test_a_huge_field(step):
    """It is passed over, and the next entry is read."""
    content = b"_PID=7\n" + binary(b"COREDUMP", b"x" * (MOST_ENTRY + 5)) + b"\nMESSAGE=next\n\n"
    reader, found = JournalReader(), []
    for start in range(0, len(content), step):
        found += reader.feed(content[start : start + step])
    assert found[-1] == {"MESSAGE": "next"}


def test_units():
    """The service manager's word on a unit, nobody else's."""
    entry = {"MESSAGE_ID": STARTED, "UNIT": "a.service", "_PID": "1", "__REALTIME_TIMESTAMP": "5"}
    assert told(entry) == (5000, 1, UnitChanged("a.service"))
    assert told({**entry, "MESSAGE_ID": STOPPED})[2] == UnitChanged("a.service", started=False)
    assert told({**entry, "_PID": "70"}) is None
    assert told({**entry, "MESSAGE_ID": "x"}) is None


def test_users():
    """The program is what the journal saw, not what it called itself."""
    message = "Accepted password for ann from 192.0.2.7 port 5 ssh2"
    entry = {"MESSAGE": message, "_COMM": "sshd", "_PID": "70"}
    found = told(entry)
    assert found is not None
    assert found[:2] == (0, 70)
    assert isinstance(found[2], LoggedIn)
    assert told({"MESSAGE": message, "SYSLOG_IDENTIFIER": "sshd", "_COMM": "evil"}) is None


@given(st.lists(st.binary(max_size=60)))
def test_never_crashes(parts):
    """Any bytes are entries or none."""
    reader = JournalReader()
    for part in parts:
        for entry in reader.feed(part):
            told(entry)
