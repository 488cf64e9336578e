"""
Refuse programs that are not in a container's image, where the kernel's LSM hook does not load.

fanotify asks before a file of the container's root is executed; a process of its own answers
(``responses._gate_answering``) by whether the file lies in the overlay's writable folder
(``responses.drifted``), and another watches that one (``responses._gate_process``). What it does not see: programs on volumes and other file systems, in memory
(memfd), and scripts handed to an interpreter as an argument. ``on_loss`` says what happens when pratique
ends: ``open`` lets everything pass, ``closed`` goes on refusing. Law: that a container is guarded is
said only when the kernel lists the mark and, where the kernel can be asked without executing anything, when
a file of the writable folder was refused on trial (``responses._trial``).
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO, Literal

import msgspec
from msgspec import Struct

from pratique.model.errors import CapabilityError
from pratique.model.workload import Workload
from pratique.responses import _fanotify
from pratique.responses._gate_answering import GUARD
from pratique.responses._overlay import open_inside
from pratique.responses._root import Root, root_of
from pratique.responses._trial import Tried, try_one
from pratique.responses.interface import Unable
from pratique.responses.node import Node

__all__ = [
    "SOCKET",
    "FanotifyGate",
    "Handed",
    "Refusal",
    "RunningGate",
    "hand_over",
    "opened",
    "why_not",
]

SOCKET = Path("/run/pratique/gate.sock")
SILENT_S = 2.0
_START_S = 20.0
_ANSWER_BYTES = 4096
_FOLDER = os.O_DIRECTORY | os.O_CLOEXEC
_STORAGE = "only running containers whose storage is an overlay can be guarded"
_HINT = "run as root with CAP_SYS_ADMIN"


class Refusal(Struct, frozen=True):
    """What the gate refused: in which container, to which process, which file."""

    container: str
    pid: int
    path: str


class FanotifyGate:
    """
    The gate while pratique runs; use as a context manager.

    Raises:
        CapabilityError: it cannot run here.
    """

    scripts_too = True

    def __init__(
        self,
        place: Path = SOCKET,
        *,
        on_loss: Literal["open", "closed"] = "open",
        silent_s: float = SILENT_S,
        told: Callable[[Refusal], None] | None = None,
    ) -> None:
        """Start it; ``told`` takes what is refused, from a thread of its own, once for each path."""
        if why := why_not():
            raise CapabilityError(f"executions cannot be refused: {why}", hint=_HINT)
        self._place = place
        self._reading: Thread | None = None
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._running = subprocess.Popen(
            [
                *(sys.executable, "-m", "pratique.responses._gate_process"),
                *(str(place), on_loss, f"{silent_s:g}"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        if self._running.stdout is None or self._running.stdout.readline() != b"ready\n":
            self.close()
            raise CapabilityError("the gate for executions did not start", hint=_HINT)
        self._reading = Thread(
            target=_read, args=(self._running.stdout, told), name="gate", daemon=True
        )
        self._reading.start()

    @property
    def pid(self) -> int:
        """The watcher's pid."""
        return self._running.pid

    def refuse(self, workload: Workload, cgroup: int = 0, cgroup_v1: int = 0) -> str:
        """
        Refuse drifted executions in a container from now on; return by what means.

        Raises:
            CapabilityError: its root or writable folder is not known, or the gate is gone.
        """
        return RunningGate(self._place).refuse(workload, cgroup, cgroup_v1)

    def close(self) -> None:
        """End the gate: everything passes from now on."""
        self._running.terminate()
        if self._running.stdin is not None:
            self._running.stdin.close()
        try:
            self._running.wait(_START_S)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()
        if self._reading is not None:
            self._reading.join(_START_S)
        if self._running.stdout is not None:
            self._running.stdout.close()
        self._place.unlink(missing_ok=True)

    def __enter__(self) -> "FanotifyGate":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


class RunningGate:
    """The gate that another process started."""

    scripts_too = True

    def __init__(self, place: Path = SOCKET) -> None:
        self._place = place

    def refuse(self, workload: Workload, cgroup: int = 0, cgroup_v1: int = 0) -> str:
        """
        Refuse drifted executions in a container from now on; return by what means.

        Raises:
            CapabilityError: its root or writable folder is not known, or no gate answers.
        """
        try:
            found = root_of(Node(), workload)
        except Unable as error:
            raise CapabilityError(f"no gate: {error}", hint=_STORAGE) from None
        if not found.upper:
            raise CapabilityError("the container's writable folder is not known", hint=_STORAGE)
        with _opened(found) as handed:
            hand_over(self._place, handed, workload.id)
            tried = try_one(handed.root, handed.upper)
        if tried is Tried.PASSED:
            raise CapabilityError("a program passed the gate on trial", hint=_HINT)
        return "by a fanotify permission gate" + (", as tried" if tried is Tried.REFUSED else "")


def why_not() -> str:
    """Return why the gate cannot run here, nothing where it can."""
    try:
        os.close(_fanotify.begin())
        with _descriptor("/", _FOLDER) as root:
            os.close(open_inside(root, "."))
    except OSError as error:
        return error.strerror or str(error)
    return ""


class Handed(Struct, frozen=True):
    """
    Descriptors of what shall be guarded: root, writable folder, and the first process if it is known.

    The root is opened by whoever hands it over, in the mount namespace where it is mounted.
    """

    root: int
    upper: int
    process: int = -1


def hand_over(place: Path, handed: Handed, container: str = "") -> None:
    """
    Have the gate that listens at a socket guard a container, which is named in what it tells.

    Raises:
        CapabilityError: the gate does not answer, or cannot guard it.
    """
    descriptors = [one for one in (handed.root, handed.upper, handed.process) if one >= 0]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asked:
            asked.settimeout(_START_S)
            asked.connect(str(place))
            request = b"%s %s %d" % (GUARD, container.encode("ascii", "replace"), os.getpid())
            socket.send_fds(asked, [request], descriptors)
            said = asked.recv(_ANSWER_BYTES)
    except OSError as error:
        raise CapabilityError(
            f"the gate for executions does not answer: {error.strerror or error}",
            hint="is `pratique watch --enforce` running?",
        ) from None
    if said != b"ok":
        words = said.decode("utf-8", "replace")[:200]
        raise CapabilityError(f"the gate for executions refuses: {words}", hint=_HINT)


@contextmanager
def opened(root: str, upper: str, process: int = 0) -> Iterator[Handed]:
    """
    Open what shall be guarded.

    Raises:
        CapabilityError: it cannot be opened.
    """
    with ExitStack() as held:
        try:
            top = held.enter_context(_descriptor(root, _FOLDER))
            written = held.enter_context(_descriptor(upper, _FOLDER | os.O_PATH))
            pidfd = os.pidfd_open(process) if process else -1
        except OSError as error:
            raise CapabilityError(
                f"the container's files cannot be opened: {error.strerror}", hint=_HINT
            ) from None
        if pidfd >= 0:
            held.callback(os.close, pidfd)
        yield Handed(top, written, pidfd)


@contextmanager
def _opened(found: Root) -> Iterator[Handed]:
    """Open a container's root, and see that it is still the one that was found."""
    with opened(f"/proc/{found.pid}/root", found.upper, found.pid * found.first) as handed:
        device = os.fstat(handed.root).st_dev
        if f"{os.major(device)}:{os.minor(device)}" != found.device:
            raise CapabilityError("the container ended meanwhile", hint=_STORAGE)
        yield handed


@contextmanager
def _descriptor(path: str, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _read(lines: IO[bytes], told: Callable[[Refusal], None] | None) -> None:
    decoder = msgspec.json.Decoder(Refusal)
    for line in lines:
        if told is None:
            continue
        with suppress(msgspec.MsgspecError):
            told(decoder.decode(line))
