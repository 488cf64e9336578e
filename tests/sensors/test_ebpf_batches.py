"""A burst leaves the rings in bounded batches, in the order of time, and whole."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from pratique.model.errors import CapabilityError
from pratique.model.interest import Interest
from pratique.model.observation import Observation
from pratique.sensors import ebpf
from pratique.sensors.ebpf import Watching
from tests.conftest import missing

BURST = 3 * ebpf.MOST_RECORDS
OPENS = Interest(types=frozenset({"openat", "execve"}))


def test_a_burst_comes_in_bounded_batches(tmp_path: Path) -> None:
    """No reading takes more than its share of a ring; together they hold every open, in order."""
    with _watching(repeats=False) as watching:
        opener = os.fork()
        if opener == 0:
            _open_again_and_again(tmp_path, BURST)
        os.waitpid(opener, 0)
        batches = _batches(watching)

    opens = [
        one.act.given  # type: ignore[union-attr]
        for batch in batches
        for one in batch
        if one.pid == opener and one.type == "openat"
    ]
    assert max(map(len, batches)) <= 4 * ebpf.MOST_RECORDS
    assert opens == [f"{tmp_path}/{number}" for number in range(BURST)]
    assert all(times == sorted(times) for times in ([one.time_ns for one in b] for b in batches))


def test_repeats_are_told_whatever_waits_in_a_ring(tmp_path: Path) -> None:
    """Equal opens are counted to the last one, though their record is read after their count."""
    with _watching(repeats=True) as watching:
        opener = os.fork()
        if opener == 0:
            _open_again_and_again(tmp_path, 2000, names=1)
        os.waitpid(opener, 0)
        found = [one for batch in _batches(watching, 2.5) for one in batch if one.pid == opener]

    mine = [one for one in found if str(tmp_path) in str(one.act)]
    assert sum(one.count for one in mine) == 2000
    assert len(mine) < 10


def _open_again_and_again(folder: Path, count: int, names: int = 0) -> None:
    for number in range(count):
        os.close(
            os.open(f"{folder}/{number % names if names else number}", os.O_CREAT | os.O_RDONLY)
        )
    os._exit(0)


def _batches(watching: Watching, seconds: float = 1.0) -> Sequence[Sequence[Observation]]:
    until = time.monotonic() + seconds
    batches = []
    while time.monotonic() < until:
        batches.append(watching.read(0.1))
    return batches


def _watching(*, repeats: bool) -> Watching:
    try:
        return Watching(OPENS, repeats=repeats)
    except CapabilityError as error:
        missing("bpf", str(error))
        pytest.fail("not reached")
