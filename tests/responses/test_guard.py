"""The guard's laws hold whatever a plan says."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.model.reaction import Measure
from pratique.responses.guard import Guard, Rate
from pratique.responses.interface import Target
from pratique.responses.node import Node, Running
from tests.makers.alerts import NOW_NS, WORKLOAD, alert
from tests.makers.responses import order, sleeper

SECOND = 10**9
KILL = order("kill", node=True)


class FakeNode(Node):
    """A made-up tree of processes: 1 → 50 → 100 (pratique) → 200; 2 → 9 are kernel threads."""

    def __init__(self):
        super().__init__()
        self.tree = {1: 0, 50: 1, 100: 50, 200: 100, 201: 200, 2: 0, 9: 2, 300: 1}

    def running(self, pid):
        """Return a process of the tree; 100 runs in a container."""
        if pid not in self.tree:
            return None
        groups = {"": "/libpod-" + "d" * 64} if pid == 100 else {"": "/"}
        return Running(pid, "x", self.tree[pid], 0, pid in (2, 9), groups)

    def parents(self, pid):
        """Yield the parents."""
        while pid := self.tree.get(pid, 0):
            yield pid


def guard(**changed):
    return Guard(FakeNode(), own_pid=100, **changed)


@pytest.mark.parametrize(
    ("pid", "words"),
    [
        (1, "pid 1"),
        (0, "no process"),
        (-5, "no process"),
        (100, "itself"),
        (50, "parents"),
        (200, "children"),
        (201, "children"),
        (2, "kernel thread"),
        (9, "kernel thread"),
    ],
)
@pytest.mark.parametrize("measure", ["signal", "kill"])
def test_protected_processes(pid, words, measure) -> None:
    """Neither the first process, nor ours, nor the kernel's."""
    told = alert(pid=pid, workload=None)

    assert words in guard().why_not(told, order(measure, node=True), Target.PROCESS)


def test_any_other_process_of_the_node_needs_a_word() -> None:
    """A plan for containers does not reach the node."""
    told = alert(pid=300, workload=None)

    assert guard().why_not(told, KILL, Target.PROCESS) == ""
    assert "node: true" in guard().why_not(told, order("kill"), Target.PROCESS)
    assert guard().why_not(told, order("record"), Target.EITHER) == ""


@pytest.mark.parametrize("measure", ["pause", "stop", "quarantine", "refuse-execution"])
def test_the_container_that_pratique_runs_in(measure) -> None:
    """It is not stopped, and neither is the node as a whole."""
    from msgspec.structs import replace

    home = alert(workload=replace(WORKLOAD, id="d" * 64))

    assert "pratique runs in" in guard().why_not(home, order(measure), Target.CONTAINER)
    assert guard().why_not(alert(), order(measure), Target.CONTAINER) == ""
    assert guard().why_not(alert(workload=None), order(measure, node=True), Target.CONTAINER)


def test_exemptions_hold_for_what_does_something() -> None:
    """A record of an exempt container may be taken."""
    chosen = guard(exempt=lambda alert: "exempt: important")

    assert chosen.why_not(alert(pid=300), order("kill"), Target.PROCESS) == "exempt: important"
    assert chosen.why_not(alert(), order("record"), Target.EITHER) == ""


def test_a_real_child_of_this_process() -> None:
    """Helpers of pratique are found by the real tree, too."""
    with sleeper() as child:
        why = Guard(Node()).why_not(alert(pid=child.pid, workload=None), KILL, Target.PROCESS)

    assert "children" in why
    own = alert(pid=os.getpid(), workload=None)
    assert "itself" in Guard(Node()).why_not(own, KILL, Target.PROCESS)


def test_rates() -> None:
    """So many for a container, so many for all; they come back with the time of the alerts."""
    chosen = guard(per_workload=Rate(2, 10), overall=Rate(3, 10))
    from msgspec.structs import replace

    def ask(container, seconds):
        told = alert(
            workload=replace(WORKLOAD, id=container),
            time_ns=NOW_NS + int(seconds * SECOND),
            pid=300,
        )
        return chosen.why_not(told, order("kill"), Target.PROCESS)

    assert [bool(ask("a", 0)) for _ in range(3)] == [False, False, True]
    assert ask("b", 0) == ""
    assert "on this node" in ask("b", 0)
    assert ask("a", 5) == ""
    assert "for this container" in ask("a", 5)


@given(st.lists(st.tuples(st.integers(0, 5), st.floats(0, 100)), max_size=80))
def test_no_play_gets_more_than_the_rate(plays) -> None:
    """Whatever containers and times an attacker chooses, all measures together stay below the rate."""
    from msgspec.structs import replace

    chosen = guard(per_workload=Rate(3, 10), overall=Rate(4, 10))
    permits = 0
    for container, seconds in plays:
        workload = replace(WORKLOAD, id=str(container))
        told = alert(workload=workload, time_ns=NOW_NS + int(seconds * SECOND), pid=300)
        permits += not chosen.why_not(told, order("kill"), Target.PROCESS)

    assert permits <= 4 + 100 / 10 * 4


def test_every_measure_is_considered() -> None:
    """A new measure must be sorted: harmless or not."""
    from pratique.responses.guard import _HARMLESS

    assert set(_HARMLESS) == {Measure.ALERT, Measure.RECORD}
    assert len(Measure) == 9


@pytest.mark.parametrize("cheap", [order("record"), order("kill", dry_run=True)])
def test_what_changes_nothing_uses_up_nothing(cheap) -> None:
    """Whoever raises cheap alerts first must not be safe from what a grave one orders."""
    chosen = guard(per_workload=Rate(2, 10), overall=Rate(2, 10))
    said = [chosen.why_not(alert(pid=300), cheap, Target.PROCESS) for _ in range(5)]

    assert [bool(one) for one in said] == [False, False, True, True, True]
    assert chosen.why_not(alert(pid=300), order("kill"), Target.PROCESS) == ""
