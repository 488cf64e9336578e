"""
Make what joins observations with their processes and containers: on this node, or from a recording.
"""

from collections.abc import Callable

from pratique.formats.recording.values import ProcessFact
from pratique.kit import registry
from pratique.model.workload import ImageFacts, Workload
from pratique.pipelines.watch_servers import Servers, begin_asking
from pratique.workloads.containers import Containers
from pratique.workloads.host import Host
from pratique.workloads.index import Index
from pratique.workloads.joining import Joiner
from pratique.workloads.names import Names
from pratique.workloads.process_files import look_up
from pratique.workloads.processes import ProcessTable
from pratique.workloads.recorded import RecordedIndex
from pratique.workloads.users import Users

Facts = Callable[[Workload], ImageFacts | None]


class LiveWho:
    """
    Who does what on this node, from its own state on.

    ``root`` is where the node's files are seen: ``/``, or a mount of it in the sensor's container.
    ``servers`` says who is asked for what files do not say; None asks nobody.
    """

    def __init__(
        self,
        node: str,
        root: str = "/",
        facts: Facts | None = None,
        servers: Servers | None = None,
    ) -> None:
        host = Host(root)
        self._host = host
        boot_ns = booted_ns(host)
        self._containers = Containers(facts, lambda pid: _started(host, pid, boot_ns))
        self.index = Index(host, registry.load("workloads"), self._containers)
        self.processes = ProcessTable(
            host,
            boot_ns,
            lambda two, one: _is_inside(self.index.of(two, one)),
            lambda path: _is_inside(self.index.of_path(path)),
        )
        self.joiner = Joiner(self.index, self.processes, node, Names(), Users(host))
        if servers is not None:
            self.index.listen(begin_asking(servers, node, root, host.environ))

    def begin(self) -> None:
        """Look at what runs already, and begin to follow the engines."""
        self.index.scan()
        self.index.follow()
        self.processes.fill()

    def poll(self, now_ns: int) -> None:
        """Ask again for what was not known yet; call a few times a second."""
        self.index.poll(now_ns)
        self.processes.sweep(now_ns)

    def refresh(self) -> None:
        """Ask the store again: images may have been judged meanwhile."""
        self.index.refresh()

    def silent(self) -> tuple[tuple[str, str], ...]:
        """Return the servers that do not answer now, and why."""
        return self.index.silent()

    def running(self) -> tuple[Workload, ...]:
        """Return the containers that run."""
        return self._containers.running()

    def counts(self) -> dict[str, int]:
        """Return how full the tables are."""
        return {"processes": len(self.processes), **self.index.counts()}

    def given_up(self) -> int:
        """Return how many look-ups got no answer in time, of what containers answer themselves."""
        return self._host.given_up

    def close(self) -> None:
        """Stop following."""
        self.index.close()


class ReplayedWho:
    """Who did what in a recording."""

    def __init__(self, node: str, booted: int) -> None:
        self.index = RecordedIndex()
        self.processes = ProcessTable(
            None, booted, lambda two, one: _is_inside(self.index.of(two, one))
        )
        self.joiner = Joiner(self.index, self.processes, node, Names(), Users(None))

    def tell_process(self, fact: ProcessFact) -> None:
        """Take a process that was there when the recording began."""
        self.processes.tell(fact.process, inside=fact.inside)


def _is_inside(workload: Workload | None) -> bool:
    # One without an id is a group in doubt.
    return workload is not None and bool(workload.id)


def booted_ns(host: Host) -> int:
    """Return when the machine started, in ns since the epoch; 0 where ``/proc/stat`` does not say."""
    for line in (host.read("/proc/stat", 1 << 20) or b"").splitlines():
        if line.startswith(b"btime "):
            return int(line[6:]) * 1_000_000_000
    return 0


def _started(host: Host, pid: int, boot_ns: int) -> int:
    looked = look_up(host, pid, boot_ns)
    return looked.process.started_ns if looked else 0
