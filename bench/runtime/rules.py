"""Time the rules alone: one event, judged by Falco's 25 stable rules, by all of them, and by ours."""

import time
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from pratique.detections.rules.detector import RuleDetector
from pratique.model.event import Ancestor, Event, Process
from pratique.model.observation import Duplicated, Executed, Observation, Opened, SocketUsed
from pratique.model.workload import Workload
from pratique.pipelines.load_rules import load_rules

EVENTS = 100_000
RUNS = 5
NOW = 1_795_000_000_000_000_000
STABLE = "falco_rules.yaml"
MIX = ("openat",) * 14 + ("connect",) * 3 + ("dup2", "execve", "openat")


def measured(falco: Path) -> Iterator[str]:
    """Yield the table."""
    events = [_event(number) for number in range(EVENTS)]
    yield "| rules | on | load ms | µs an event | events a second | open | connect | execve |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, paths in {
        "Falco's stable ones": (falco / STABLE,),
        "all of Falco's": (falco,),
        "all of Falco's, the off ones too": (falco,),
        "ours": (),
    }.items():
        started = time.process_time()
        rules = load_rules(paths)
        if name.endswith("off ones too"):
            rules = replace(rules, rules=tuple(replace(one, enabled=True) for one in rules.rules))
        detector = RuleDetector(rules)
        load = time.process_time() - started
        each = _least(detector, events)
        kinds = (
            f"{_least(detector, [one for one in events if one.observation.type == kind]):.2f}"
            for kind in ("openat", "connect", "execve")
        )
        yield (
            f"| {name} | {len(rules.enabled)} of {len(rules.rules)} | {1e3 * load:.0f} | {each:.2f} | "
            f"{1e6 / each:,.0f} | {' | '.join(kinds)} |"
        )


def _least(detector: RuleDetector, events: Sequence[Event]) -> float:
    took = []
    for _ in range(RUNS):
        start = time.process_time()
        for one in events:
            detector.see(one)
        took.append((time.process_time() - start) / len(events) * 1e6)
    return min(took)


def _event(number: int) -> Event:
    kind = MIX[number % len(MIX)]
    act: Opened | SocketUsed | Duplicated | Executed
    if kind == "openat":
        path = f"/srv/app/data/{number % 10_000}"
        act = Opened(path, 0o2 if number % 10 == 0 else 0, 3, 0, path, 10 + number)
    elif kind == "connect":
        act = SocketUsed(3, 2, 1, 6, "192.0.2.1", 40_000, "192.0.2.2", 443)
    elif kind == "dup2":
        act = Duplicated(3, 1, Opened("/srv/app/log", 1, 3))
    else:
        act = Executed("/usr/bin/work", ("work", "-a", str(number % 100)))
    inside = number % 4 != 0
    pid = 1000 + number % 2000
    seen = Observation(
        kind, act, NOW + number * 1000, pid, pid, 1, 1000, 1000, number % 200, comm="work"
    )
    group = Workload(id=f"{number % 200:064x}", engine="podman") if inside else None
    return Event(seen, _process(pid), group, "bench", "user")


@cache
def _process(pid: int) -> Process:
    """Return a process as a watch has it: the same object in all of its events."""
    return Process(
        pid,
        "work",
        "/usr/bin/work",
        "work",
        ("-a", str(pid % 100)),
        f"work -a {pid % 100}",
        uid=1000,
        ancestors=(Ancestor(1, "entry", "/bin/entry", "entry"), Ancestor(2, "conmon")),
    )


if __name__ == "__main__":
    for row in measured(Path("../shared/fixtures/falco-rules")):
        print(row)
