"""
Decide whether a measure may be taken. Whatever the plan says, these laws come first:

- the node's pid 1, kernel threads, pratique itself, its parents and its children are never touched,
  nor is the container that pratique runs in;
- processes outside of containers are touched only where the plan says so by name (``node: true``);
- exempt containers are never touched;
- a rate bounds how often anything is done, for each container and over all: an attacker who can cause
  alerts must not be able to take a node down with them. Time is that of the alerts, never a clock's.
  What changes nothing (records, dry runs) has a rate of its own: cheap alerts must not use up what
  a grave one needs.

The guard says why not in one line, and everything it says is logged.
"""

import os
from collections import OrderedDict
from collections.abc import Callable

from msgspec import Struct

from pratique.model.alert import Alert
from pratique.model.reaction import Measure
from pratique.responses.interface import Order, Target
from pratique.responses.node import Node

MAX_PLACES = 4096
_SECOND = 1_000_000_000
_HARMLESS = frozenset({Measure.ALERT, Measure.RECORD})
"""Measures that change nothing for anybody: exemptions do not hold for them, rates do."""


class Rate(Struct, frozen=True):
    """At most ``most`` measures in any ``per_s`` seconds, roughly: a bucket that fills evenly."""

    most: int
    per_s: float


class Bucket(Struct):
    """Tokens of one rate."""

    tokens: float
    filled_ns: int

    def take(self, rate: Rate, now_ns: int) -> bool:
        """Take a token, if there is one."""
        passed_s = max(0, now_ns - self.filled_ns) / _SECOND
        self.filled_ns = max(self.filled_ns, now_ns)
        self.tokens = min(rate.most, self.tokens + passed_s * rate.most / rate.per_s)
        if self.tokens < 1.0:
            return False
        self.tokens -= 1.0
        return True


class Guard:
    """
    Say no.

    Args:
        node: the processes of this machine.
        exempt: why an alert's container is exempt, nothing where it is not.
        per_workload: the rate for one container, or for the node as one.
        overall: the rate for all of them.
        own_pid: this process.
    """

    def __init__(
        self,
        node: Node,
        *,
        exempt: Callable[[Alert], str] | None = None,
        per_workload: Rate | None = None,
        overall: Rate | None = None,
        own_pid: int = 0,
    ) -> None:
        self._node = node
        self._exempt = exempt or (lambda alert: "")
        self._per_workload = per_workload or Rate(5, 60)
        self._overall = overall or Rate(30, 60)
        self._own = own_pid or os.getpid()
        self._buckets: OrderedDict[tuple[str, str], Bucket] = OrderedDict()
        self._all: dict[str, Bucket] = {}

    def why_not(self, alert: Alert, order: Order, needs: Target) -> str:
        """Return why a measure must not be taken, nothing where it may; a permit uses up a token."""
        return self._by_law(alert, order, needs) or self._by_rate(alert, _kind(order))

    def _by_law(self, alert: Alert, order: Order, needs: Target) -> str:
        workload = alert.workload
        if workload is None:
            if needs in (Target.CONTAINER, Target.DESTINATION):
                return "the alert is not about a container"
            if not order.node and order.measure not in _HARMLESS:
                return "the process is the node's own, and the plan does not say `node: true`"
        if order.measure in _HARMLESS:
            return ""
        if needs is Target.PROCESS:
            why = self._protected(alert.pid)
        else:
            why = self._home(workload.id if workload else "")
        return why or self._exempt(alert)

    def _protected(self, pid: int) -> str:
        """Return why a process is never touched."""
        if pid <= 1:
            return (
                "pid 1 of the node is never touched" if pid == 1 else "the alert names no process"
            )
        if pid == self._own:
            return "pratique does not act on itself"
        if pid in self._node.parents(self._own):
            return "pratique does not act on its own parents"
        running = self._node.running(pid)
        if running is not None and running.kernel_thread:
            return "kernel threads are never touched"
        if self._own in self._node.parents(pid):
            return "pratique does not act on its own children"
        return ""

    def _home(self, container: str) -> str:
        own = self._node.running(self._own)
        if own is not None and own.belongs_to(container):
            return "pratique runs in this container"
        return ""

    def _by_rate(self, alert: Alert, kind: str) -> str:
        now_ns = max(alert.time_ns, alert.last_ns)
        place = (alert.workload.id if alert.workload else "", kind)
        bucket = self._buckets.get(place)
        if bucket is None:
            if len(self._buckets) >= MAX_PLACES:
                self._buckets.popitem(last=False)
            bucket = self._buckets[place] = Bucket(float(self._per_workload.most), now_ns)
        self._buckets.move_to_end(place)
        together = self._all.setdefault(kind, Bucket(float(self._overall.most), now_ns))
        if not bucket.take(self._per_workload, now_ns):
            return f"more than {_words(self._per_workload)} for this container"
        if not together.take(self._overall, now_ns):
            return f"more than {_words(self._overall)} on this node"
        return ""


def _kind(order: Order) -> str:
    """Return what has a rate together."""
    if order.dry_run:
        return "dry run"
    return "harmless" if order.measure in _HARMLESS else "measure"


def _words(rate: Rate) -> str:
    return f"{rate.most} measures in {rate.per_s:g} s"
