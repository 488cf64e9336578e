"""A journal on a disk that fails now and then: what it refused is not there, what it took is."""

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit import journal as subject
from pratique.kit.journal import Journal
from pratique.model.errors import StorageError
from tests.kit.test_journal import drained

CALLS = ("open", "write", "fdatasync")


class Disk:
    """The calls of ``os`` that ask a disk for something; the next ``fails`` of one kind fail."""

    def __init__(self) -> None:
        self.fails = dict.fromkeys(CALLS, 0)
        self.after = 0

    def asked(self, name):
        """Return a call that fails when it is told to, else does what it does."""

        def call(*arguments, **more):
            if self.fails[name] and not self.after:
                self.fails[name] -= 1
                raise OSError(errno.ENOSPC, "No space left on device")
            self.after = max(0, self.after - bool(self.fails[name]))
            if name == "write" and self.fails[name]:
                # A disk that fills up takes the beginning.
                return os.write(arguments[0], bytes(arguments[1])[:5])
            return getattr(os, name)(*arguments, **more)

        return call


@pytest.fixture(scope="module")
def disk() -> Iterator[Disk]:
    made = Disk()
    calls = vars(os) | {name: made.asked(name) for name in CALLS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject, "os", SimpleNamespace(**calls))
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
