"""
A burst leaves the rings in bounded batches, in the order of time, and whole.

By either reader: that of x86, and libbpf's, which other machines use.
"""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pratique.model.errors import CapabilityError
from pratique.model.interest import Interest
from pratique.model.observation import Forked, Observation
from pratique.sensors import _pace, ebpf
from pratique.sensors._ring import ConsumedRing, MappedRing, Ring
from pratique.sensors.ebpf import Watching
from tests.conftest import missing
from tests.sensors.doing import PATIENCE_S

BURST = 12 * ebpf.MOST_RECORDS
LONG_S = 60
SMALL = 1 << 15
ROUNDS, NAME = 600, 200
"""How many opens go through the small ring, and how long their names are."""
OPENS = Interest(types=frozenset({"openat", "execve"}))


READERS = {"mapped": MappedRing, "consumed": lambda fd, _: ConsumedRing(fd)}
Reader = Callable[[int, int], Ring]


@pytest.fixture(params=READERS.values(), ids=READERS)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Return what makes each reader of a ring; that of x86 only there."""
    found: Reader = request.param
    if found is MappedRing and os.uname().machine != "x86_64":
        pytest.skip("loads are not kept in order here")
    return found


def test_a_burst_comes_in_bounded_batches(tmp_path: Path, reader: Reader) -> None:
    """No reading takes more than its share of a ring; together they hold every open, in order."""
    with _watching(reader, repeats=False) as watching:
        opener = os.fork()
        if opener == 0:
            _open_again_and_again(tmp_path, BURST)
        os.waitpid(opener, 0)
        batches = _batches(watching, opener, BURST)

    opens = [
        one.act.given  # type: ignore[union-attr]
        for batch in batches
        for one in batch
        if _is_open(one, opener)
    ]
    assert max(map(len, batches)) <= 2 * ebpf.MOST_RECORDS + ebpf.MOST_HELD
    assert opens == [f"{tmp_path}/{number}" for number in range(BURST)]
    assert all(times == sorted(times) for times in ([one.time_ns for one in b] for b in batches))


def test_what_waits_for_the_other_ring_is_bounded() -> None:
    """The younger wait, the newest of them; what has no room is handed out, still by time."""
    here = [Observation("fork", Forked(1), at, 1) for at in range(ebpf.MOST_HELD + 10, 0, -1)]
    given, held = ebpf.parted(here, 7)
    assert [one.time_ns for one in given] == list(range(1, 11))
    assert sorted(one.time_ns for one in held) == list(range(11, ebpf.MOST_HELD + 11))

    given, held = ebpf.parted(here[-9:], 7)
    assert [one.time_ns for one in given] == list(range(1, 8))
    assert [one.time_ns for one in held] == [9, 8]


def test_repeats_are_told_whatever_waits_in_a_ring(tmp_path: Path, reader: Reader) -> None:
    """Equal opens are counted to the last one, though their record is read after their count."""
    with _watching(reader, repeats=True) as watching:
        opener = os.fork()
        if opener == 0:
            _open_again_and_again(tmp_path, 2000, names=1)
        os.waitpid(opener, 0)
        found = [one for batch in _batches(watching, opener, 2000) for one in batch]

    mine = [one for one in found if _is_open(one, opener)]
    assert sum(one.count for one in mine) == 2000
    # The first, and once a second the others.
    assert len(mine) < 100


def test_the_first_act_after_a_silence_wakes_the_reader(
    tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the kernel's word it would be read after the whole wait, which is not waited for here."""
    monkeypatch.setattr(_pace, "ASLEEP_S", float(LONG_S))
    mine = Interest(
        types=frozenset({"openat"}),
        every_open=False,
        open_writes=False,
        read_prefixes=frozenset({str(tmp_path)}),
    )
    with _watching(reader, repeats=False, asked=mine) as watching:
        _until_asleep(watching)
        opener = os.fork()
        if opener == 0:
            time.sleep(0.2)
            os.close(os.open(f"{tmp_path}/late", os.O_CREAT))
            os._exit(0)
        began = time.monotonic()
        seen = watching.read(LONG_S)
        while not any(_is_open(one, opener) for one in seen):
            seen = watching.read(LONG_S)
        took = time.monotonic() - began
        os.waitpid(opener, 0)

    assert took < LONG_S / 2


def _until_asleep(watching: Watching) -> None:
    """Read until the kernel was asked to wake the reader and nothing else came."""
    for _ in range(_pace.STILL + 2):
        watching.read(0)
    while watching.read(0.1):
        pass


def test_a_small_ring_is_read_around_its_end(tmp_path: Path, reader: Reader) -> None:
    """Every record comes once and whole, however often the ring begins anew."""
    # Others fill no such ring: only what is opened below this folder is told.
    mine = Interest(
        types=frozenset({"openat"}),
        every_open=False,
        open_writes=False,
        read_prefixes=frozenset({str(tmp_path)}),
    )
    with _watching(reader, repeats=False, bulk_bytes=SMALL, asked=mine) as watching:
        theirs, ours = os.pipe()
        opener = os.fork()
        if opener == 0:
            os.close(ours)
            for number in range(ROUNDS):
                os.read(theirs, 1)
                os.close(os.open(f"{tmp_path}/{number:0{NAME}}", os.O_CREAT))
            os._exit(0)
        os.close(theirs)
        seen: list[Observation] = []
        for number in range(ROUNDS):
            os.write(ours, b"x")
            if number % 16 == 0 or number == ROUNDS - 1:
                seen += _until(watching, opener, number + 1 - len(seen))
        os.close(ours)
        os.waitpid(opener, 0)

    assert ROUNDS * NAME > 3 * SMALL
    assert [one.act.given for one in seen] == [  # type: ignore[union-attr]
        f"{tmp_path}/{number:0{NAME}}" for number in range(ROUNDS)
    ]


def _until(watching: Watching, pid: int, count: int) -> list[Observation]:
    """Return so many opens of a process, however long they take to come."""
    found: list[Observation] = []
    until = time.monotonic() + PATIENCE_S
    while len(found) < count and time.monotonic() < until:
        batch = watching.read(0.1)
        found += [one for one in batch if one.pid == pid and one.type == "openat"]
    return found


def _open_again_and_again(folder: Path, count: int, names: int = 0) -> None:
    for number in range(count):
        os.close(
            os.open(f"{folder}/{number % names if names else number}", os.O_CREAT | os.O_RDONLY)
        )
    os._exit(0)


def _batches(watching: Watching, pid: int, count: int) -> Sequence[Sequence[Observation]]:
    """Return what is read until so many opens of a process were told, however slowly they come."""
    until = time.monotonic() + LONG_S
    batches: list[Sequence[Observation]] = []
    opens = 0
    while opens < count and time.monotonic() < until:
        batches.append(watching.read(0.1))
        opens += sum(one.count for one in batches[-1] if _is_open(one, pid))
    return batches


def _is_open(one: Observation, pid: int) -> bool:
    return one.pid == pid and one.type == "openat"


def _watching(
    reader: Reader,
    *,
    repeats: bool,
    bulk_bytes: int = ebpf.BULK_BYTES,
    asked: Interest = OPENS,
) -> Watching:
    try:
        return Watching(asked, repeats=repeats, bulk_bytes=bulk_bytes, reader=reader)
    except CapabilityError as error:
        missing("bpf", str(error))
        pytest.fail("not reached")
