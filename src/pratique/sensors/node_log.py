"""
The node's own happenings: logins, sudo, units of its service manager, modules, its packages.

They come from what the node writes down: systemd's journal where it can be read, else the system's
log; ``wtmp`` and ``btmp``; the logs of dpkg and dnf; ``/proc/modules``; and the files that say
what a kubelet runs. All of it is read a few times a second, from where it ends now on. What a node
does not write down is not seen here: a quiet log is no proof that nobody came.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Self

from pratique.formats.node.journal import JournalReader, told
from pratique.formats.node.login_log import MOST_LINE, read_line
from pratique.formats.node.modules import read_modules
from pratique.formats.node.package_log import read_dnf, read_dpkg
from pratique.formats.node.utmp import read_login, record_bytes
from pratique.kit.tail import Files, Mark, Tail
from pratique.model.interest import Interest
from pratique.model.observation import (
    Act,
    Elevated,
    HostPackageChanged,
    LoggedIn,
    ModuleLoaded,
    Observation,
    PathChanged,
    UnitChanged,
)
from pratique.sensors.interface import Counters, Hook, Readiness

NAME = "node-log"
TITLE = "What the node writes down: logins, sudo, units, modules, packages"

STREAM = 1 << 16
"""The number of this sensor's only stream: no ring of the kernel has it."""
_LOGS = ("/var/log/auth.log", "/var/log/secure")
_PACKAGE_LOGS = (("/var/log/dpkg.log", read_dpkg), ("/var/log/dnf.rpm.log", read_dnf))
_LOGINS = (("/var/log/wtmp", False), ("/var/log/btmp", True))
_WATCHED = (
    "/var/lib/rpm/rpmdb.sqlite",
    "/var/lib/rpm/Packages",
    "/usr/bin/kubelet",
    "/usr/local/bin/kubelet",
    "/var/lib/kubelet/config.yaml",
)
"""Files whose change is told as ``node_file``."""
_FOLDERS = ("/etc/kubernetes/manifests",)
"""Folders of which each file is watched: what a kubelet runs without asking anybody."""
_JOURNALS = ("/var/log/journal", "/run/log/journal")
_ASKED = (
    "_COMM=sshd",
    "+",
    "_COMM=sshd-session",
    "+",
    "_COMM=sudo",
    "+",
    "_COMM=su",
    "+",
    "_PID=1",
)
_MODULES = "/proc/modules"
_MOST_MODULES_BYTES = 4 << 20
_PAUSE_S = 0.25
_SLOW_NS = 1_000_000_000
"""How often modules and files are compared."""
_READ = 1 << 16


def probe() -> Readiness:
    """Say what of the node's notes can be read here."""
    files = Files()
    journal = _journal_folder(files)
    hooks = [Hook("journal", bool(journal), "" if journal else "no journal, or no journalctl")]
    for path in (*_LOGS, *(one for one, _ in (*_LOGINS, *_PACKAGE_LOGS)), _MODULES):
        there = bool(files.mark(path).inode) and os.access(path, os.R_OK)
        hooks.append(Hook(path, there, "" if there else "not here, or may not be read"))
    ready = {hook.name for hook in hooks if hook.ready}
    blind = []
    if not ready & {"journal", *_LOGS, "/var/log/wtmp"}:
        blind.append("who logs in to the node")
    if not ready & {"journal", *_LOGS}:
        blind.append("who runs commands as somebody else")
    if "journal" not in ready:
        blind.append("which units start and stop")
    if not ready & {one for one, _ in _PACKAGE_LOGS}:
        blind.append("which packages of the node change")
    why = "" if ready else "nothing that the node writes down can be read"
    return Readiness(
        sensor=NAME,
        ready=bool(ready),
        tier="sees",
        why_not=why,
        blind=tuple(blind),
        hooks=tuple(hooks),
    )


def start(interest: Interest) -> "NodeLog":
    """Begin to read what the node writes down from now on."""
    return NodeLog(interest)


class NodeLog:
    """
    A node whose notes are read.

    ``root`` is where its files are seen, ``now_ns`` the clock, for what is noted without a time.
    """

    def __init__(
        self,
        interest: Interest,
        root: str = "/",
        now_ns: Callable[[], int] = time.time_ns,
        *,
        journal: bool = True,
    ) -> None:
        self._interest = interest
        self._files = files = Files(root)
        self._now_ns = now_ns
        self._sequence = self._filtered = 0
        self._record = record_bytes(os.uname().machine)
        self._logins = [(Tail(files, path), failed) for path, failed in _LOGINS]
        self._packages = [(Tail(files, path), read) for path, read in _PACKAGE_LOGS]
        self._journal = _follow_journal(files, root) if journal else None
        self._entries = JournalReader()
        self._logs = [] if self._journal else [Tail(files, path) for path in _LOGS]
        self._modules = self._loaded()
        self._seen = self._marks()
        self._compared_ns = now_ns()

    def read(self, timeout_s: float) -> Sequence[Observation]:
        """Return what was written down since the last call, waiting at most so long."""
        end = time.monotonic() + timeout_s
        while True:
            found = [one for one in self._look() if self._is_wanted(one)]
            if found or time.monotonic() >= end:
                return found
            time.sleep(min(_PAUSE_S, max(end - time.monotonic(), 0)))

    def want(self, interest: Interest) -> None:
        """Hand out what is wanted from now on."""
        self._interest = interest

    def ignore(self, pids: Sequence[int]) -> None:
        """Leave out nothing: no log tells of pratique itself."""

    def counters(self) -> Counters:
        """Return the counts so far; nothing is ever lost here that was written down."""
        return Counters(seen=self._sequence - self._filtered, filtered=self._filtered)

    def close(self) -> None:
        """Stop reading."""
        if self._journal is not None:
            self._journal.terminate()
            self._journal.wait()
            if self._journal.stdout is not None:
                self._journal.stdout.close()
            self._journal = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _look(self) -> Iterator[Observation]:
        now = self._now_ns()
        for tail, failed in self._logins:
            for record in tail.records(self._record):
                login = read_login(record, failed=failed)
                if login is not None:
                    yield self._made("login", login[2], login[0] or now, login[1])
        year = time.gmtime(now // 1_000_000_000).tm_year
        for tail in self._logs:
            for line in tail.lines(MOST_LINE):
                said = read_line(line, year)
                if said is not None:
                    yield self._made(_type_of(said.act), said.act, said.time_ns or now, said.pid)
        for tail, understand in self._packages:
            for line in tail.lines(MOST_LINE):
                change = understand(line)
                if change is not None:
                    yield self._made("host_package", change[1], change[0] or now)
        yield from self._from_journal(now)
        if now - self._compared_ns >= _SLOW_NS:
            self._compared_ns = now
            yield from self._compared(now)

    def _from_journal(self, now: int) -> Iterator[Observation]:
        if self._journal is None or self._journal.stdout is None:
            return
        content = self._journal.stdout.read(_READ) or b""
        for entry in self._entries.feed(content):
            said = told(entry)
            if said is not None:
                yield self._made(_type_of(said[2]), said[2], said[0] or now, said[1])

    def _compared(self, now: int) -> Iterator[Observation]:
        """Yield the modules that are new, and the watched files that changed."""
        # A list that cannot be read now says of no module that it went, and later that it is new.
        modules = self._loaded() or self._modules
        for name in sorted(modules - self._modules):
            yield self._made("module_present", ModuleLoaded(name), now)
        self._modules = modules
        marks = self._marks()
        for path in sorted(marks.keys() | self._seen.keys()):
            if marks.get(path) != self._seen.get(path):
                yield self._made("node_file", PathChanged(path), now)
        self._seen = marks

    def _loaded(self) -> frozenset[str]:
        return read_modules(self._files.read_at(_MODULES, 0, _MOST_MODULES_BYTES))

    def _marks(self) -> dict[str, Mark]:
        files = self._files
        inside = (f"{one}/{name}" for one in _FOLDERS for name in files.names(one))
        marks = {path: files.mark(path) for path in (*_WATCHED, *inside)}
        return {path: mark for path, mark in marks.items() if mark.inode}

    def _made(self, kind: str, act: Act, time_ns: int, pid: int = 0) -> Observation:
        self._sequence += 1
        return Observation(kind, act, time_ns, pid, pid, sequence=self._sequence, stream=STREAM)

    def _is_wanted(self, observation: Observation) -> bool:
        types = self._interest.types
        if types and observation.type not in types:
            self._filtered += 1
            return False
        return True


def _type_of(act: LoggedIn | Elevated | UnitChanged | HostPackageChanged) -> str:
    if isinstance(act, UnitChanged):
        return "unit_started" if act.started else "unit_stopped"
    if isinstance(act, Elevated):
        return "sudo"
    return "login" if isinstance(act, LoggedIn) else "host_package"


def _journal_folder(files: Files) -> str:
    """Return where the journal lies, nothing where it or its reader is not here."""
    if shutil.which("journalctl") is None:
        return ""
    return next((one for one in _JOURNALS if files.names(one)), "")


def _follow_journal(files: Files, root: str) -> "subprocess.Popen[bytes] | None":
    """Return the journal's own reader, following; None where there is no journal."""
    folder = _journal_folder(files)
    if not folder:
        return None
    command = ["journalctl", "--output=export", "--follow", "--lines=0", "--quiet"]
    running = subprocess.Popen(
        [*command, f"--directory={root.rstrip('/')}{folder}", *_ASKED],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )
    if running.stdout is not None:
        os.set_blocking(running.stdout.fileno(), False)
    return running
