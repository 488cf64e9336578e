"""
Watch for hours under a mixed load, and hold the watch to being steady: ``make soak HOURS=8``.

The load: files opened and sockets connected in control groups that come and go, short processes, reads
of the password hashes in a container, which raise alerts. Each minute (each tenth, if it is short) prints memory,
tables, events, losses and alerts. Laws: memory stops growing after the first third; no table passes
its bound; the numbers of sequence that are missing are the ones told as lost; alerts keep coming.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from msgspec import Struct

from bench.runtime.generator import compiled, files, groups, run, storm
from bench.runtime.watched import Reconciler, Watched
from pratique.pipelines.watch_tally import MAX_WORKLOADS
from pratique.workloads.containers import MOST_CONTAINERS
from pratique.workloads.groups import MOST_GROUPS
from pratique.workloads.processes import MOST_PROCESSES
from pratique.workloads.waiting import MOST_WAITING

RATE = 1_000
ROUND_S = 10.0
GROUPS = 20
SPAWNED = 200
MOST_GROWTH = 1.10
"""Of memory, between the end of the first third and the end."""
SLACK_MB = 8.0
ATTACK = 'echo $$ > "$1/cgroup.procs"; cat /etc/shadow > /dev/null; cat /etc/shadow- > /dev/null'
"""A read of the password hashes, in a container."""
BOUNDS = {
    "processes": MOST_PROCESSES,
    "workloads": MOST_CONTAINERS,
    "groups": 2 * MOST_GROUPS,  # those of both hierarchies
    "waiting": MOST_WAITING,
    "tallied": MAX_WORKLOADS,
}
PAGE = os.sysconf("SC_PAGE_SIZE")


class Minute(Struct, frozen=True, kw_only=True):
    """What stood at the end of a minute; sums are since the start."""

    at_s: float
    resident_mb: float
    events: int
    lost: int
    missing: int
    alerts: int
    tables: dict[str, int]


def main(arguments: list[str]) -> int:
    """Soak for ``--hours``; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--rules", type=Path, nargs="*", default=[])
    given = parser.parse_args(arguments)
    seconds = given.hours * 3600
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        stopping = threading.Event()
        loading = threading.Thread(target=_load, args=(folder, stopping), daemon=True)
        counted = Reconciler(f"{folder}/files/")
        (folder / "data").mkdir()
        watched = Watched(given.rules, folder / "data", counted)
        loading.start()
        minutes = _watch(watched, counted, seconds)
        stopping.set()
        loading.join()
        watched.source.close()
    wrong = [*problems(minutes)]
    for one in wrong:
        print(f"soak: {one}", file=sys.stderr)
    return 1 if wrong else 0


def problems(minutes: list[Minute]) -> list[str]:
    """Return in what a watch was not steady."""
    first, last = minutes[(len(minutes) - 1) // 3], minutes[-1]
    allowed = first.resident_mb * MOST_GROWTH + SLACK_MB
    found = []
    if last.resident_mb > allowed:
        found.append(f"memory grew from {first.resident_mb:.0f} to {last.resident_mb:.0f} MB")
    for name, most in BOUNDS.items():
        if last.tables[name] > most:
            found.append(f"{name}: {last.tables[name]} are kept, not {most}")
    if last.missing > last.lost:
        found.append(f"{last.missing} events are missing, and {last.lost} were told as lost")
    if last.alerts <= first.alerts:
        found.append("no more alerts came")
    return found


def _watch(watched: Watched, counted: Reconciler, seconds: float) -> list[Minute]:
    started = time.monotonic()
    every = min(60.0, seconds / 10)
    following, minutes = started + every, []
    while time.monotonic() < started + seconds:
        watched.turn()
        if time.monotonic() >= following:
            following += every
            minutes.append(_now(watched, counted, time.monotonic() - started))
            print(_words(minutes[-1]), flush=True)
    return minutes


def _now(watched: Watched, counted: Reconciler, at_s: float) -> Minute:
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE
    return Minute(
        at_s=at_s,
        resident_mb=resident / (1 << 20),
        events=sum(counted.types.values()),
        lost=watched.source.counters().lost,
        missing=counted.missing(),
        alerts=sum(watched.tally.by_rule.values()),
        tables={**watched.source.counts(), "tallied": len(watched.tally.workloads())},
    )


def _words(one: Minute) -> str:
    tables = ", ".join(f"{count} {name}" for name, count in one.tables.items())
    return (
        f"{one.at_s:6.0f} s: {one.resident_mb:.0f} MB, {one.events} events, {one.lost} lost, "
        f"{one.alerts} alerts; {tables}"
    )


def _load(folder: Path, stopping: threading.Event) -> None:
    """Make load until told to stop; every round has control groups of its own."""
    program, place = compiled(folder), files(folder, 2_000)
    while not stopping.is_set():
        with groups(GROUPS, of=str(time.monotonic_ns())) as within:
            spawning = threading.Thread(target=run, args=(program, "cost", "spawn", SPAWNED))
            spawning.start()
            subprocess.run(["sh", "-c", ATTACK, "attack", within[0]], check=False)
            storm(program, ROUND_S, RATE, place, within)
            spawning.join()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
