"""
The shipped object works on other kernels than the one it was made on, and on another machine.

Debian's 6.1 for x86-64 and for arm64. A virtual machine without any acceleration boots in seconds. In
it every hook loads and attaches, drifted programs are killed and, where the kernel has trampolines
for it, refused by LSM (which the machines that run these tests seldom allow), a destination is
refused, and the records are read by our own decoder. Needs qemu, a static busybox, gcc with libbpf,
and the kernel of `python -m tools.kernel` (``PRATIQUE_REQUIRE=qemu``); for arm64 the emulator and compiler of
that machine, and `python -m tools.kernel aarch64` (``qemu-arm64``).
"""

import errno
import os

import pytest

from pratique.formats.kernel_events.decode import decode
from pratique.model.observation import (
    Executed,
    Exited,
    Forked,
    NamespaceEntered,
    Observation,
    Opened,
    RingSubmitted,
    SocketUsed,
)
from pratique.sensors._hooks import OLDER, PROGRAMS
from tests.conftest import missing
from tests.vm.machine import (
    AARCH64,
    X86_64,
    Kernel,
    Machine,
    boot,
    build,
    records,
    settings,
    told,
)
from tests.vm.narrow import FLAGS, MODE, PATH

pytestmark = pytest.mark.e2e

REFUSED, KILLED = 100 + errno.EPERM, 200 + 9
BY_SIGNAL, BY_LSM, AT_CONNECT = 1, 2, 3
OPENAT = 18
CLONE_NEWUTS = 0x04000000
NOT_SUPPORTED = 524
"""ENOTSUPP, which the C library has no word for."""


@pytest.fixture(scope="module", params=[X86_64, AARCH64], ids=lambda one: one.name)
def machine(request: pytest.FixtureRequest) -> Machine:
    """Return each kind of machine."""
    found: Machine = request.param
    if os.uname().machine != "x86_64":
        missing(found.word, "compilers and libraries are those of x86-64")
    return found


@pytest.fixture(scope="module")
def console(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what the machine said."""
    kernel = Kernel(machine)
    machine.program(machine.emulator[0])
    said = boot(kernel, build(tmp_path_factory.mktemp("vm"), kernel))
    assert "end: 0" in said, said[-3000:]
    return said


@pytest.fixture(scope="module")
def lsm(console: str) -> bool:
    """Return whether the kernel lets a program decide as a security module."""
    return told(console)["attached refuse_exec"] == "ok"


@pytest.fixture(scope="module")
def observations(console: str) -> list[Observation]:
    """Return its records, decoded."""
    return [decode(one, 0) for one in records(console)]


def test_everything_loads_and_attaches(console: str, machine: Machine) -> None:
    """No hook is missing on 6.1, and every table takes what the sensor writes."""
    lines = told(console)
    assert lines["kernel"].startswith("6.1.")
    assert "bpf" in lines["lsm"].split(",")
    assert lines["load"] == "0"
    attached = {name: lines.get(f"attached {name}") for name in (*PROGRAMS, *OLDER.values())}
    # One of them finds its point, whichever the kernel has.
    uring = {attached.pop(name) for name in ("on_uring", OLDER["on_uring"])}
    assert uring == {"ok", "No such file or directory"}
    if machine is AARCH64:
        # Before 6.4 the kernel has no trampolines into its own functions there.
        assert attached.pop("refuse_exec") in ("ok", f"Unknown error {NOT_SUPPORTED}")
    assert attached == dict.fromkeys(attached, "ok")
    assert int(lines["filled"]) == len(settings(machine.name).splitlines())


@pytest.mark.parametrize(
    ("path", "refused", "killed"),
    [
        ("/bin/true", 0, 0),
        ("/merged/true", 0, 0),
        ("/tmpfs/true", REFUSED, KILLED),
        ("/merged/dropped", REFUSED, KILLED),
    ],
)
def test_drift_is_stopped(console: str, lsm: bool, path: str, refused: int, killed: int) -> None:
    """Files of the image run; what lies in a tmpfs or an overlay's upper layer does not."""
    lines = told(console)
    assert [int(lines[f"{when} {path}"]) for when in ("free", "refused", "killed")] == [
        0,
        refused if lsm else 0,
        killed,
    ]


def test_a_destination_is_refused(console: str) -> None:
    """Only as long as it is forbidden."""
    lines = told(console)
    assert [int(lines[f"{when} connect"]) for when in ("free", "refused", "killed")] == [
        errno.ECONNREFUSED,
        errno.EPERM,
        errno.ECONNREFUSED,
    ]


def test_executions_are_told(observations: list[Observation]) -> None:
    """With path, arguments and the layer, as on the kernel the object was made on."""
    done = [one.act for one in observations if one.result == 0]
    programs = {act.path: act for act in done if isinstance(act, Executed)}
    assert {path: programs[path].upper_layer for path in ("/merged/true", "/merged/dropped")} == {
        "/merged/true": False,
        "/merged/dropped": True,
    }
    assert programs["/bin/true"].arguments == ("true", "an argument")
    assert {type(one.act) for one in observations} >= {Executed, Forked, Exited, SocketUsed}


def test_refusals_are_told(observations: list[Observation], lsm: bool) -> None:
    """Each measure, with what was stopped, by whom, and what the caller got."""
    refusals = [one for one in observations if one.type == "refused"]
    told = [(one.act.arguments[0], one.act.text, one.result) for one in refusals]  # type: ignore[union-attr]
    # LSM refuses both programs and the destination is denied; then both programs are killed.
    by_lsm = [
        (BY_LSM, "/tmpfs/true", -errno.EPERM),
        (BY_LSM, "/merged/dropped", -errno.EPERM),
    ]
    assert told == [
        *(by_lsm if lsm else []),
        (AT_CONNECT, "127.0.0.1 9", -errno.EPERM),
        (BY_SIGNAL, "/tmpfs/true", 0),
        (BY_SIGNAL, "/merged/dropped", 0),
    ]
    assert all(one.cgroup for one in refusals)
    # What LSM refused was never executed, what was killed was.
    for path in ("/tmpfs/true", "/merged/dropped"):
        ran = [one for one in observations if one.type == "execve" and _ran(one, path)]
        assert len(ran) == (2 if lsm else 3)


def _ran(one: Observation, path: str) -> bool:
    return isinstance(one.act, Executed) and one.act.path == path and one.result == 0


def test_what_a_ring_does_is_told(observations: list[Observation], console: str) -> None:
    """Before 6.4 the kernel's point has another name and other arguments."""
    assert told(console)["opened by a ring"] == "0"
    submitted = [one.act for one in observations if isinstance(one.act, RingSubmitted)]
    assert [(act.operation, act.path) for act in submitted] == [(OPENAT, "/tmpfs/by-a-ring")]


def test_a_process_in_a_new_namespace_is_told(observations: list[Observation]) -> None:
    """By the call whose flags stand in memory too; once, by its parent."""
    entered = [one for one in observations if one.type == "clone3"]
    assert [one.act for one in entered] == [NamespaceEntered(CLONE_NEWUTS)]
    assert entered[0].result > 1


def test_calls_of_32_bit_programs_are_told(observations: list[Observation]) -> None:
    """They have numbers of their own."""
    (process,) = [one.pid for one in observations if one.type == "execve" and _ran(one, "/narrow")]
    mine = [one for one in observations if one.pid == process]
    # On arm64 the number of the execution means fcntl64 where a 32-bit program begins.
    assert {one.type for one in mine} <= {"execve", "openat", "procexit"}
    (opened,) = [one.act for one in mine if isinstance(one.act, Opened)]
    # O_LARGEFILE is the kernel's own mark.
    assert (opened.path, opened.flags & FLAGS, opened.mode) == (PATH, FLAGS, MODE)


def test_numbers_have_no_gaps(observations: list[Observation]) -> None:
    """Each stream counts from its first record on."""
    streams: dict[int, list[int]] = {}
    for one in observations:
        streams.setdefault(one.stream, []).append(one.sequence)
    for numbers in streams.values():
        assert sorted(numbers) == list(range(min(numbers), min(numbers) + len(numbers)))
