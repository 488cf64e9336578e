"""
Answer the kernel's questions about executions: the child of the process that is watched.

It guards what the watcher (``responses._gate_process``) hands it, beats so that the watcher hears it, and
says what it refused, once for each path of a container. Laws:

- a container counts as guarded only after the kernel itself lists the mark;
- a file of a guarded container that cannot be placed in its overlay is refused;
- a question that cannot be decided passes an open gate, and no closed one.

Only the standard library is imported here.
"""

import contextlib
import json
import os
import select
import socket
import time
from typing import NoReturn

from pratique.responses import _fanotify, _overlay
from pratique.responses.drifted import Layers, is_drifted

BEAT_S = 0.2
MAX_MESSAGE = 4096
MAX_GUARDED = 1024
GUARD, LET_GO = b"guard", b"let go"
"""What it is asked for."""
BEAT, TOLD = b".", b"!"
"""What it says by itself: that it lives, and, before one JSON object, what it refused."""
_NICE = -10
"""Programs wait for the answer, so that it goes before what else runs."""
_MAX_TOLD = 4096
_MAX_ID = 128
_MAX_PATH = 512


class Answerer:
    """The child: reads events, decides, answers, and beats."""

    def __init__(self, watcher: socket.socket, *, stays: bool) -> None:
        self._watcher, self._stays = watcher, stays
        self._group = _fanotify.begin()
        self._guarded: dict[int, tuple[Layers, str]] = {}
        self._told: set[tuple[str, str]] = set()
        self._trying: set[int] = set()

    def run(self) -> None:
        """Answer until the watcher is gone, and beyond that where it shall stay."""
        beat = 0.0
        sources: list[int | socket.socket] = [self._group, self._watcher]
        while True:
            ready = select.select(sources, [], [], BEAT_S)[0]
            if self._group in ready:
                self._answer()
            if self._watcher in ready and not self._listen():
                if not self._stays:
                    return
                sources.remove(self._watcher)
            if self._watcher in sources and time.monotonic() - beat >= BEAT_S / 2:
                beat = time.monotonic()
                self._say(BEAT)

    def _answer(self) -> None:
        for descriptor, pid in _fanotify.events(self._group):
            try:
                deny = self._refuses(descriptor, pid)
            except OSError:
                deny = self._stays  # what cannot be decided passes only an open gate
            _fanotify.answer(self._group, descriptor, deny=deny)
            os.close(descriptor)

    def _refuses(self, descriptor: int, pid: int) -> bool:
        file = os.fstat(descriptor)
        known = self._guarded.get(file.st_dev)
        # Where the layers lie on several file systems, a file's device need not be the overlay's.
        places = [known] if known else list(self._guarded.values())
        path = os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - no pathlib here
        said, container = _said(places, path, file)
        if said is None:
            by_mount = _overlay.path_by_mount(descriptor, pid, path)
            said, container = _said(places, by_mount, file)
        if said is not False or _overlay.is_new(descriptor):
            if pid not in self._trying:
                self._tell(container or (known[1] if known else ""), pid, path)
            return True
        return False

    def _tell(self, container: str, pid: int, path: str) -> None:
        if (container, path) in self._told:
            return
        if len(self._told) >= _MAX_TOLD:
            self._told.clear()
        self._told.add((container, path))
        told = json.dumps({"container": container, "pid": pid, "path": path[-_MAX_PATH:]})
        self._say(TOLD + told.encode())

    def _say(self, message: bytes) -> None:
        with contextlib.suppress(OSError):
            self._watcher.send(message, socket.MSG_DONTWAIT)

    def _listen(self) -> bool:
        """Take one container to guard, or to let go; False when the watcher is gone."""
        message, descriptors, _, _ = socket.recv_fds(self._watcher, MAX_MESSAGE, 2)
        if not message:
            return False
        try:
            if message.startswith(GUARD):
                container, asking = request_of(message)
                self._trying = {asking}
                self._guard(descriptors, container)
            else:
                self._let_go(*descriptors)
            self._watcher.send(b"ok")
        except (OSError, ValueError) as error:
            self._watcher.send(str(error).encode()[:MAX_MESSAGE] or b"failed")
        finally:
            for one in descriptors:
                os.close(one)
        return True

    def _guard(self, descriptors: list[int], container: str) -> None:
        root, upper = descriptors
        if not _overlay.is_overlay(root):
            # A mark on the node's own file system would hold up every program of the node.
            raise ValueError("the root is no overlay")
        device = os.fstat(root).st_dev
        self._forget(device)
        while len(self._guarded) >= MAX_GUARDED:
            self._forget(next(iter(self._guarded)))
        # First what is asked about, then the asking: what comes meanwhile can be answered.
        self._guarded[device] = Layers(os.dup(root), os.dup(upper)), container
        try:
            _fanotify.mark(self._group, root)
            if not _fanotify.is_marked(self._group, device):
                raise ValueError("the kernel does not list the mark")
        except (OSError, ValueError):
            self._forget(device)
            raise

    def _let_go(self, root: int, *_: int) -> None:
        device = os.fstat(root).st_dev
        if device in self._guarded:
            _fanotify.mark(self._group, root, remove=True)
            self._forget(device)

    def _forget(self, device: int) -> None:
        layers, _ = self._guarded.pop(device, ((), ""))
        for one in layers:
            os.close(one)


def request_of(message: bytes) -> tuple[str, int]:
    """
    Return the container that a request names, and the pid of who asks: it will try whether that helped.

    >>> request_of(b"guard c0ffee 77"), request_of(b"guard")
    (('c0ffee', 77), ('', 0))
    """
    _, container, asking, *_ = (*message.decode("ascii", "replace").split(" "), "", "")
    return container[:_MAX_ID], int(asking) if asking.isdecimal() else 0


def be_answerer(
    watcher: socket.socket, others: tuple[socket.socket, ...], *, stays: bool
) -> NoReturn:
    """Be it until the end: what a fork of the watcher does, which needs none of its other sockets."""
    status = 1
    try:
        for one in others:
            one.close()
        os.close(0)
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, _NICE)
        Answerer(watcher, stays=stays).run()
        status = 0
    except OSError as error:
        with contextlib.suppress(OSError):
            watcher.send(f"{error.strerror}".encode())
    finally:
        os._exit(status)


def _said(
    places: list[tuple[Layers, str]], path: str, file: os.stat_result
) -> tuple[bool | None, str]:
    """Return whether a file at a path is drifted, and in which container; None where in no overlay."""
    for layers, container in places:
        said = is_drifted(layers, path, file)
        if said is not None:
            return said, container
    return None, ""
