"""
Time what joining one event costs: its process, container, user and names.

``python -m bench.joining`` joins a made-up stream (70 % opens, 20 % connections, 5 % executions, 5 %
births of processes) of 2,000 processes in 200 containers, and prints CPU time for one event, by kind
too. The containers are found in a made-up tree; nothing of this machine is read.
"""

import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pratique.kit import registry
from pratique.model.observation import (
    CgroupChanged,
    Executed,
    Forked,
    Observation,
    Opened,
    SocketUsed,
)
from pratique.workloads.containers import Containers
from pratique.workloads.index import Index
from pratique.workloads.joining import Joiner
from pratique.workloads.names import Names
from pratique.workloads.processes import ProcessTable
from pratique.workloads.users import Users
from tests.makers.node import Node

EVENTS = 200_000
PROCESSES = 2_000
GROUPS = 200
NOW = 1_795_000_000_000_000_000
RUNS = 5


def main() -> None:
    """Print microseconds of CPU time for one event, the least of some runs."""
    with TemporaryDirectory() as folder:
        joiner = _joiner(Path(folder))
        started = list(_started())
        stream = [_observation(number) for number in range(EVENTS)]
        _least(joiner, started, 1)
        print(f"all kinds  {_least(joiner, stream, RUNS):.2f} us")
        for kind in ("openat", "connect", "execve", "fork"):
            chosen = [one for one in stream if one.type == kind]
            print(f"{kind:<9}  {_least(joiner, chosen, RUNS):.2f} us")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{len(joiner.processes)} processes, {peak} MB at most")


def _joiner(folder: Path) -> Joiner:
    node = Node(folder)
    index = Index(node.host, registry.load("workloads"), Containers())
    index.scan()
    for number in range(GROUPS):
        path = f"/libpod_parent/libpod-{number:064x}"
        index.observe(CgroupChanged(path, 1000 + number, 8), NOW)
    table = ProcessTable(None, 0, lambda two, one: index.of(two, one) is not None)
    return Joiner(index, table, "node", Names(), Users(None))


def _started() -> Iterator[Observation]:
    for number in range(PROCESSES):
        yield _said("execve", Executed("/bin/x", ("x", "-a")), number)


def _observation(number: int) -> Observation:
    place = number % 20
    if place < 14:
        return _said("openat", Opened(f"/etc/x{number}", 0, 3), number)
    if place < 18:
        act = SocketUsed(3, 2, 1, 6, "192.0.2.1", 1, "192.0.2.2", 443)
        return _said("connect", act, number)
    if place == 18:
        return _said("execve", Executed("/bin/x", ("x", "-a")), number)
    return _said("fork", Forked(200_000 + number % 4000), number)


def _said(kind: str, act: Executed | Opened | SocketUsed | Forked, number: int) -> Observation:
    pid = 100_000 + number % PROCESSES
    group = 1000 + number % GROUPS
    return Observation(
        kind, act, NOW + number * 1000, pid, pid, 1, 0, 0, 1, group, comm="x", sequence=number
    )


def _least(joiner: Joiner, stream: Sequence[Observation], runs: int) -> float:
    took = []
    for _ in range(runs):
        start = time.process_time()
        for one in stream:
            joiner.join(one)
        took.append((time.process_time() - start) / len(stream) * 1e6)
    return min(took)


if __name__ == "__main__":
    main()
