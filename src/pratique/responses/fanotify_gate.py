"""
Refuse programs that are not in a container's image, where the kernel's LSM hook does not load.

fanotify asks before a file of the container's root is executed; a process of its own answers by whether
the file lies in the overlay's writable folder (``responses.drifted``), and another watches that one
(``responses._gate_process``). What it does not see: programs on volumes and other file systems, in memory
(memfd), and scripts handed to an interpreter as an argument. ``on_loss`` says what happens when pratique
ends: ``open`` lets everything pass, ``closed`` goes on refusing.
"""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Literal

from pratique.model.errors import CapabilityError
from pratique.model.workload import Workload
from pratique.responses import _fanotify
from pratique.responses.drifted import is_drifted

__all__ = ["SOCKET", "FanotifyGate", "RunningGate", "hand_over", "is_drifted", "why_not"]

SOCKET = Path("/run/pratique/gate.sock")
SILENT_S = 2.0
_START_S = 20.0
_ANSWER_BYTES = 4096
_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC
_HINT = "run as root with CAP_SYS_ADMIN"


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
    ) -> None:
        if why := why_not():
            raise CapabilityError(f"executions cannot be refused: {why}", hint=_HINT)
        self._place = place
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
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._running.wait(_START_S)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.wait()
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
        if not workload.upper or not workload.init_pid:
            raise CapabilityError(
                "the container's writable folder is not known", hint="is its storage an overlay?"
            )
        hand_over(
            self._place,
            root=f"/proc/{workload.init_pid}/root",
            upper=workload.upper,
            shown=workload.merged,
        )
        return "by a fanotify permission gate"


def why_not() -> str:
    """Return why the gate cannot run here, nothing where it can."""
    try:
        os.close(_fanotify.begin())
    except OSError as error:
        return error.strerror or str(error)
    return ""


def hand_over(place: Path, *, root: str, upper: str, shown: str) -> None:
    """
    Have a running gate guard a container.

    Args:
        place: the gate's socket.
        root: the container's root; opened here, in the mount namespace of whoever calls.
        upper: the overlay's writable folder.
        shown: where the root is mounted on the node, if it is.

    Raises:
        CapabilityError: the gate does not answer, or cannot guard it.
    """
    opened: list[int] = []
    try:
        opened += [os.open(root, _FOLDER & ~os.O_PATH), os.open(upper, _FOLDER)]
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asked:
            asked.settimeout(_START_S)
            asked.connect(str(place))
            socket.send_fds(asked, [json.dumps({"root": shown}).encode()], opened)
            said = asked.recv(_ANSWER_BYTES)
    except OSError as error:
        raise CapabilityError(
            f"the gate for executions does not answer: {error.strerror or error}",
            hint="is `pratique watch --enforce` running?",
        ) from None
    finally:
        for descriptor in opened:
            os.close(descriptor)
    if said != b"ok":
        words = said.decode("utf-8", "replace")[:200]
        raise CapabilityError(f"the gate for executions refuses: {words}", hint=_HINT)
