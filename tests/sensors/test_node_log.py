"""What a node writes down from now on becomes observations, in one stream without gaps."""

import os
import struct
import time
from pathlib import Path

import pytest

from pratique.formats.node.utmp import record_bytes
from pratique.model.interest import EVERYTHING, Interest
from pratique.model.observation import (
    HostPackageChanged,
    LoggedIn,
    ModuleLoaded,
    PathChanged,
    UnitChanged,
)
from pratique.sensors import node_log
from pratique.sensors.node_log import STREAM, NodeLog

SECOND = 1_000_000_000
SMALL, LARGE = "<hxxi32s4s32s256shhiii16s20x", "<hxxi32s4s32s256shhqqq16s20x4x"
RECORD = struct.Struct(SMALL if record_bytes(os.uname().machine) == 384 else LARGE)
SSHD = "Nov 22 04:31:46 n sshd[7]: Accepted password for ann from 192.0.2.7 port 5 ssh2\n"
DPKG = "2026-11-22 04:31:46 install nc:amd64 <none> 1-2\n"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_795_000_000 * SECOND

    def __call__(self) -> int:
        self.now += 2 * SECOND
        return self.now


def write(root: Path, path: str, content: str | bytes) -> None:
    """Add to a file of the node."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("ab") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def node(root: Path, interest: Interest = EVERYTHING) -> NodeLog:
    """Return the notes of a made-up node without a journal."""
    return NodeLog(interest, str(root), Clock(), journal=False)


def test_the_logs(tmp_path: Path) -> None:
    """What stood there before is not told; all that comes is, numbered."""
    for path, content in (("var/log/auth.log", SSHD), ("var/log/dpkg.log", DPKG)):
        write(tmp_path, path, content)
    with node(tmp_path) as log:
        assert log.read(0) == []
        write(tmp_path, "var/log/auth.log", SSHD + "noise\n")
        write(tmp_path, "var/log/secure", SSHD.replace("sshd[7]: Accepted", "sshd[8]: Failed"))
        write(tmp_path, "var/log/dpkg.log", DPKG)
        found = log.read(0)

    assert [(one.type, one.pid) for one in found] == [
        ("login", 7),
        ("login", 8),
        ("host_package", 0),
    ]
    assert [one.sequence for one in found] == [1, 2, 3]
    assert {one.stream for one in found} == {STREAM}
    assert found[2].act == HostPackageChanged("nc", "1-2", "", "amd64")
    assert found[0].time_ns == 1_795_321_906 * SECOND


def test_logins(tmp_path: Path) -> None:
    """The records of wtmp and btmp, whole ones only."""
    write(tmp_path, "var/log/wtmp", b"")
    record = RECORD.pack(7, 70, b"pts/0", b"", b"ann", b"h", 0, 0, 0, 5, 0, bytes(16))
    log = node(tmp_path)
    write(tmp_path, "var/log/wtmp", record + record[:50])
    write(tmp_path, "var/log/btmp", record)
    found = log.read(0)
    assert [(one.act.user, one.act.success) for one in found] == [("ann", True), ("ann", False)]
    write(tmp_path, "var/log/wtmp", record[50:])
    assert len(log.read(0)) == 1
    assert isinstance(found[0].act, LoggedIn)


def test_modules_and_files(tmp_path: Path) -> None:
    """A module that is new, and a file of the kubelet that changed, came or went."""
    write(tmp_path, "proc/modules", "overlay 1 0 - Live 0x0\n")
    write(tmp_path, "etc/kubernetes/manifests/a.yaml", "a")
    log = node(tmp_path)
    assert log.read(0) == []
    write(tmp_path, "proc/modules", "rootkit 1 0 - Live 0x0\n")
    write(tmp_path, "etc/kubernetes/manifests/b.yaml", "b")
    write(tmp_path, "var/lib/kubelet/config.yaml", "c")
    (tmp_path / "etc/kubernetes/manifests/a.yaml").unlink()

    found = log.read(0)
    assert found[0].type == "module_present"
    assert found[0].act == ModuleLoaded("rootkit")
    assert [one.act for one in found[1:]] == [
        PathChanged("/etc/kubernetes/manifests/a.yaml"),
        PathChanged("/etc/kubernetes/manifests/b.yaml"),
        PathChanged("/var/lib/kubelet/config.yaml"),
    ]
    assert log.read(0) == []


def test_a_list_of_modules_that_cannot_be_read_for_a_moment(tmp_path: Path) -> None:
    """None of them is new afterwards, and one that is, is told."""
    write(tmp_path, "proc/modules", "overlay 1 0 - Live 0x0\n")
    log = node(tmp_path)
    (tmp_path / "proc/modules").unlink()
    assert log.read(0) == []

    write(tmp_path, "proc/modules", "overlay 1 0 - Live 0x0\nrootkit 1 0 - Live 0x0\n")

    assert [one.act for one in log.read(0)] == [ModuleLoaded("rootkit")]


def test_what_is_wanted(tmp_path: Path) -> None:
    """Other kinds are held back, and counted."""
    log = node(tmp_path, Interest(types=frozenset({"login"})))
    write(tmp_path, "var/log/auth.log", SSHD)
    write(tmp_path, "var/log/dpkg.log", DPKG)
    assert [one.type for one in log.read(0)] == ["login"]
    assert (log.counters().seen, log.counters().filtered) == (1, 1)
    log.want(EVERYTHING)
    log.ignore([1])
    write(tmp_path, "var/log/dpkg.log", DPKG)
    assert [one.type for one in log.read(0.01)] == ["host_package"]


def test_this_machine() -> None:
    """The probe says what can be read here, and what stays unseen."""
    ready = node_log.probe()
    assert ready.sensor == node_log.NAME
    assert {hook.name for hook in ready.hooks} >= {"journal", "/var/log/wtmp", "/proc/modules"}
    assert all(hook.why_not for hook in ready.hooks if not hook.ready)
    with node_log.start(EVERYTHING) as log:
        log.read(0)


JOURNALCTL = """\
#!/bin/sh
printf '%s\\n' "$@" > "${0%/*}/asked"
printf 'MESSAGE_ID=39f53479d3a045ac8e11786248231fbf\\nUNIT=evil.service\\n_PID=1\\n\\n'
exec sleep 60
"""


def test_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own reader is followed, from now on, in the node's folder; then the log is not read."""
    write(tmp_path, "bin/journalctl", JOURNALCTL)
    (tmp_path / "bin/journalctl").chmod(0o755)
    write(tmp_path, "var/log/journal/id/system.journal", "")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    with NodeLog(EVERYTHING, str(tmp_path), Clock()) as log:
        write(tmp_path, "var/log/auth.log", SSHD)
        end, found = time.monotonic() + 20, []
        while not found and time.monotonic() < end:
            found = list(log.read(0.1))

    assert [(one.type, one.act) for one in found] == [("unit_started", UnitChanged("evil.service"))]
    asked = (tmp_path / "bin/asked").read_text().split()
    assert {"--output=export", "--follow", "--lines=0"} <= set(asked)
    assert f"--directory={tmp_path}/var/log/journal" in asked
