"""
Answer which container a control group belongs to from a recording, not from the node.

A recording tells each control group's workload before the first observation of it, and again when
more is known. What it does not tell is in doubt: never the node's.
"""

from pratique.model.observation import CgroupChanged
from pratique.model.workload import Workload
from pratique.workloads.index import UNKNOWN


class RecordedIndex:
    """The containers of a recording so far; a ``model.workload.WorkloadIndex``."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, int], Workload | None] = {}

    def tell(self, cgroup: int, cgroup_v1: int, workload: Workload | None) -> None:
        """Take what a recording says of a control group; ``None`` is the node."""
        self._told[(cgroup, cgroup_v1)] = workload

    def of(self, cgroup: int, cgroup_v1: int = 0) -> Workload | None:
        """Return the workload of a control group's ids."""
        return self._told.get((cgroup, cgroup_v1), UNKNOWN)

    def observe(self, act: CgroupChanged, now_ns: int) -> None:
        """Learn nothing: a recording says what a new control group is."""

    def name(self, identity: str, name: str) -> None:
        """Learn nothing: a recording says what containers are called."""
