"""
Watch this node in a process of its own, and say at the end what it took: started by the others here.

``python -m bench.runtime.watched --rules FOLDER [--everything]`` prints ``ready`` and watches until its
standard input ends; then it prints one line of JSON. It is the path of ``pratique watch`` from the
kernel to the alert: sensor, joins, all detectors, stories, one file of JSON lines; a counter of
sequence numbers stands where a recorder would.
"""

import argparse
import cProfile
import json
import os
import resource
import select
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from pratique.kit.store import Store
from pratique.model.alert import Alert
from pratique.model.event import Event
from pratique.model.interest import Interest
from pratique.outputs.destination import parse_destination
from pratique.outputs.outlets import Outlets, Settings
from pratique.outputs.spool import SpoolSettings
from pratique.pipelines.image_knowledge import image_knowledge
from pratique.pipelines.watch_detectors import Detecting, Detectors, Known
from pratique.pipelines.watch_events import Ends, Watch
from pratique.pipelines.watch_files import FileMeasure
from pratique.pipelines.watch_holding import Holding
from pratique.pipelines.watch_node import HOLDING_S, TICK_S, WAIT_S
from pratique.pipelines.watch_sources import LiveSource
from pratique.pipelines.watch_tally import Tally
from pratique.workloads.host import Host

PRIORITY = -10
AUTOGROUP = Path("/proc/self/autogroup")
MOST_LATE = 100_000
"""Alerts whose lateness is kept, so that hours of them take no memory."""
OWN_STREAM = 1 << 20
"""Streams from here on are the sensor's own words, not the kernel's."""
EVERYTHING = Interest(
    types=frozenset({"open", "openat", "openat2", "execve", "connect", "fork", "procexit"})
)


class Reconciler:
    """Compare the numbers of sequence that came with those that should have."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._streams: dict[int, list[int]] = {}
        self.types: dict[str, int] = {}
        self.opens = self.connects = 0

    def take(self, event: Event) -> None:
        """Count one event, in few steps: what is measured here is not this."""
        seen = event.observation
        kind, stream = seen.type, seen.stream
        self.types[kind] = self.types.get(kind, 0) + seen.count
        if stream < OWN_STREAM:
            known = self._streams.get(stream)
            if known is None:
                self._streams[stream] = [seen.sequence, seen.sequence, 1]
            else:
                if seen.sequence > known[1]:
                    known[1] = seen.sequence
                known[2] += 1
        if kind == "openat":
            if seen.act.path.startswith(self._folder):
                self.opens += seen.count
        elif kind == "connect" and seen.act.remote_address == "127.0.0.1":
            self.connects += seen.count

    def forget(self) -> None:
        """Begin anew."""
        self.__init__(self._folder)  # type: ignore[misc]

    def missing(self) -> int:
        """Return how many numbers of sequence never came."""
        return sum(last - first + 1 - count for first, last, count in self._streams.values())


class Watched:
    """The path of one watch, put together as ``pratique watch`` does."""

    def __init__(
        self, rules: Sequence[Path], folder: Path, counted: Reconciler, *, every: bool = False
    ) -> None:
        self._store = Store(folder).__enter__()
        knowledge = image_knowledge(self._store)
        known = Known(images=knowledge, measure=FileMeasure(Host()))
        self.detectors = Detectors(Detecting(rules=tuple(rules)), known)
        if every:
            loaded = self.detectors.rules
            on = tuple(replace(one, enabled=True) for one in loaded.rules)
            self.detectors.rules = replace(loaded, rules=on)
        judge = self.detectors.judge()
        self.source = LiveSource("bench", "/", "ebpf", judge.interest, knowledge.facts)
        self._outlets = Outlets(
            (parse_destination(f"json={folder}/alerts.json"),),
            Settings(
                spool=SpoolSettings(folder=folder / "spool"),
                environ=os.environ,
                stdout=sys.stdout.buffer,
            ),
        ).__enter__()
        self.late_ns: deque[int] = deque(maxlen=MOST_LATE)
        self.longest_s = self.longest_tick_s = 0.0
        self.tally = Tally()
        ends = Ends(tell=self._outlets.tell, record=counted.take, answer=self._answer)
        holding = Holding(self.source.ask)
        self._watch = Watch(judge, self.detectors.stories(), ends, self.tally, holding)
        self._next_tick = self._next_poll = time.monotonic() + TICK_S

    def turn(self) -> None:
        """Take what came, and do once a second what a watch does then."""
        began = time.monotonic()
        self._watch.take(self.source.events(WAIT_S))
        now = time.monotonic()
        self.longest_s = max(self.longest_s, now - began)
        if self._watch.holds and now >= self._next_poll:
            self._next_poll = now + HOLDING_S
            self.source.poll(time.time_ns())
        self._watch.release()
        if now >= self._next_tick:
            self._next_tick += TICK_S
            now_ns = time.time_ns()
            self.source.poll(now_ns)
            self._watch.tick(now_ns)
            self._outlets.tick(now_ns, "bench")
            self.longest_tick_s = max(self.longest_tick_s, time.monotonic() - now)

    def _answer(self, one: Alert) -> None:
        """Note how late an alert is; repeats are folded before they are told, but answered at once."""
        self.late_ns.append(time.time_ns() - one.time_ns)


def main() -> None:
    """Watch until standard input ends, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=Path, nargs="*", default=[])
    parser.add_argument("--all-rules", action="store_true", help="those that are off as well")
    parser.add_argument("--everything", action="store_true", help="no filter in the kernel")
    parser.add_argument(
        "--alone", action="store_true", help="of opens only the load's, whatever the rules want"
    )
    parser.add_argument("--folder", default="/nowhere/", help="where the load opens files")
    parser.add_argument("--profile", default="", help="file for cProfile")
    given = parser.parse_args()
    counted = Reconciler(given.folder)
    try:
        os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
        if (
            AUTOGROUP.exists()
        ):  # sessions share the cores evenly, whatever their processes' priority
            AUTOGROUP.write_text(str(PRIORITY))
    except OSError:
        print("the watch runs without priority", file=sys.stderr)
    with tempfile.TemporaryDirectory() as place:
        watched = Watched(given.rules, Path(place), counted, every=given.all_rules)
        if given.everything:
            watched.source.want(EVERYTHING)
        if given.alone:
            watched.source.want(_of_the_load(given.folder))
        for _ in range(10):
            watched.turn()
        print("ready", flush=True)
        profiler = cProfile.Profile() if given.profile else None
        if profiler is not None:
            profiler.enable()
        took = _until_told(watched, counted)
        if profiler is not None:
            profiler.disable()
            profiler.dump_stats(given.profile)
        print(json.dumps(took), flush=True)
        watched.source.close()


def _of_the_load(folder: str) -> Interest:
    """Return what tells the load's acts alone: other programs of a busy node do not count."""
    return Interest(
        types=EVERYTHING.types,
        every_open=False,
        open_writes=False,
        read_prefixes=frozenset({folder}),
    )


def _until_told(watched: Watched, counted: Reconciler) -> dict[str, object]:
    """Watch until standard input ends; a line on it begins the measurement anew."""
    began = _Now(watched)
    while True:
        while not select.select([sys.stdin], [], [], 0)[0]:
            watched.turn()
        if not sys.stdin.readline():
            break
        _rest(watched)
        counted.forget()
        watched.late_ns.clear()
        watched.longest_s = watched.longest_tick_s = 0.0
        began = _Now(watched)
        print("marked", flush=True)
    ended = _Now(watched)
    _rest(watched)
    last = _Now(watched)
    return {
        "cpu_s": ended.cpu_s - began.cpu_s,
        "wall_s": ended.wall_s - began.wall_s,
        "peak_mb": _peak_mb(),
        "events": sum(counted.types.values()),
        "types": Counter(counted.types).most_common(12),
        "opens": counted.opens,
        "connects": counted.connects,
        "missing": counted.missing(),
        "lost": last.lost - began.lost,
        "filtered": last.filtered - began.filtered,
        "alerts": sum(watched.tally.by_rule.values()),
        "rules": len(watched.detectors.rules.enabled),
        "late_ns": list(watched.late_ns),
        "longest_s": (watched.longest_s, watched.longest_tick_s),
    }


def _peak_mb() -> float:
    """Return the most memory that was resident; what rusage says is inherited from who started it."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _rest(watched: Watched) -> None:
    """Take what still waits; what the kernel counts itself is told once a second."""
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        watched.turn()


class _Now:
    """What was used and lost up to now."""

    def __init__(self, watched: Watched) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        self.cpu_s = used.ru_utime + used.ru_stime
        self.wall_s = time.monotonic()
        counters = watched.source.counters()
        self.lost, self.filtered = counters.lost, counters.filtered


if __name__ == "__main__":
    main()
