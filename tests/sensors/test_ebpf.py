"""
What the programs inside the kernel tell is what really happened, call by call.

Each act is done once by a process of its own. Needs root and BTF (``PRATIQUE_REQUIRE=bpf``).
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pratique.formats.kernel_events.numbers import NATIVE, names
from pratique.model.interest import EVERYTHING, Interest
from pratique.model.observation import (
    Called,
    CgroupChanged,
    Executed,
    Observation,
)
from pratique.sensors import ebpf
from pratique.sensors._filters import EVERY_TYPE
from tests.sensors.acts import ACTS, FAILS, OLD, Done
from tests.sensors.doing import (
    begin,
    finish,
    first_told,
    group,
    group_id,
    hierarchies,
    is_32_bit_here,
    require_bpf,
    started,
    told_until,
)


@pytest.fixture(scope="module")
def watching() -> Iterator[ebpf.Watching]:
    """Return a sensor that tells everything."""
    require_bpf()
    with started(EVERYTHING) as one:
        one.want(Interest(types=EVERY_TYPE | {"syscalls"}, failed_opens=True))
        yield one


def value(act: object, name: str) -> object:
    """Return a fact of an act, also one of what a copied descriptor stands for."""
    for part in name.split("."):
        act = getattr(act, part)
    return act


def recognises(done: Done, folder: Path) -> Callable[[Observation], bool]:
    """Return what tells the one observation from others of its process."""
    facts = {
        name: fact.replace("FOLDER", str(folder)) if isinstance(fact, str) else fact
        for name, fact in done.facts.items()
    }

    def is_it(one: Observation) -> bool:
        if one.type != done.kind or not isinstance(one.act, done.act):  # type: ignore[arg-type]
            return False
        if (
            done.result is not None
            and one.result != done.result
            and (done.result != FAILS or one.result >= 0)
        ):
            return False
        try:
            return all(value(one.act, name) == fact for name, fact in facts.items())
        except AttributeError:
            return False

    return is_it


@pytest.mark.parametrize("done", ACTS.values(), ids=ACTS)
def test_what_is_done_is_told(watching: ebpf.Watching, done: Done, tmp_path: Path) -> None:
    """Once, with its facts, its process and its time."""
    found = first_told(watching, done.program, tmp_path, recognises(done, tmp_path))

    assert found.comm.startswith("python")
    assert found.uid in (os.getuid(), 11, 12)
    assert found.count == 1


@pytest.mark.parametrize("done", OLD.values(), ids=OLD)
def test_calls_of_32_bit_programs_are_told(
    watching: ebpf.Watching, done: Done, tmp_path: Path
) -> None:
    """Their numbers mean other calls; a 64-bit program can make them too (``int 0x80``)."""
    if not is_32_bit_here():
        pytest.skip("no 32-bit calls on this machine")
    first_told(watching, done.program, tmp_path, recognises(done, tmp_path))


def test_a_program_without_a_file_is_told(watching: ebpf.Watching, tmp_path: Path) -> None:
    """What runs from memory has the name that it was given there."""
    program = """
    there = os.memfd_create("payload"); os.write(there, open("/bin/true", "rb").read())
    os.execve(there, ["[kworker]"], {"LD_PRELOAD": "/no.so", "SECRET": "1"})
    """
    found = first_told(
        watching,
        program,
        tmp_path,
        lambda one: isinstance(one.act, Executed) and one.act.memfd,
    )

    assert isinstance(found.act, Executed)
    assert found.act.path == "memfd:payload"
    assert found.act.arguments == ("[kworker]",)
    assert found.act.environment == ("LD_PRELOAD=/no.so",)


def test_groups_are_told_as_they_come_and_go(watching: ebpf.Watching) -> None:
    """With their numbers: a container is known before its first program runs."""
    watching.read(0)
    with group("v2") as place:
        number = group_id(place)
        doer = begin(f"open('{place}/cgroup.procs', 'w').write('0')", plain=True)
        finish(doer)
    last, seen = told_until(
        watching, lambda one: isinstance(one.act, CgroupChanged) and not one.act.born
    )

    changes = [one.act for one in seen if isinstance(one.act, CgroupChanged)]
    assert last is not None
    assert [(one.id, one.born) for one in changes if one.id == number] == [
        (number, True),
        (number, False),
    ]
    assert any(
        one.type == "cgroup_attach"
        and isinstance(one.act, Called)
        and one.act.arguments[:2] == (doer.pid, number)
        for one in seen
    )


def test_calls_of_a_container_are_told_without_those_that_made_it(watching: ebpf.Watching) -> None:
    """The runtime works inside the group, but its program lies on the node's mounts."""
    watching.read(0)
    with group("v1" if "v1" in hierarchies() else "v2") as place:
        number = group_id(place)
        finish(
            begin(
                f"""
                open('{place}/cgroup.procs', 'w').write('0')
                call('unshare', 0x04020000); call('sethostname', 0, 0)
                os.execv('/bin/sh', ['sh', '-c', 'umask 022; true'])
                """
            )
        )
    last, _ = told_until(
        watching,
        lambda one: one.type == "syscalls" and number in (one.cgroup, one.cgroup_v1),
    )

    assert last is not None
    called = names(NATIVE[os.uname().machine])
    used = {called[one] for one in last.act.numbers}  # type: ignore[union-attr]
    assert {"execve", "umask", "mmap"} <= used
    assert not {"unshare", "sethostname"} & used
