"""
What a control group may not do is really stopped, and nothing else is.

Needs root and BTF (``PRATIQUE_REQUIRE=bpf``).
"""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from pratique.model.errors import CapabilityError, UsageError
from pratique.model.interest import Interest
from pratique.model.observation import Called, CgroupChanged
from pratique.model.workload import Workload
from pratique.responses.interface import Blocker, Refuser
from pratique.sensors import ebpf
from pratique.sensors._enforcement import Group
from tests.sensors.doing import (
    begin,
    finish,
    group,
    group_id,
    require_bpf,
    started,
    told_until,
)

WORKLOAD = Workload(id="c" * 64, engine="podman")
INSIDE = "open({procs!r}, 'w').write('0')\n"
REACH = """
import errno
def reach(kind, address, port, family=2):
    s = socket.socket(family, kind)
    s.settimeout(2)
    try:
        if kind == 2: s.sendto(b"x", (address, port))
        else: s.connect((address, port))
    except OSError as error: return errno.errorcode.get(error.errno, "?")
    return "reached"
"""


@pytest.fixture(scope="module")
def watching() -> Iterator[ebpf.Watching]:
    """Return a sensor."""
    require_bpf()
    with started(Interest(types=frozenset({"refused"}))) as one:
        yield one


@pytest.fixture(params=["v2", "v1"])
def place(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return a control group of each hierarchy."""
    with group(request.param) as made:
        yield made


@pytest.fixture
def drifted(tmp_path: Path) -> Iterator[Path]:
    """Return a program that lies in no image: on a tmpfs."""
    folder = Path("/dev/shm") / tmp_path.name
    folder.mkdir()
    program = folder / "drifted"
    shutil.copy2(shutil.which("true") or "/bin/true", program)
    yield program
    shutil.rmtree(folder)


def numbers_of(place: Path) -> tuple[int, int]:
    """Return the ids of a group as responses give them: of version 2, of version 1."""
    number = group_id(place)
    is_v1 = (place / "cgroup.clone_children").exists()
    return (0, number) if is_v1 else (number, 0)


def owner(place: Path) -> Group:
    """Return the group as the sensor names it."""
    new, old = numbers_of(place)
    return Group(old, v1=True) if old else Group(new)


def run_inside(place: Path, program: str) -> str:
    """Run a program whose process entered the group first; return what it writes."""
    return finish(begin(INSIDE.format(procs=str(place / "cgroup.procs")) + program)).strip()


def test_the_sensor_is_what_responses_ask_for(watching: ebpf.Watching) -> None:
    """It blocks destinations and stops drifted programs."""
    assert isinstance(watching, Blocker)
    assert isinstance(watching, Refuser)


def test_a_denied_destination_is_not_reached(watching: ebpf.Watching, place: Path) -> None:
    """Not by TCP nor UDP; other ports and other groups reach theirs, and all do when it is lifted."""
    with (
        socket.create_server(("127.0.0.9", 0)) as server,
        socket.create_server(("127.0.0.9", 0)) as other,
    ):
        port, free = server.getsockname()[1], other.getsockname()[1]
        program = REACH + (
            f"print(reach(1, '127.0.0.9', {port}), reach(2, '127.0.0.9', {port}),"
            f" reach(1, '::ffff:127.0.0.9', {port}, 10), reach(1, '127.0.0.9', {free}))"
        )
        watching.deny(*numbers_of(place), "127.0.0.9", port)
        inside, outside = run_inside(place, program), finish(begin(program)).strip()
        found, _ = told_until(watching, lambda one: one.type == "refused")
        watching.enforcement.allow_destination(owner(place), "127.0.0.9", port)
        lifted = run_inside(place, program)
        watching.enforcement.release(owner(place))

    assert inside == "EPERM EPERM EPERM reached"
    assert outside == lifted == "reached reached reached reached"
    assert found is not None
    assert isinstance(found.act, Called)
    assert found.act.text == f"127.0.0.9 {port}"
    assert found.result == -1
    assert group_id(place) in (found.cgroup, found.cgroup_v1)


def test_a_denied_address_is_denied_on_every_port(watching: ebpf.Watching, place: Path) -> None:
    """Port 0 is any; IPv6 too."""
    watching.deny(*numbers_of(place), "::1", 0)
    program = (
        REACH + "print(reach(2, '::1', 9, 10), reach(1, '::1', 80, 10), reach(2, '127.0.0.1', 9))"
    )
    inside = run_inside(place, program)
    watching.enforcement.release(owner(place))

    assert inside == "EPERM EPERM reached"
    assert run_inside(place, program).split()[0] == "reached"


def test_a_drifted_program_does_not_run(
    watching: ebpf.Watching, place: Path, drifted: Path
) -> None:
    """It ends before its first instruction, and that is told; those of the image go on."""
    program = f"""
import subprocess
def run(path):
    try: return subprocess.run([path], check=False).returncode
    except OSError as error: return error.errno
print(run("/bin/true"), run({str(drifted)!r}))
"""
    before = run_inside(place, program)
    means = watching.refuse(WORKLOAD, *numbers_of(place))
    during, outside = run_inside(place, program), finish(begin(program)).strip()
    found, _ = told_until(
        watching,
        lambda one: one.type == "refused" and one.act.text == str(drifted),  # type: ignore[union-attr]
    )
    watching.enforcement.release(owner(place))

    assert before == outside == "0 0"
    assert during == ("0 1" if "LSM" in means else "0 -9")
    assert found is not None
    assert isinstance(found.act, Called)
    assert found.act.text == str(drifted)
    assert run_inside(place, program) == "0 0"


def test_a_denied_file_does_not_run(watching: ebpf.Watching, place: Path, drifted: Path) -> None:
    """One file by its inode and device; others of the same folder do."""
    twin = drifted.with_name("twin")
    shutil.copy2(drifted, twin)
    about = drifted.stat()
    watching.enforcement.deny_file(owner(place), about.st_ino, about.st_dev)
    program = f"""
import subprocess
def run(path):
    try: return subprocess.run([path], check=False).returncode
    except OSError as error: return error.errno
print(run({str(twin)!r}), run({str(drifted)!r}))
"""
    during = run_inside(place, program)
    watching.enforcement.release(owner(place))

    assert during in ("0 -9", "0 1")
    assert run_inside(place, program) == "0 0"


def test_policies_of_nested_groups_add_up(watching: ebpf.Watching, drifted: Path) -> None:
    """What is denied to the outer group stays so where the inner one has a policy of its own."""
    with group("v2") as outer:
        inner = outer / "inner"
        inner.mkdir()
        watching.refuse(WORKLOAD, *numbers_of(outer))
        watching.deny(*numbers_of(inner), "127.0.0.9", 9)
        program = (
            REACH
            + f"""
import subprocess
try: print(subprocess.run([{str(drifted)!r}], check=False).returncode != 0, end=" ")
except OSError: print(True, end=" ")
print(reach(2, "127.0.0.9", 9))
"""
        )
        during = run_inside(inner, program)
        for one in (outer, inner):
            watching.enforcement.release(owner(one))
        inner.rmdir()

    assert during == "True EPERM"


def test_a_container_without_a_group_of_its_own_is_not_blocked(watching: ebpf.Watching) -> None:
    """Nothing is ever denied to the root of a hierarchy: that would be the node."""
    for numbers in ((0, 0), (1, 0), (0, 1), (1, 1)):
        with pytest.raises(CapabilityError, match="no control group of its own"):
            watching.deny(*numbers, "127.0.0.9", 9)
        with pytest.raises(CapabilityError, match="no control group of its own"):
            watching.refuse(WORKLOAD, *numbers)
    with pytest.raises(UsageError, match="whole node"):
        watching.enforcement.mute(Group(1))


def test_what_is_no_destination_is_refused(watching: ebpf.Watching) -> None:
    """An address that is none, a port that is none."""
    with pytest.raises(UsageError, match="no address"):
        watching.deny(99, 0, "example.org", 80)
    with pytest.raises(UsageError, match="no port"):
        watching.deny(99, 0, "127.0.0.1", 65536)


@pytest.mark.parametrize("version", ["v2", "v1"])
def test_what_is_forbidden_ends_with_its_group(version: str) -> None:
    """A group that is gone leaves nothing behind in the kernel's tables; others keep theirs."""
    require_bpf()
    asked = Interest(types=frozenset({"cgroup_rmdir"}))
    with started(asked) as watching, group(version) as kept, group(version) as going:
        for place in (kept, going):
            watching.deny(*numbers_of(place), "127.0.0.9", 9)
        number = group_id(going)
        going.rmdir()
        found, _ = told_until(
            watching, lambda one: isinstance(one.act, CgroupChanged) and one.act.id == number
        )
        assert found is not None
        assert not watching.enforcement.holds(owner_of(number, version))
        assert watching.enforcement.holds(owner(kept))
        going.mkdir()


def owner_of(number: int, version: str) -> Group:
    """Return a group of a hierarchy."""
    return Group(number, v1=version == "v1")
