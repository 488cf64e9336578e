"""Measure a watch under a steady load, and reconcile what it saw with what was done."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.runtime.generator import WatchBeside, storm

SETTLE_S = 16
"""So long the facts of a container that no engine knows are asked for again."""
AGENT_RATE = 3_000


def sustained(
    program: Path, place: Path, within: Sequence[str], given: argparse.Namespace
) -> Iterator[str]:
    """Yield the table: a heavy load and a usual one, without a filter, and with what rules want."""
    yield (
        "| load | rules | kernel filter | seconds | acts done | events read | held back | lost "
        "| told as lost | unaccounted | CPU of a core | µs an event | peak MB |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
    for rate, seconds in ((given.rate, given.seconds), (AGENT_RATE, given.seconds / 2)):
        load = _Load(program, place, within, seconds)
        yield _row(load, rate, (given.rules,), filtered=False)
        yield _row(load, rate, (given.rules,), filtered=True)
        yield _row(load, rate, (), filtered=True)


class _Load(NamedTuple):
    program: Path
    place: Path
    within: Sequence[str]
    seconds: float


def _row(load: _Load, rate: int, rules: Sequence[Path], *, filtered: bool) -> str:
    words = ["--folder", f"{load.place}/", *([] if filtered else ["--everything"])]
    named = ["--rules", *map(str, rules)] if rules else []
    with WatchBeside(*words, *named) as watch:
        storm(load.program, SETTLE_S, len(load.within) * 10, load.place, load.within)
        watch.mark()
        done = storm(load.program, load.seconds, rate, load.place, load.within)
    seen = watch.figures
    acts = sum(done)
    came = seen["opens"] + seen["connects"]
    unaccounted = "-" if filtered else f"{max(0, acts - came - seen['lost']):,}"
    share = 100 * seen["cpu_s"] / seen["wall_s"]
    each = 1e6 * seen["cpu_s"] / max(seen["events"], 1)
    return (
        f"| {rate:,}/s | {'Falco' if rules else 'ours'} | {'as they want' if filtered else 'off'} | "
        f"{load.seconds:.0f} | {acts:,} | {seen['events']:,} | {seen['filtered']:,} | "
        f"{seen['missing']:,} | {seen['lost']:,} | {unaccounted} | {share:.1f} % | {each:.1f} | "
        f"{seen['peak_mb']:.0f} |"
    )
