"""Measure what the sensor adds to a call: off, every event wanted, and what our rules want."""

from collections.abc import Iterator
from pathlib import Path

from bench.runtime.generator import WatchBeside, run

COUNTS = {"getppid": 2_000_000, "open": 300_000, "connect": 100_000, "spawn": 400}
NAMES = {
    "getppid": "getppid (nobody wants it)",
    "open": "open and close",
    "connect": "UDP socket, connect, close",
    "spawn": "fork, exec, exit, wait",
}
RUNS = 3


def overhead(program: Path, falco: Path) -> Iterator[str]:
    """Yield the table: CPU µs for one operation, the least of some runs that take turns."""
    ways = {"off": None, "on": ["--everything"], "falco": ["--rules", str(falco)], "ours": []}
    least: dict[tuple[str, str], float] = {}
    for _ in range(RUNS):
        for way, words in ways.items():
            if words is None:
                _measure(program, way, least)
                continue
            with WatchBeside(*words):
                _measure(program, way, least)
    yield "| one operation, CPU µs | sensor off | every event wanted | Falco's rules | our rules |"
    yield "|---|---|---|---|---|"
    for what, name in NAMES.items():
        off = least[what, "off"]
        more = (f"{least[what, way] - off:+.2f}" for way in ("on", "falco", "ours"))
        yield f"| {name} | {off:.2f} | {' | '.join(more)} |"


def _measure(program: Path, way: str, least: dict[tuple[str, str], float]) -> None:
    for what, count in COUNTS.items():
        took = float(run(program, "cost", what, count)) / 1000
        least[what, way] = min(took, least.get((what, way), took))
