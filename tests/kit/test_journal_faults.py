"""A journal on a disk that fails now and then: what it refused is not there, what it took is."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit import journal as subject
from pratique.kit.journal import Journal
from pratique.model.errors import StorageError
from tests.kit.test_journal import drained
from tests.makers.disk import CALLS, Disk


@pytest.fixture(scope="module")
def disk() -> Iterator[Disk]:
    made = Disk()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject, "os", made.os())
        yield made


faults = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(0, 4000)),
        st.tuples(st.just("take"), st.integers(1, 9)),
        st.tuples(st.just("restart"), st.none()),
        st.tuples(st.sampled_from(CALLS), st.integers(0, 2)),
    ),
    max_size=50,
)


@given(faults)
@settings(max_examples=150)
def test_any_fault(disk, steps) -> None:
    """Whatever call fails whenever: what was taken comes in order and once, and nothing else does."""
    with tempfile.TemporaryDirectory() as name:
        before = len(list(Path("/proc/self/fd").iterdir()))
        disk.fails.update(dict.fromkeys(CALLS, 0))
        journal, sent, taken, again = made(name), [], [], False
        for what, value in steps:
            try:
                if what == "append":
                    record = b"%06d" % len(sent) + b"x" * value
                    journal.append(record)
                    sent.append(record)
                elif what == "take":
                    batch = journal.read(value)
                    taken += batch.records
                    journal.acknowledge(batch.end)
                elif what == "restart":
                    # What nobody could cut off before the end would come at the next start.
                    disk.fails["ftruncate"] = 0
                    journal.close()
                    journal = made(name)
                else:
                    disk.fails[what], disk.after = 1, value
            except StorageError:
                if what == "take":
                    again = True  # a note that was not written: they come again after a restart
                elif what == "restart":
                    disk.fails.update(dict.fromkeys(CALLS, 0))
                    journal = made(name)
        disk.fails.update(dict.fromkeys(CALLS, 0))
        taken += drained(journal)
        journal.close()

        assert (sorted(set(taken)) if again else taken) == sent
        assert len(list(Path("/proc/self/fd").iterdir())) == before


def made(folder):
    """Segments of 8 KiB, so that new ones are begun often."""
    return Journal(Path(folder) / "j", max_bytes=1 << 16, sync="each")
