"""Measure how long after an event its alert leaves, on a node that does little else."""

import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.runtime.generator import WatchBeside

EVENTS = 300
PAUSE_S = 0.037
"""No multiple of the sensor's 20 ms, so that all phases are met."""


def late(program: Path, falco: Path) -> Iterator[str]:
    """Yield the line: each event is a read of the password hashes, which a rule of Falco's tells."""
    with WatchBeside("--rules", str(falco)) as watch:
        for _ in range(EVENTS):
            subprocess.run(["cat", "/etc/shadow"], stdout=subprocess.DEVNULL, check=False)
            time.sleep(PAUSE_S)
    took = sorted(one / 1e6 for one in watch.figures["late_ns"])
    if len(took) < 2:
        yield "No alert came: the latency is not known."
        return
    cuts = statistics.quantiles(took, n=100)
    yield (
        f"From event to alert: p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms ({len(took)} alerts)."
    )
