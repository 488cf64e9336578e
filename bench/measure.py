"""
Run a whole command and account for it and all its descendants.

CPU seconds come from ``wait4`` (the process and the descendants it waited for). Peak memory is the
largest sum of PSS over the process tree, sampled: PSS shares common pages fairly, so a forked
worker does not count its parent's pages twice.
"""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_S = 0.004


@dataclass(frozen=True)
class Run:
    """One finished command: seconds of CPU and wall, peak bytes over the tree, exit code."""

    cpu_s: float
    wall_s: float
    peak_bytes: int
    code: int


def run(command: Sequence[str], environ: Mapping[str, str] | None = None) -> Run:
    """Run ``command`` to its end and return what it took; its output is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, _tree_bytes(process.pid))
        time.sleep(SAMPLE_S)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = max(peak, usage.ru_maxrss * 1024 if peak == 0 else 0)
    return Run(usage.ru_utime + usage.ru_stime, wall, peak, process.returncode)


def median(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(
        statistics.median(r.cpu_s for r in runs),
        statistics.median(r.wall_s for r in runs),
        int(statistics.median(r.peak_bytes for r in runs)),
        runs[-1].code,
    )


def _tree_bytes(root: int) -> int:
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        except OSError:
            continue  # it ended while we looked
        for line in rollup.splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total
