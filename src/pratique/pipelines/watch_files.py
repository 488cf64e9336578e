"""
Measure a file of a running container: its sha256, through the root folder of one of its processes.

The path is resolved inside that folder by the kernel, so a link of the container never leads to a
file of the node. Bounded: what is larger is not measured, and that is said (empty), never guessed.
"""

import hashlib

from pratique.model.workload import Workload
from pratique.workloads.host import Host

MAX_BYTES = 64 << 20


class FileMeasure:
    """Measure files of containers; a ``detections.drift.judging.Measure``."""

    def __init__(self, host: Host, most: int = MAX_BYTES) -> None:
        self._host = host
        self._most = most

    def __call__(self, workload: Workload, path: str) -> str | None:
        """Return the sha256 in hexadecimal, empty where the file cannot be had."""
        if not workload.init_pid:
            return ""
        content = self._host.inside(workload.init_pid, path, self._most)
        return "" if content is None else hashlib.sha256(content).hexdigest()


def unmeasured(workload: Workload, path: str) -> str | None:
    """Measure nothing: of a recording only the events are left."""
    return ""
