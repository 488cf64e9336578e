"""Measure a watch under a steady load, and reconcile what it saw with what was done."""

import argparse
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.runtime.generator import WatchBeside, storm

SETTLE_S = 16
"""So long the facts of a container that no engine knows are asked for again."""
AGENT_RATE = 3_000
_WORDS = {"off": ["--everything"], "as they want": [], "the load alone": ["--alone"]}
"""What the kernel holds back, as the watch is told."""


class _Rules(NamedTuple):
    name: str
    words: Sequence[str]


class _Load(NamedTuple):
    program: Path
    place: Path
    within: Sequence[str]
    seconds: float


def sustained(
    program: Path, place: Path, within: Sequence[str], given: argparse.Namespace
) -> Iterator[str]:
    """
    Yield the table: a heavy load without a filter and with what rules want, and a usual one.

    The usual one is measured with the load's own opens alone, so that its rate is the agent's,
    whatever else the node does; every rule still judges them.
    """
    falco = _Rules("Falco", ["--rules", str(given.rules)])
    every = _Rules("Falco, the off ones too", [*falco.words, "--all-rules"])
    ours = _Rules("ours", [])
    load = _Load(program, place, within, given.seconds)
    yield (
        "| load | rules | kernel filter | seconds | acts done | events read | held back | lost "
        "| told as lost | unaccounted | CPU of a core | µs an event | peak MB | host took |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    yield _row(load, given.rate, falco, "off")
    yield _row(load, given.rate, falco, "as they want")
    yield _row(load, given.rate, ours, "as they want")
    for rules in (falco, every, ours):
        yield _row(load, AGENT_RATE, rules, "the load alone")


def _row(load: _Load, rate: int, rules: _Rules, kept: str) -> str:
    with WatchBeside("--folder", f"{load.place}/", *_WORDS[kept], *rules.words) as watch:
        storm(load.program, SETTLE_S, len(load.within) * 10, load.place, load.within)
        watch.mark()
        before = _stolen_s()
        done = storm(load.program, load.seconds, rate, load.place, load.within)
        stolen = 100 * (_stolen_s() - before) / load.seconds
    seen = watch.figures
    acts = sum(done)
    came = seen["opens"] + seen["connects"]
    unaccounted = "-" if kept == "as they want" else f"{max(0, acts - came - seen['lost']):,}"
    share = 100 * seen["cpu_s"] / seen["wall_s"]
    each = 1e6 * seen["cpu_s"] / max(seen["events"], 1)
    return (
        f"| {rate:,}/s | {rules.name} | {kept} | "
        f"{load.seconds:.0f} | {acts:,} | {seen['events']:,} | {seen['filtered']:,} | "
        f"{seen['missing']:,} | {seen['lost']:,} | {unaccounted} | {share:.1f} % | {each:.1f} | "
        f"{seen['peak_mb']:.0f} | {stolen:.1f} % |"
    )


def _stolen_s() -> float:
    """Return what the host of a virtual machine took from its processors, in seconds of one."""
    first = Path("/proc/stat").read_text().partition("\n")[0]
    return int(first.split()[8]) / os.sysconf("SC_CLK_TCK")
