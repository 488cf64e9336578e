"""A number is told once, when it is reached, and honest look-alikes never reach it."""

import pytest

from pratique.detections.counts import LONG_PART, NAMES, PORTS, PROCESSES, RENAMES, Counts
from pratique.model.event import Event
from pratique.model.observation import Exited, Forked, PathChanged, Resolved, SocketUsed
from tests.makers.happenings import WEB, event


def connected(port: int, address: str = "10.0.0.9", at_s: float = 0.0) -> Event:
    act = SocketUsed(family=2, kind=1, remote_address=address, remote_port=port)
    return event("connect", act, at_s=at_s)


def renamed(old: str, new: str, result: int = 0) -> Event:
    return event("rename", PathChanged(old, new), result=result)


def asked(name: str, *, response: bool = False) -> Event:
    return event("dns", Resolved(name, response=response))


def rules(counts: Counts, events: list[Event]) -> list[str]:
    return [alert.rule for one in events for alert in counts.see(one)]


def test_many_ports_of_one_address() -> None:
    assert rules(Counts(), [connected(port) for port in range(1, 3 * PORTS)]) == ["port-scan"]


@pytest.mark.parametrize(
    "events",
    [
        pytest.param([connected(443) for _ in range(500)], id="one port, often"),
        pytest.param([connected(443, f"10.0.1.{n % 250}") for n in range(500)], id="a proxy"),
        pytest.param([connected(40000 + n) for n in range(500)], id="peers' own ports"),
        pytest.param([connected(1 + n, at_s=n * 2) for n in range(200)], id="slowly"),
        pytest.param(
            [renamed(f"/l/{n}.log", f"/l/{n}.log.1") for n in range(300)], id="rotation of logs"
        ),
        pytest.param([renamed(f"/d/{n}.tmp", f"/d/{n}") for n in range(300)], id="written aside"),
        pytest.param(
            [renamed(f"/d/{n}", f"/d/{n}.locked", result=-2) for n in range(300)], id="failed"
        ),
        pytest.param(
            [
                one
                for n in range(3 * PROCESSES)
                for one in (event("fork", Forked(n)), event("procexit", Exited(0)))
            ],
            id="a loop of short programs",
        ),
        pytest.param([asked(f"{n}.0.0.10.zen.example.org") for n in range(300)], id="mail"),
        pytest.param([asked("x" * 40 + ".example.org") for _ in range(300)], id="one long name"),
        pytest.param([asked("x" * 40 + f".example{n}.org") for n in range(300)], id="domains"),
        pytest.param(
            [asked(f"{n:030}.svc.cluster.local") for n in range(300)], id="names of a cluster"
        ),
        pytest.param(
            [asked(f"{n:030}.example.org", response=True) for n in range(300)], id="answers"
        ),
        pytest.param(
            [event("fork", Forked(n), workload=None) for n in range(3 * PROCESSES)], id="the node"
        ),
    ],
)
def test_honest_work_is_silent(events: list[Event]) -> None:
    assert rules(Counts(), events) == []


def test_files_that_get_one_ending() -> None:
    counts = Counts()
    found = [
        alert
        for n in range(2 * RENAMES)
        for alert in counts.see(renamed(f"/d/{n}.doc", f"/d/{n}.doc.locked"))
    ]
    (alert,) = found
    assert alert.rule == "bulk-rename"
    assert alert.workload == WEB
    assert ".locked" in alert.output


def test_processes_that_never_end() -> None:
    assert rules(Counts(), [event("fork", Forked(n)) for n in range(PROCESSES)]) == ["fork-bomb"]


def test_it_is_told_again_in_the_next_window() -> None:
    twice = [connected(port, at_s=at) for at in (0, 120) for port in range(1, PORTS + 1)]
    assert rules(Counts(), twice) == ["port-scan"] * 2


def test_tables_are_bounded_and_what_goes_is_counted() -> None:
    counts = Counts(most=4)
    assert rules(counts, [connected(1, f"10.0.2.{n}") for n in range(10)]) == []
    assert counts.evicted == 6


def test_windows_that_ended_take_no_place() -> None:
    counts = Counts(most=4)
    seen = [connected(1, f"10.0.2.{n}", at_s=40 * n) for n in range(10)]
    assert rules(counts, seen) == []
    assert counts.evicted == 0


def test_only_its_own_events_are_wanted() -> None:
    assert Counts().interest().types >= {"connect", "rename", "fork"}
    assert not Counts().interest().every_open


def test_many_long_names_of_one_domain() -> None:
    """None of them is as long as a single one would have to be."""
    counts = Counts()
    found = [
        alert
        for n in range(2 * NAMES)
        for alert in counts.see(asked(f"{n:0{LONG_PART}}.t.Example.com."))
    ]
    (alert,) = found
    assert alert.rule == "names-tunnel"
    assert "example.com" in alert.output
