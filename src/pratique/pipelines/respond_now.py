"""Take one measure on a container or process that a person names, through the same guard as any other."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from pratique.kit import registry
from pratique.kit.folders import data_folder
from pratique.model.alert import Alert, Detector, Priority
from pratique.model.errors import TargetError
from pratique.model.reaction import Measure, Reaction
from pratique.model.workload import Workload
from pratique.responses.engines import Engines
from pratique.responses.fanotify_gate import RunningGate
from pratique.responses.guard import Guard
from pratique.responses.interface import Means, Order
from pratique.responses.log import ReactionLog
from pratique.responses.node import Node
from pratique.responses.plan import Plan, exemption_of
from pratique.responses.responder import Responder
from pratique.workloads.host import Host
from pratique.workloads.interface import Engine

BY_HAND = "by-hand"
"""The rule of an alert that a person's command stands for."""
_LEAST = 4


class Asked(Struct, frozen=True, kw_only=True):
    """What a person wants done: ``destination`` is an address and a port."""

    measure: Measure
    target: str
    reason: str = "asked for by hand"
    really: bool = False
    node: bool = False
    signal: int = 15
    grace_s: float = 5.0
    destination: tuple[str, int] = ("", 0)


def respond_now(
    asked: Asked,
    plan: Plan,
    environ: Mapping[str, str],
    now_ns: Callable[[], int] = time.time_ns,
) -> Reaction:
    """
    Do it, or say what would be done; the reaction is logged either way.

    Raises:
        TargetError: there is no such process or container, or several.
    """
    node = Node()
    alert = _alert(asked, node, environ, now_ns())
    means = Means(
        now_ns=now_ns,
        engines=Engines(environ=environ),
        refuser=RunningGate(),
        records=records_folder(environ),
    )
    guard = Guard(node, exempt=lambda told: exemption_of(plan, told))
    order = Order(
        measure=asked.measure,
        reason=asked.reason,
        dry_run=not asked.really,
        node=asked.node,
        signal=asked.signal,
        grace_s=asked.grace_s,
    )
    return Responder(plan, guard, means, reaction_log(environ).add).take(alert, order)


def reaction_log(environ: Mapping[str, str]) -> ReactionLog:
    """Return the log of reactions in the data folder."""
    return ReactionLog(data_folder(environ) / "responses" / "reactions.json")


def records_folder(environ: Mapping[str, str]) -> Path:
    """Return where forensic records go."""
    return data_folder(environ) / "responses" / "records"


def find_container(name: str, workloads: Iterator[Workload]) -> Workload:
    """
    Return the container with a name, an id or the beginning of one.

    Raises:
        TargetError: none, or several.
    """
    found = {
        one.id: one
        for one in workloads
        if name in (one.name, one.id) or (len(name) >= _LEAST and one.id.startswith(name))
    }
    if not found:
        raise TargetError(
            f"no container {name[:80]!r} is running",
            hint="name it as its engine lists it, or by pid",
        )
    if len(found) > 1:
        names = ", ".join(sorted(f"{one.engine} {one.id[:12]}" for one in found.values()))
        raise TargetError(f"several containers are called {name[:80]!r}", hint=f"they are {names}")
    return next(iter(found.values()))


def known_workloads(environ: Mapping[str, str]) -> Iterator[Workload]:
    """Yield the containers of every engine, from their own state."""
    host = Host(environ=environ)
    for unit in registry.load("workloads").values():
        engine: Engine = unit
        for found in engine.containers(host):
            yield found.workload


def _alert(asked: Asked, node: Node, environ: Mapping[str, str], now_ns: int) -> Alert:
    """Return the alert that the command stands for."""
    if asked.target.isdigit():
        return _about_process(asked, node, environ, now_ns)
    workload = find_container(asked.target, known_workloads(environ))
    return _told(asked, now_ns, workload, workload.init_pid, node)


def _about_process(asked: Asked, node: Node, environ: Mapping[str, str], now_ns: int) -> Alert:
    pid = int(asked.target[:10])
    running = node.running(pid)
    if running is None:
        raise TargetError(f"no process {pid}")
    inside = (one for one in known_workloads(environ) if running.belongs_to(one.id))
    workload = next(inside, None) if running.in_container else None
    return _told(asked, now_ns, workload, pid, node)


def _told(asked: Asked, now_ns: int, workload: Workload | None, pid: int, node: Node) -> Alert:
    running = node.running(pid) if pid else None
    address, port = asked.destination
    return Alert(
        rule=BY_HAND,
        priority=Priority.NOTICE,
        time_ns=now_ns,
        output=asked.reason,
        detector=Detector.SENSOR,
        source="pratique",
        workload=workload,
        node=os.uname().nodename,
        pid=pid,
        process_name=running.name if running else "",
        process_started_ns=running.started_ns if running else 0,
        remote_address=address,
        remote_port=port,
    )
