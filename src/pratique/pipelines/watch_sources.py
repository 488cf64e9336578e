"""Give the events of a watch: from this node as they happen, or from a recording."""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from pratique.formats.recording.values import Header
from pratique.kit.clock import steady_ns
from pratique.model.event import Event, Process
from pratique.model.interest import Interest, merged
from pratique.model.workload import Workload
from pratique.pipelines.record_events import Replay
from pratique.pipelines.watch_holding import Ask
from pratique.pipelines.watch_sensors import Together, beside, choose
from pratique.pipelines.watch_servers import Servers
from pratique.pipelines.watch_who import Facts, LiveWho
from pratique.sensors.interface import Counters, Readiness, Running

JOINED = Interest(
    types=frozenset(
        (
            *("execve", "execveat", "fork", "procexit"),
            *("chdir", "setsid", "prctl", "capset", "dns"),
            *("cgroup_mkdir", "cgroup_rmdir", "cgroup_attach"),
            *("setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid"),
            *("setfsuid", "setfsgid"),
        )
    ),
    every_open=False,
    open_writes=False,
)
"""What tells who an event is by, whether or not a rule asks for it."""
BATCH = 2048
"""Events of a recording that one turn takes."""


class Source(Protocol):
    """Where events come from; ``ended`` is said of a recording only."""

    readiness: Readiness
    ended: bool

    def events(self, timeout_s: float) -> Iterable[Event]:
        """Return what came, waiting at most so long for the first."""

    def want(self, interest: Interest) -> None:
        """Say what is wanted from now on."""

    def poll(self, now_ns: int) -> None:
        """Look after what is not known yet."""

    @property
    def ask(self) -> Ask | None:
        """Return what joins an event again with what is known now; None where nobody is asked."""

    def refresh(self) -> None:
        """Ask the store again."""

    def counters(self) -> Counters:
        """Return what the sensor counted."""

    def counts(self) -> Mapping[str, int]:
        """Return how full the tables of who did it are."""

    def given_up(self) -> int:
        """Return how many look-ups of who did it got no answer in time."""

    def before(self) -> Iterable[tuple[Process, bool]]:
        """Return the processes that ran already, and whether each does in a container."""

    def running(self) -> Sequence[Workload]:
        """Return the containers that run now."""

    def silent(self) -> Sequence[tuple[str, str]]:
        """Return the servers that are asked and do not answer, and why."""

    def close(self) -> None:
        """Give everything back."""


class LiveSource:
    """
    This node.

    Raises:
        CapabilityError: it cannot be observed.
    """

    def __init__(
        self,
        node: str,
        root: str,
        sensor: str,
        interest: Interest,
        facts: Facts | None,
        servers: Servers | None = None,
    ) -> None:
        unit, self.readiness = choose(sensor)
        self.ended = False
        # The sensor starts first: what begins while the node is looked at is not missed.
        wanted = merged((interest, JOINED))
        self._sensor = Together(unit.start(wanted), beside(wanted))
        try:
            self._sensor.ignore((os.getpid(),))
            self._who = LiveWho(node, root, facts, servers)
            self._who.begin()
        except BaseException:
            self._sensor.close()
            raise

    @property
    def sensor(self) -> Running:
        """Return the sensor, for what it can do besides watching."""
        return self._sensor.main

    def events(self, timeout_s: float) -> Iterator[Event]:
        """Return what came, waiting at most so long for the first."""
        return self._who.joiner.join_all(self._sensor.read(timeout_s))

    def want(self, interest: Interest) -> None:
        """Tell the kernel what is wanted from now on."""
        self._sensor.want(merged((interest, JOINED)))

    def poll(self, now_ns: int) -> None:
        """Ask the engines again for what they had not written yet."""
        self._who.poll(now_ns)

    def ask(self, event: Event) -> Event:
        """Return an event with what is known by now of its container."""
        return self._who.joiner.anew(event, steady_ns())

    def refresh(self) -> None:
        """Ask the store again: images may have been judged meanwhile."""
        self._who.refresh()

    def counters(self) -> Counters:
        """Return what the sensor counted."""
        return self._sensor.counters()

    def before(self) -> Iterator[tuple[Process, bool]]:
        """Return the processes that ran already."""
        table = self._who.processes
        return ((process, table.is_inside(process.pid)) for _, process in table.running())

    def running(self) -> Sequence[Workload]:
        """Return the containers that run now."""
        return self._who.running()

    def silent(self) -> tuple[tuple[str, str], ...]:
        """Return the servers that do not answer now, and why."""
        return self._who.silent()

    def counts(self) -> dict[str, int]:
        """Return how full the tables of processes, containers and control groups are."""
        return self._who.counts()

    def given_up(self) -> int:
        """Return how many look-ups of processes and accounts got no answer in time."""
        return self._who.given_up()

    def close(self) -> None:
        """Stop watching."""
        self._sensor.close()
        self._who.close()


class ReplaySource:
    """
    A recording.

    Raises:
        TargetError: it cannot be read.
        FormatError: it is no recording.
    """

    def __init__(self, path: Path, facts: Facts | None = None) -> None:
        self._replay = Replay(path, facts)
        self._events = self._replay.events()
        self.header: Header = self._replay.header
        self.ended = False
        blind = ("arguments were taken out",) if self.header.redacted else ()
        self.readiness = Readiness(
            sensor="replay", ready=True, tier=f"of {self.header.sensor}", blind=blind
        )

    @property
    def cut(self) -> str:
        """Return how the recording was cut short, or nothing."""
        return self._replay.cut

    def events(self, timeout_s: float) -> Sequence[Event]:
        """Return the next ones; none at the end."""
        batch = list(islice(self._events, BATCH))
        self.ended = not batch
        return batch

    def want(self, interest: Interest) -> None:
        """Change nothing: what was recorded was recorded."""

    def poll(self, now_ns: int) -> None:
        """Change nothing."""

    @property
    def ask(self) -> None:
        """Ask nobody: a replay gives the same each time."""

    def refresh(self) -> None:
        """Change nothing."""

    def counters(self) -> Counters:
        """Count nothing."""
        return Counters()

    def before(self) -> Iterable[tuple[Process, bool]]:
        """Return nothing: a recording tells them itself."""
        return ()

    def counts(self) -> dict[str, int]:
        """Return nothing: nobody is looked up."""
        return {}

    def given_up(self) -> int:
        """Give nothing up: nobody is looked up."""
        return 0

    def running(self) -> Sequence[Workload]:
        """Return nothing: nothing runs."""
        return ()

    def silent(self) -> Sequence[tuple[str, str]]:
        """Return nothing: nobody is asked."""
        return ()

    def close(self) -> None:
        """Leave the file."""
        self._replay.close()


def started_header(node: str, sensor: str, version: str, *, redacted: bool, booted: int) -> Header:
    """Return the header of a recording that begins now."""
    return Header(
        node=node,
        sensor=sensor,
        tool_version=version,
        booted_ns=booted,
        started_ns=time.time_ns(),
        redacted=redacted,
    )
