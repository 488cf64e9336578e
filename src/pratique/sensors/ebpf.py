"""
Observe the node by programs inside its kernel (bpf/), and stop there what may not be.

The programs write records into two rings: what must not wait (processes, refusals, control groups)
and the bulk. They are read by a timer, since a wakeup costs more than an event; the kernel wakes the
reader as a ring is a quarter full, and at the first record where none came for a while (``_pace``).
Records of both rings are handed out in the order of time, and only up to the moment at which reading
began, or up to the last one of a batch that was cut, so that an open never overtakes its execution. A batch is bounded, so that a burst waits in the rings and not
as objects, which take five times the memory. One ring may run ahead of the other only so far: where
the reader has no time to read, order is given up before memory or events are.

Equal opens, mappings and socket calls of one image of one process are counted in the kernel and
told once a second with their count. Every loss is counted by type in the kernel and becomes an
observation ``lost``; the numbers of sequence show the same gaps.

Rights: CAP_BPF and CAP_PERFMON (load, read kernel memory), CAP_NET_ADMIN (hooks of control groups);
CAP_MAC_ADMIN is not needed for the LSM hook. docs/explanation/ebpf-sensor.md has more.
"""

import os
import platform
import select
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import attrgetter
from types import TracebackType
from typing import Self

from msgspec.structs import replace

from pratique.formats.kernel_events import layout
from pratique.formats.kernel_events.calls import TYPES
from pratique.formats.kernel_events.decode import decode
from pratique.kit.clock import booted_ns
from pratique.model.errors import CapabilityError, FormatError
from pratique.model.interest import Interest
from pratique.model.observation import Act, CgroupChanged, Executed, Lost, Observation
from pratique.model.workload import Workload
from pratique.sensors._calls_seen import CallsSeen, Used
from pratique.sensors._enforcement import Enforcement, Group, pids_hierarchy
from pratique.sensors._filters import Filters, chosen
from pratique.sensors._hooks import Loaded, attach, load
from pratique.sensors._pace import Pace
from pratique.sensors._repeats import Repeats
from pratique.sensors._ring import Ring, ring
from pratique.sensors.interface import Counters, Readiness

NAME = "ebpf"
TITLE = "Programs inside the kernel (eBPF)"

BULK_BYTES = 1 << 24
URGENT_BYTES = 1 << 22
OWN_STREAM = 1 << 20
"""Stream of what the sensor itself tells: losses, counts of repeats, calls seen."""
MOST_RECORDS = 2048
"""Records of one ring that one reading takes."""
MOST_HELD = 4 * MOST_RECORDS
"""Observations that wait for earlier ones of the other ring."""
_TICK_S = 1.0
_CALLS_TICKS = 3
"""How many of them lie between two looks at the calls that were used."""
_SECOND_NS = 1_000_000_000
_by_time = attrgetter("time_ns")


def probe() -> Readiness:
    """Load and attach everything for a moment, and say what works."""
    try:
        loaded = attach(load({"bulk": 1 << 16, "urgent": 1 << 16}))
    except CapabilityError as error:
        return Readiness(sensor=NAME, ready=False, why_not=f"{error}; {error.hint()}")
    try:
        return Readiness(
            sensor=NAME,
            ready=True,
            tier=loaded.tier(),
            blind=loaded.blind(),
            hooks=loaded.hooks,
        )
    finally:
        loaded.object.close()


def start(interest: Interest) -> "Watching":
    """
    Begin to watch.

    Raises:
        CapabilityError: the sensor cannot run here; the hint says what is missing.
    """
    return Watching(interest)


class Watching:
    """The started sensor; read it from one thread."""

    def __init__(
        self,
        interest: Interest,
        *,
        bulk_bytes: int = BULK_BYTES,
        urgent_bytes: int = URGENT_BYTES,
        repeats: bool = True,
        reader: Callable[[int, int], Ring] = ring,
    ) -> None:
        """
        Load, fill the tables, then attach.

        Args:
            interest: What is wanted at first.
            bulk_bytes: Size of the bulk ring, a power of two of at least a page.
            urgent_bytes: Size of the other.
            repeats: Count equal acts instead of telling each.
            reader: What makes the reader of a ring from its descriptor and size.

        Raises:
            CapabilityError: it cannot run here.
        """
        loaded = load({"bulk": bulk_bytes, "urgent": urgent_bytes})
        self._object = loaded.object
        self._repeats = Repeats() if repeats else None
        self._filters = Filters(
            loaded.object, platform.machine(), (bulk_bytes // 4, urgent_bytes // 4)
        )
        self._pace = Pace(MOST_RECORDS, self._filters.wake_at_once)
        self._calls = CallsSeen(self._object.map("calls_seen"))
        self._ticks = 0
        self._pids_hierarchy = pids_hierarchy()
        self.want(interest)
        self.ignore([os.getpid()])
        self._rings = [
            reader(self._object.map("bulk").fd, bulk_bytes),
            reader(self._object.map("urgent").fd, urgent_bytes),
        ]
        self._epoll = select.epoll()
        for name in ("bulk", "urgent"):
            # By edges: a ring with anything in it is always ready, its wakeup is what counts.
            self._epoll.register(self._object.map(name).fd, select.EPOLLIN | select.EPOLLET)
        self._boot_ns = booted_ns()
        self._held: list[Observation] = []
        self._next_take = 0.0
        self._seen = self._own = self._damaged = 0
        self._told_lost: list[int] = [0] * layout.COUNTERS
        self._next_tick = time.monotonic() + _TICK_S
        self.loaded: Loaded = attach(loaded)
        self.enforcement = Enforcement(self.loaded, self._filters)

    def read(self, timeout_s: float) -> Sequence[Observation]:
        """
        Return what came since the last call, waiting at most so long for the first one.

        Observations are in the order of their times; what the kernel has not finished, and what is
        younger than the start of this reading, comes with the next call. The rings are left alone
        until their time comes or the kernel says that it matters; without a wait they are read.
        """
        deadline = time.monotonic() + timeout_s
        while True:
            wait = min(self._next_take, deadline) - time.monotonic()
            woken = bool(self._epoll.poll(wait)) if wait > 0 else not timeout_s
            now = time.monotonic()
            found = self._take(now) if woken or now >= self._next_take else []
            if now >= self._next_tick:
                self._next_tick = now + _TICK_S
                found += self._tick()
            if found or now >= deadline:
                self._seen += len(found)
                return found

    def want(self, interest: Interest) -> None:
        """Tell the kernel what is wanted from now on."""
        self._counts_calls = "syscalls" in interest.types
        self._filters.want(interest, self._repeats is not None)

    def ignore(self, pids: Sequence[int]) -> None:
        """Leave out what these processes (pratique's own) do."""
        for pid in pids:
            self._object.map("ignored").put(pid.to_bytes(4, "little"), b"\1\0\0\0")

    def counters(self) -> Counters:
        """Return the counts so far."""
        sums = self._object.map("lost").sums()
        lost = {TYPES[place]: count for place, count in enumerate(sums) if count and place in TYPES}
        if self._damaged:
            lost["damaged"] = self._damaged
        if self._repeats is not None and self._repeats.lost:
            lost["repeats"] = self._repeats.lost
        return Counters(
            seen=self._seen,
            filtered=sums[layout.FILTERED],
            lost=sum(lost.values()),
            lost_by=tuple(sorted(lost.items())),
        )

    def calls_seen(self) -> list[Observation]:
        """
        Return which native system calls each container has used since it was first seen.

        Asked for by the event type ``syscalls``, which also tells them every few seconds and as a
        control group goes.
        """
        return [self._tell_calls(one) for one in self._calls.all()]

    def deny(self, cgroup: int, cgroup_v1: int, address: str, port: int) -> None:
        """
        Refuse connections of a container to an address from now on; ``responses.interface.Blocker``.

        Raises:
            CapabilityError: it has no group of its own, or connections cannot be refused here.
            UsageError: it is no address, or no port.
        """
        self.enforcement.deny((Group(cgroup), Group(cgroup_v1, v1=True)), address, port)

    @property
    def scripts_too(self) -> bool:
        """Whether drifted scripts are stopped as well: only a security module sees them."""
        return self.loaded.has("refuse_exec")

    def refuse(self, workload: Workload, cgroup: int, cgroup_v1: int) -> str:
        """
        Stop drifted programs of a container from now on; ``responses.interface.Refuser``.

        Raises:
            CapabilityError: it has no group of its own.
        """
        return self.enforcement.refuse((Group(cgroup), Group(cgroup_v1, v1=True)))

    def close(self) -> None:
        """Stop watching and give back everything."""
        for one in self._rings:
            one.close()
        self._rings = []
        self._epoll.close()
        self._object.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self, now: float) -> list[Observation]:
        until = time.clock_gettime_ns(time.CLOCK_BOOTTIME) + self._boot_ns
        found, self._held = self._held, []
        taken = urgent = 0
        for one in self._rings:
            records = one.take(MOST_RECORDS)
            taken += len(records)
            urgent = len(found)
            self._decode(records, found)
            if len(records) == MOST_RECORDS and found:
                until = min(until, found[-1].time_ns)
        self._next_take = now + self._pace.pause_s(taken)
        # The ring that does not wait is the last one; ends of groups are in it alone.
        found += self._let_go(found[urgent:])
        found, self._held = parted(found, until)
        return found

    def _decode(self, records: Iterable[bytes], found: list[Observation]) -> None:
        boot_ns, repeats = self._boot_ns, self._repeats
        for record in records:
            try:
                seen = decode(record, boot_ns)
            except FormatError:
                self._damaged += 1
                continue
            if seen.stream & layout.URGENT_STREAM:
                seen = _private(seen, self._filters.variables)
            elif repeats is not None:
                repeats.see(seen.sequence, seen.stream, seen.time_ns, record)
            found.append(seen)

    def _tick(self) -> list[Observation]:
        """Return what is told once a second: losses, and how often acts were repeated."""
        found = []
        sums = self._object.map("lost").sums()
        for place, (count, told) in enumerate(zip(sums, self._told_lost, strict=True)):
            if count > told and place in TYPES:
                found.append(self._tell("lost", Lost(count - told, "ring full", TYPES[place])))
        self._told_lost = sums
        if self._repeats is not None:
            found += self._repeated(self._repeats)
        self._ticks += 1
        if self._counts_calls and not self._ticks % _CALLS_TICKS:
            found += map(self._tell_calls, self._calls.changed())
        return found

    def _repeated(self, repeats: Repeats) -> list[Observation]:
        now = time.clock_gettime_ns(time.CLOCK_BOOTTIME) + self._boot_ns
        known, unknown = repeats.emptied(self._object.map("repeated").take(), now)
        found = [self._again(first, last_ns, count) for first, last_ns, count in known]
        if unknown:
            found.append(self._tell("lost", Lost(unknown, "repeats of an act not known")))
        return found

    def _again(self, first: bytes, last_ns: int, count: int) -> Observation:
        """Return the act of a record once more, standing for its repeats."""
        self._own += 1
        return replace(
            decode(first, self._boot_ns),
            count=count,
            time_ns=last_ns + self._boot_ns,
            sequence=self._own,
            stream=OWN_STREAM,
        )

    def _let_go(self, found: Sequence[Observation]) -> list[Observation]:
        """Forget the groups that are gone; return what they have used, as of just before."""
        last: list[Observation] = []
        for one in found:
            act = one.act
            if act.__class__ is not CgroupChanged or act.born:
                continue
            # Numbers of groups are their hierarchy's own.
            if act.hierarchy in (0, self._pids_hierarchy):
                group = Group(act.id, v1=act.hierarchy > 0)
                if self.enforcement.holds(group):
                    self.enforcement.release(group)
                for used in self._calls.gone(group.id, v1=group.v1):
                    last.append(replace(self._tell_calls(used), time_ns=one.time_ns - 1))
        return last

    def _tell_calls(self, used: Used) -> Observation:
        return self._tell("syscalls", used.seen, used.group, int(used.v1))

    def _tell(self, kind: str, act: Act, group: int = 0, v1: int = 0) -> Observation:
        self._own += 1
        now = time.clock_gettime_ns(time.CLOCK_BOOTTIME) + self._boot_ns
        return Observation(
            kind,
            act,
            now,
            0,
            cgroup=0 if v1 else group,
            cgroup_v1=group if v1 else 0,
            sequence=self._own,
            stream=OWN_STREAM,
        )


def parted(
    found: Sequence[Observation], until_ns: int
) -> tuple[list[Observation], list[Observation]]:
    """Return by time what is handed out now, and the newest that wait as they are younger."""
    given = sorted(found, key=_by_time)
    held: list[Observation] = []
    while given and given[-1].time_ns > until_ns and len(held) < MOST_HELD:
        held.append(given.pop())
    return given, held


def _private(seen: Observation, variables: Collection[str]) -> Observation:
    """Drop variables of the environment that only begin like a wanted one."""
    act = seen.act
    if act.__class__ is Executed and act.environment:
        return replace(seen, act=replace(act, environment=chosen(act.environment, variables)))
    return seen
