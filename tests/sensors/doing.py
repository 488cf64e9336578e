"""Really do things in small processes, and read what the sensor in the kernel tells of them."""

import ctypes
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pratique.formats.kernel_events.numbers import NATIVE, numbers
from pratique.model.interest import Interest
from pratique.model.observation import Observation
from pratique.sensors import ebpf
from tests.conftest import missing

PATIENCE_S = 15
MACHINE = os.uname().machine
PRELUDE = f"""
import ctypes, mmap, os, socket, struct, sys, time
NR = {numbers(NATIVE.get(MACHINE, "x86_64"))!r}
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    libc.syscall.restype = ctypes.c_long
    return libc.syscall(NR[name], *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
"""


def require_bpf() -> None:
    """Skip, or fail where it is required, unless the sensor can run here."""
    readiness = ebpf.probe()
    if not readiness.ready:
        missing("bpf", readiness.why_not)


def begin(
    program: str, folder: Path | str = "/tmp", *, plain: bool = False
) -> "subprocess.Popen[str]":
    """Start a program in Python; without ``plain`` it has ``call`` for system calls."""
    text = program if plain else PRELUDE + textwrap.dedent(program)
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", text],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(doer: "subprocess.Popen[str]") -> str:
    """Wait for its end; return what it wrote."""
    told, _ = doer.communicate(timeout=PATIENCE_S)
    return told


def told_until(
    watching: ebpf.Watching, is_it: Callable[[Observation], bool]
) -> tuple[Observation | None, list[Observation]]:
    """Read until something is told; return it, and all that was told until then."""
    seen: list[Observation] = []
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        batch = watching.read(0.1)
        seen += batch
        for one in batch:
            if is_it(one):
                return one, seen
    return None, seen


def first_told(
    watching: ebpf.Watching, program: str, folder: Path, is_it: Callable[[Observation], bool]
) -> Observation:
    """Do something, and return the first observation of its process that is asked for."""
    watching.read(0)
    doer = begin(program, folder)
    try:
        found, seen = told_until(watching, lambda one: one.pid == doer.pid and is_it(one))
        wrote = finish(doer)
    finally:
        doer.kill()
    mine = [(one.type, one.result, one.act) for one in seen if one.pid == doer.pid]
    assert found is not None, (wrote, mine[-20:])
    return found


@contextmanager
def started(interest: Interest, **sizes: int) -> Iterator[ebpf.Watching]:
    """Give a sensor that tells every act, none counted together."""
    with ebpf.Watching(interest, repeats=False, **sizes) as watching:
        yield watching


def hierarchies() -> dict[str, Path]:
    """Return where the groups of version 2 and those of version 1 (pids) are mounted."""
    found = {}
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, options, *_ = line.split(" ")
        if kind == "cgroup2":
            found["v2"] = Path(place)
        if kind == "cgroup" and "pids" in options.split(","):
            found["v1"] = Path(place)
    return found


@contextmanager
def group(version: str) -> Iterator[Path]:
    """Give a control group of a hierarchy, removed at the end."""
    mounted = hierarchies()
    if version not in mounted:
        pytest.skip(f"no hierarchy of control groups of {version} is mounted")
    place = mounted[version] / f"pratique-test-{os.getpid()}-{time.monotonic_ns()}"
    try:
        place.mkdir()
    except OSError as error:
        missing("bpf", f"no control group can be made: {error}")
    try:
        yield place
    finally:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            try:
                place.rmdir()
            except OSError:
                time.sleep(0.05)
            else:
                break


def group_id(place: Path) -> int:
    """Return the kernel's number of a control group: the inode of its folder."""
    return place.stat().st_ino


def is_32_bit_here() -> bool:
    """Return whether this machine runs system calls of 32-bit programs."""
    return MACHINE == "x86_64" and ctypes.sizeof(ctypes.c_void_p) == 8
