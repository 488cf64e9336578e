"""
Measure a file of a running container: its sha256, through the root folder of one of its processes.

The path is resolved inside that folder by the kernel, so a link of the container never leads to a
file of the node. Bounded: what is larger is not measured, and that is said (empty), never guessed. Measuring
holds the watch up, so a container that changes file after file must not buy time with it: over
``BUDGET_BYTES`` within ``WINDOW_S`` nothing more is measured until the window ends.
"""

import hashlib
import time
from collections.abc import Callable

from pratique.model.workload import Workload
from pratique.workloads.host import Host

MAX_BYTES = 64 << 20
BUDGET_BYTES = 256 << 20
WINDOW_S = 10.0


class FileMeasure:
    """Measure files of containers; a ``detections.drift.judging.Measure``."""

    def __init__(
        self,
        host: Host,
        most: int = MAX_BYTES,
        budget: int = BUDGET_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._host = host
        self._most = most
        self._budget = self._left = budget
        self._clock = clock
        self._ends = 0.0

    def __call__(self, workload: Workload, path: str) -> str | None:
        """Return the sha256 in hexadecimal, empty where the file cannot be had."""
        now = self._clock()
        if now >= self._ends:
            self._ends, self._left = now + WINDOW_S, self._budget
        if not workload.init_pid or self._left <= 0:
            return ""
        content = self._host.inside(workload.init_pid, path, min(self._most, self._left))
        if content is None:
            return ""
        self._left -= len(content)
        return hashlib.sha256(content).hexdigest()


def unmeasured(workload: Workload, path: str) -> str | None:
    """Measure nothing: of a recording only the events are left."""
    return ""
