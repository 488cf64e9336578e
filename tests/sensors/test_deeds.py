"""
Every sensor tells the same deed with the same facts, as far as it can see it.

A deed is a small program that really does something; each sensor that is ready here must tell it.
What a sensor is blind to by nature is left out for it by name. Needs root
(``PRATIQUE_REQUIRE=bpf,proc-fanotify``).
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from pratique.kit import registry
from pratique.model.interest import EVERYTHING
from pratique.model.observation import (
    Executed,
    Exited,
    Forked,
    IdentityChanged,
    Observation,
    Opened,
    PathChanged,
    ProcessTouched,
    SocketUsed,
)
from pratique.sensors.interface import Running
from tests.conftest import missing

WORDS = {"ebpf": "bpf", "proc-fanotify": "proc-fanotify"}
PATIENCE_S = 15
WAIT = "import time; time.sleep(1.2); "
"""Long enough for whoever only looks now and then."""


class Deed(Struct, frozen=True):
    """A program in Python, started in an empty folder, and what is told of it."""

    program: str
    is_told: Callable[[Observation, Path], bool]


def opened(one: Observation, path: Path, *, write: bool) -> bool:
    """Whether this tells that a file was opened so."""
    act = one.act
    return (
        isinstance(act, Opened)
        and act.path == str(path)
        and act.fd >= 0
        and bool(act.flags & 3) == write
    )


def changed(*types: str, old: str = "", new: str = "") -> Callable[[Observation, Path], bool]:
    """Return what recognises a changed name."""

    def is_told(one: Observation, folder: Path) -> bool:
        act = one.act
        return (
            one.type in types
            and isinstance(act, PathChanged)
            and (not old or act.path == str(folder / old))
            and (not new or act.new_path == str(folder / new))
        )

    return is_told


def socket(*types: str, **facts: object) -> Callable[[Observation, Path], bool]:
    """Return what recognises a socket's call."""

    def is_told(one: Observation, _: Path) -> bool:
        act = one.act
        return (
            one.type in types
            and isinstance(act, SocketUsed)
            and all(getattr(act, name) == value for name, value in facts.items())
        )

    return is_told


SERVE = "import socket as s; a=s.create_server(({host!r},{port}),family=s.{family}); "
CONNECT = "b=s.create_connection(({host!r},{port})); c=a.accept(); " + WAIT
FOUR = {"host": "127.0.0.7", "port": 45871, "family": "AF_INET"}
SIX = {"host": "::1", "port": 45872, "family": "AF_INET6"}
TRACE = (
    "import ctypes,subprocess; l=ctypes.CDLL(None); p=subprocess.Popen(['sleep','9']);"
    "l.ptrace(16,p.pid,0,0); l.ptrace(17,p.pid,0,0); p.kill()"
)

DEEDS = {
    "execution": Deed(
        "import os; os.execv('/bin/sleep', ['a-name', '0.5'])",
        lambda one, folder: (
            isinstance(one.act, Executed)
            and one.act.path.endswith("/sleep")
            and one.act.arguments == ("a-name", "0.5")
            and one.act.directory == str(folder)
            and one.act.inode == Path("/bin/sleep").stat().st_ino
            and one.comm == "sleep"
        ),
    ),
    "script": Deed(
        "import os; open('s','w').write('#!/bin/sh\\nsleep 0.5; exit\\n'); os.chmod('s',0o755);"
        " os.execv('./s',['./s'])",
        lambda one, folder: (
            isinstance(one.act, Executed)
            and (folder / one.act.script).resolve() == folder / "s"
            and one.act.path == os.path.realpath("/bin/sh")
        ),
    ),
    "environment": Deed(
        "import os; os.execve('/bin/sleep', ['s','0.5'], {'SECRET':'1','LD_AUDIT':'no-such'})",
        lambda one, _: (
            isinstance(one.act, Executed) and one.act.environment == ("LD_AUDIT=no-such",)
        ),
    ),
    "birth": Deed(
        "import os,time; os.fork() or time.sleep(0.1)", lambda one, _: isinstance(one.act, Forked)
    ),
    "end": Deed(
        "raise SystemExit(7)", lambda one, _: isinstance(one.act, Exited) and one.act.code == 7 << 8
    ),
    "writing": Deed(
        "open('w','w').write('x')", lambda one, folder: opened(one, folder / "w", write=True)
    ),
    "reading": Deed(
        "open('w','w').close(); open('w').read()",
        lambda one, folder: opened(one, folder / "w", write=False),
    ),
    "mkdir": Deed("import os; os.mkdir('d')", changed("mkdir", "mkdirat", old="d")),
    "rmdir": Deed("import os; os.mkdir('d'); os.rmdir('d')", changed("rmdir", "unlinkat", old="d")),
    "rename": Deed(
        "import os; open('a','w'); os.rename('a','b')",
        changed("rename", "renameat", "renameat2", old="a", new="b"),
    ),
    "unlink": Deed(
        "import os; open('a','w'); os.unlink('a')", changed("unlink", "unlinkat", old="a")
    ),
    "symlink": Deed(
        "import os; os.symlink('/etc/target','l')",
        lambda one, folder: (
            one.type in ("symlink", "symlinkat")
            and isinstance(one.act, PathChanged)
            and (one.act.path, one.act.new_path) == ("/etc/target", str(folder / "l"))
        ),
    ),
    "link": Deed("import os; open('a','w'); os.link('a','b')", changed("link", "linkat", new="b")),
    "chmod": Deed(
        "import os; open('a','w'); os.chmod('a',0o4755)",
        lambda one, folder: (
            changed("chmod", "fchmodat", old="a")(one, folder)
            and isinstance(one.act, PathChanged)
            and one.act.mode == 0o4755
        ),
    ),
    "setuid": Deed(
        "import os; os.setuid(1234)",
        lambda one, _: isinstance(one.act, IdentityChanged) and one.act.uid == 1234,
    ),
    "setgid": Deed(
        "import os; os.setgid(1235)",
        lambda one, _: isinstance(one.act, IdentityChanged) and one.act.gid == 1235,
    ),
    "ptrace": Deed(TRACE, lambda one, _: isinstance(one.act, ProcessTouched)),
    "listen": Deed(
        SERVE.format(**FOUR) + WAIT, socket("listen", local_address="127.0.0.7", local_port=45871)
    ),
    "connect": Deed(
        (SERVE + CONNECT).format(**FOUR),
        socket("connect", remote_address="127.0.0.7", remote_port=45871, family=2, protocol=6),
    ),
    "accept": Deed((SERVE + CONNECT).format(**FOUR), socket("accept", "accept4", local_port=45871)),
    "connect over IPv6": Deed(
        (SERVE + CONNECT).format(**SIX),
        socket("connect", remote_address="::1", remote_port=45872, family=10),
    ),
    "datagram": Deed(
        "import socket as s; a=s.socket(2,2); a.connect(('127.0.0.8',45873)); " + WAIT,
        socket("connect", remote_address="127.0.0.8", remote_port=45873, protocol=17),
    ),
    "unix": Deed(
        "import socket as s; a=s.socket(1,1); a.bind('sock'); a.listen(); " + WAIT,
        lambda one, folder: (
            one.type == "listen"
            and isinstance(one.act, SocketUsed)
            and one.act.family == 1
            and one.act.path.endswith("sock")
        ),
    ),
}


@pytest.fixture(scope="module", params=WORDS)
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """Return each sensor, started."""
    name = request.param
    sensor = registry.load("sensors")[name]
    readiness = sensor.probe()
    if not readiness.ready:
        missing(WORDS[name], readiness.why_not)
    with sensor.start(EVERYTHING) as started:
        yield started


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_every_deed_is_told(running: Running, deed: Deed, tmp_path: Path) -> None:
    """With its facts, and with the process that did it."""
    running.read(0)
    command = [sys.executable, "-I", "-S", "-c", deed.program]
    doer = subprocess.Popen(command, cwd=tmp_path)
    try:
        seen, end = [], time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            seen += [one for one in running.read(0.1) if doer.pid in (one.pid, one.parent_pid)]
            found = [one for one in seen if deed.is_told(one, tmp_path)]
            if found:
                break
    finally:
        doer.kill()
        doer.wait()

    assert found, [(one.type, one.act) for one in seen]
    assert found[0].pid == doer.pid
    assert abs(found[0].time_ns - time.time_ns()) < 60_000_000_000
    assert found[0].sequence
