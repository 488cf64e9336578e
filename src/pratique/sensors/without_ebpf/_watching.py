"""
The started sensor: read all sources, put them in order, and tell what was lost.

The order of reading matters. What was opened for execution is read after the connector, because it
always comes before the execution; the connector is read again after the files, so that a birth is
known before what the newborn did is told.
"""

import os
import select
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from pratique.formats.proc_connector import Message
from pratique.kit.clock import booted_ns, steady_ns
from pratique.model.interest import Interest
from pratique.model.observation import Lost, Observation
from pratique.sensors.interface import Counters
from pratique.sensors.without_ebpf._connector import BUFFER_BYTES, Connector
from pratique.sensors.without_ebpf._files import Files, wants_reads
from pratique.sensors.without_ebpf._places import Places
from pratique.sensors.without_ebpf._proc import Proc
from pratique.sensors.without_ebpf._processes import Processes
from pratique.sensors.without_ebpf._sockets import TYPES as SOCKET_TYPES
from pratique.sensors.without_ebpf._sockets import Sockets
from pratique.sensors.without_ebpf._tasks import Tasks, observed

STREAM = 1 << 21
"""The number of this sensor's only stream."""
_WAIT_S = 0.02
_TICK_S = 1.0
_SOCKETS_S = 0.5
_by_time = attrgetter("time_ns")


class WatchingProc:
    """The started sensor; read it from one thread."""

    def __init__(self, interest: Interest, *, buffer_bytes: int = BUFFER_BYTES) -> None:
        """
        Listen, mark, and learn what runs.

        Raises:
            CapabilityError: the process connector is not for us.
        """
        self._interest = interest
        self._connector = Connector(buffer_bytes)
        self._ignored = {os.getpid()}
        self._proc = Proc()
        self._places = Places(self._proc, reads=wants_reads(interest))
        self._places.look()
        self._tasks = Tasks(self._proc, booted_ns())
        self._tasks.want(interest.variables)
        self._processes = Processes(self._tasks, steady_ns() - time.monotonic_ns())
        self._files = Files(self._places, self._tasks, interest, self._ignored)
        self._sockets = Sockets(self._proc)
        for name in self._proc.names(""):
            if name.isdigit():
                self._tasks.get(int(name))
        self._cover()
        self._next_tick = self._next_sockets = 0.0
        list(self._looked(0.0))
        self._sequence = self._filtered = self._lost_before = 0
        self._told: Counter[str] = Counter()
        self._poll = select.poll()
        self._poll.register(self._connector.fileno(), select.POLLIN)
        for group in self._places.groups():
            self._poll.register(group.fileno(), select.POLLIN)

    def read(self, timeout_s: float) -> Sequence[Observation]:
        """Return what came since the last call, waiting at most so long for the first one."""
        deadline = time.monotonic() + timeout_s
        while True:
            found = self._numbered(one for one in self._take() if self._is_wanted(one))
            left = deadline - time.monotonic()
            if found or left <= 0:
                return found
            self._poll.poll(min(_WAIT_S, left) * 1000)

    def want(self, interest: Interest) -> None:
        """Hand out what is wanted from now on; opens for reading are only asked for if needed."""
        self._interest = self._files.interest = interest
        self._tasks.want(interest.variables)
        self._places.want_reads(wants_reads(interest))

    def ignore(self, pids: Sequence[int]) -> None:
        """Leave out what these processes (pratique's own) do."""
        self._ignored.update(pids)

    def counters(self) -> Counters:
        """Return the counts so far; a loss of unknown size counts as one."""
        lost = self._losses()
        return Counters(
            seen=self._sequence,
            filtered=self._filtered + self._files.filtered,
            lost=sum(lost.values()),
            lost_by=tuple(sorted((what, count) for what, count in lost.items() if count)),
        )

    def close(self) -> None:
        """Stop watching and give back everything."""
        self._connector.close()
        self._places.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self) -> list[Observation]:
        """Return everything that waits, in the order of time."""
        now = time.monotonic()
        found = self._messages()
        events = self._files.read()
        read_ns = steady_ns()
        found += self._messages()
        files = self._files.observed(events, read_ns)
        # A process's files come before its end, which has the same time.
        found = [*files, *found]
        found += self._looked(now)
        found.sort(key=_by_time)
        if now >= self._next_tick:
            self._next_tick = now + _TICK_S
            self._places.look()
            found += self._lost()
        return found

    def _messages(self) -> list[Observation]:
        messages: Sequence[Message] = self._connector.take()
        self._files.executions(self._processes)
        found = [one for one in self._processes.take(messages) if one.pid not in self._ignored]
        if self._connector.lost > self._lost_before:
            self._lost_before = self._connector.lost
            # Whoever was born meanwhile is not known, and whoever ended may be somebody else.
            self._tasks.forget()
        self._cover()
        return found

    def _cover(self) -> None:
        """Mark what new containers have mounted."""
        fresh, self._tasks.views.fresh = self._tasks.views.fresh, []
        for view in fresh:
            self._places.cover(view)

    def _looked(self, now: float) -> Iterator[Observation]:
        """Yield new sockets, if it is time to look."""
        wanted = not self._interest.types or self._interest.types & SOCKET_TYPES
        if not wanted or now < self._next_sockets:
            return
        self._next_sockets = now + _SOCKETS_S
        for task, kind, act in self._sockets.look(self._tasks.all()):
            if task.pid not in self._ignored:
                yield observed(kind, act, task, steady_ns())

    def _losses(self) -> dict[str, int]:
        return {
            "processes": self._connector.lost,
            "messages": self._connector.damaged,
            "file events": self._files.overflows,
            "files": sum(one.damaged for one in self._places.groups()),
            "names": self._files.homeless,
            "sockets": self._sockets.ownerless,
        }

    def _lost(self) -> Iterator[Observation]:
        """Yield what was lost since this was last told."""
        for what, count in self._losses().items():
            more = count - self._told[what]
            if more:
                self._told[what] = count
                yield _loss(-1 if what == "file events" else more, what)
        if self._connector.unknown_loss:
            self._connector.unknown_loss = False
            yield _loss(-1, "processes")

    def _is_wanted(self, observation: Observation) -> bool:
        types = self._interest.types
        if not types or observation.type in types or observation.type == "lost":
            return True
        if observation.type == "openat" and types & {"open", "openat2", "creat"}:
            return True
        self._filtered += 1
        return False

    def _numbered(self, observations: Iterable[Observation]) -> list[Observation]:
        found = []
        for one in observations:
            self._sequence += 1
            found.append(replace(one, sequence=self._sequence, stream=STREAM))
        return found


_REASONS = {
    "processes": "buffer of the process connector full",
    "messages": "damaged message",
    "file events": "queue of fanotify full",
    "files": "a file could not be opened for its event, or the event is damaged",
    "names": "the folder was gone before its name was read",
    "sockets": "whoever held the socket was gone",
}


def _loss(count: int, what: str) -> Observation:
    return Observation("lost", Lost(count, _REASONS[what], what), steady_ns(), 0)
