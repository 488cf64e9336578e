"""A journal gives back every record in order, at least once, through crashes and full disks."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.journal import LEAST_BYTES, Journal
from pratique.model.errors import StorageError


def drained(journal, most=7):
    """Take everything."""
    found = []
    while (batch := journal.read(most)).records:
        found += batch.records
        journal.acknowledge(batch.end)
    return found


def test_records_come_in_order_and_once(tmp_path) -> None:
    """Over many segments; taken ones leave the disk."""
    journal = Journal(tmp_path / "j", max_bytes=1 << 20)
    wanted = [b"%d " % number * 50 for number in range(3000)]
    for record in wanted:
        journal.append(record)
    assert journal.waiting == 3000

    assert drained(journal) == wanted
    assert journal.waiting == 0
    assert len(list((tmp_path / "j").glob("*.log"))) == 1
    journal.close()


def test_what_was_not_acknowledged_comes_again(tmp_path) -> None:
    """After a restart the reader begins at the front that it confirmed last."""
    first = Journal(tmp_path / "j")
    for number in range(10):
        first.append(b"%d" % number)
    first.acknowledge(first.read(3).end)
    first.read(100)
    first.close()

    second = Journal(tmp_path / "j")

    assert drained(second) == [b"%d" % number for number in range(3, 10)]
    assert second.append(b"x") == 10
    second.close()


def test_reading_changes_nothing(tmp_path) -> None:
    """The same front is read until it is acknowledged."""
    journal = Journal(tmp_path / "j")
    journal.append(b"a")

    assert journal.read(5) == journal.read(5)
    journal.close()


def test_the_oldest_go_when_it_is_full(tmp_path) -> None:
    """The folder stays below its bound; what was dropped is counted exactly, the rest is in order."""
    journal = Journal(tmp_path / "j", max_bytes=LEAST_BYTES)
    for number in range(2000):
        journal.append(b"%08d" % number * 16)
        assert journal.size_bytes <= LEAST_BYTES

    found = drained(journal)

    assert journal.dropped > 0
    assert found[0] == b"%08d" % journal.dropped * 16
    assert journal.dropped + len(found) == 2000
    journal.close()


def test_what_is_dropped_while_it_is_read_is_counted(tmp_path) -> None:
    """Acknowledging records that were dropped meanwhile lets go of nothing else."""
    journal = Journal(tmp_path / "j", max_bytes=LEAST_BYTES)
    for _ in range(10):
        journal.append(b"x" * 1000)
    batch = journal.read(10)
    for number in range(200):
        journal.append(b"%04d" % number * 250)
    dropped = journal.dropped
    journal.acknowledge(batch.end)

    assert journal.dropped == dropped
    assert journal.waiting == 210 - dropped
    journal.close()


@pytest.mark.parametrize("cut", [1, 5, 9, 20])
def test_a_torn_tail_is_cut_off(tmp_path, cut) -> None:
    """The record that was being written is gone; the ones before are not, and new ones follow."""
    first = Journal(tmp_path / "j")
    for number in range(5):
        first.append(b"record %d......" % number)
    first.close()
    (place,) = (tmp_path / "j").glob("*.log")
    os.truncate(place, place.stat().st_size - cut)

    second = Journal(tmp_path / "j")
    second.append(b"new")

    assert drained(second) == [b"record %d......" % number for number in range(4)] + [b"new"]
    assert second.cut_bytes > 0
    second.close()


def test_a_head_that_was_torn(tmp_path) -> None:
    """A process that died while it began a segment costs nothing."""
    first = Journal(tmp_path / "j")
    first.append(b"a")
    first.close()
    (tmp_path / "j" / f"{1:020d}.log").write_bytes(b"PQJ1\0\0")

    second = Journal(tmp_path / "j")

    assert second.append(b"b") == 1
    assert drained(second) == [b"a", b"b"]
    second.close()


def test_damage_in_the_middle_is_counted(tmp_path) -> None:
    """The rest of that segment is lost, exactly that many are counted, the next segments are read."""
    journal = Journal(tmp_path / "j", max_bytes=LEAST_BYTES)
    for number in range(100):
        journal.append(b"%04d" % number * 100)
    oldest, second = sorted((tmp_path / "j").glob("*.log"))[:2]
    content = bytearray(oldest.read_bytes())
    content[16 + 2 * 408 + 30] ^= 1  # in the third record
    oldest.write_bytes(content)
    following = int(second.stem)

    found = drained(journal)

    assert found[:2] == [b"%04d" % number * 100 for number in range(2)]
    assert found[2:] == [b"%04d" % number * 100 for number in range(following, 100)]
    assert journal.damaged == following - 2
    journal.close()


def test_a_damaged_note_makes_everything_come_again(tmp_path) -> None:
    """At least once: never fewer."""
    first = Journal(tmp_path / "j")
    first.append(b"a")
    first.acknowledge(first.read(1).end)
    first.close()
    (tmp_path / "j" / "acknowledged").write_bytes(b"x" * 12)

    second = Journal(tmp_path / "j")

    assert drained(second) == [b"a"]
    second.close()


def test_one_process_at_a_time(tmp_path) -> None:
    """A second one is told, and the first goes on."""
    first = Journal(tmp_path / "j")

    with pytest.raises(StorageError, match="in use"):
        Journal(tmp_path / "j")
    first.append(b"a")
    first.close()


def test_only_the_owner_can_read(tmp_path) -> None:
    """Alerts hold arguments of programs."""
    journal = Journal(tmp_path / "j")
    journal.append(b"a")
    journal.acknowledge(journal.read(1).end)
    journal.close()

    assert (tmp_path / "j").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "j").iterdir()} == {0o600}


def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path) -> None:
    """Somebody who could write there gains nothing."""
    (tmp_path / "j").mkdir()
    (tmp_path / "j" / "lock").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(StorageError):
        Journal(tmp_path / "j")
    assert not (tmp_path / "elsewhere").exists()


def test_a_record_that_is_too_long_is_refused(tmp_path) -> None:
    """It takes nothing with it."""
    journal = Journal(tmp_path / "j", max_bytes=LEAST_BYTES)
    with pytest.raises(StorageError):
        journal.append(b"x" * LEAST_BYTES)
    journal.append(b"a")

    assert drained(journal) == [b"a"]
    journal.close()


def test_a_full_disk_tears_nothing() -> None:
    """What could not be written whole is not there; what was before and comes after is."""
    with tempfile.TemporaryDirectory() as name:
        journal = Journal(Path(name) / "j", max_bytes=1 << 20)
        journal.append(b"a" * 1000)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1500, before[1]))
        try:
            with pytest.raises(StorageError):
                journal.append(b"b" * 1000)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, handler)
        journal.append(b"c" * 1000)

        assert drained(journal) == [b"a" * 1000, b"c" * 1000]
        journal.close()


KILLED = """
import sys
from pathlib import Path
from pratique.kit.journal import Journal
journal = Journal(Path(sys.argv[1]), sync="never", max_bytes=1 << 24)
number = 0
while True:
    journal.append(b"%012d" % number * 40)
    number += 1
    if number % 100 == 0:
        sys.stdout.write(f"{number}\\n"); sys.stdout.flush()
"""


def test_a_killed_process_loses_nothing_that_was_taken(tmp_path) -> None:
    """Killed at any point of a write, everything that it had been told was taken is there, in order."""
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path / "j")], stdout=subprocess.PIPE
    )
    assert child.stdout
    said = [int(child.stdout.readline()) for _ in range(30)][-1]
    child.kill()
    rest = child.stdout.read().split()
    child.stdout.close()
    child.wait()
    said = int(rest[-1]) if rest else said

    journal = Journal(tmp_path / "j", max_bytes=1 << 24)
    found = drained(journal, 500)

    assert found == [b"%012d" % number * 40 for number in range(len(found))]
    assert len(found) >= said
    journal.close()


steps = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.binary(max_size=3000)),
        st.tuples(st.just("take"), st.integers(1, 20)),
        st.tuples(st.just("restart"), st.none()),
    ),
    max_size=60,
)


@given(steps)
@settings(max_examples=60)
def test_any_play(steps) -> None:
    """Whatever the order of writing, taking and restarting: nothing is lost, doubled or swapped."""
    with tempfile.TemporaryDirectory() as name:
        journal, sent, taken = Journal(Path(name) / "j", max_bytes=1 << 20), [], []
        for what, value in steps:
            if what == "append":
                journal.append(value)
                sent.append(value)
            elif what == "take":
                batch = journal.read(value)
                taken += batch.records
                journal.acknowledge(batch.end)
            else:
                journal.close()
                journal = Journal(Path(name) / "j", max_bytes=1 << 20)
        taken += drained(journal)
        journal.close()

        assert taken == sent


@given(st.integers(1, 120), st.data())
@settings(max_examples=60)
def test_any_damage(count, data) -> None:
    """Whatever byte of whatever file changed or was cut off: what is read was written, in order."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "j"
        journal = Journal(place, max_bytes=LEAST_BYTES)
        wanted = [b"%06d" % number * 80 for number in range(count)]
        for record in wanted:
            journal.append(record)
        journal.close()
        victim = data.draw(st.sampled_from(sorted(place.iterdir())))
        content = bytearray(victim.read_bytes())
        if content:
            at = data.draw(st.integers(0, len(content) - 1))
            if data.draw(st.booleans()):
                content[at] ^= data.draw(st.integers(1, 255))
            else:
                del content[at:]
            victim.write_bytes(content)
        journal = Journal(place, max_bytes=LEAST_BYTES)
        journal.append(b"after")
        found = drained(journal)
        journal.close()

        numbers = [wanted.index(one) for one in found[:-1]]
        assert found[-1] == b"after"
        assert numbers == sorted(set(numbers))


def test_a_damaged_head_costs_no_record(tmp_path) -> None:
    """The name says what the head said."""
    first = Journal(tmp_path / "j")
    first.append(b"a")
    first.close()
    (place,) = (tmp_path / "j").glob("*.log")
    place.write_bytes(b"x" * 16 + place.read_bytes()[16:])

    for _ in range(2):
        second = Journal(tmp_path / "j")
        assert second.read(9).records == (b"a",)
        second.close()
