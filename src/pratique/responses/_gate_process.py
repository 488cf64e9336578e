"""
Answer the kernel's questions about executions, in a process of its own that another one watches.

``python -m pratique.responses._gate_process SOCKET open|closed SILENT_S`` is the watcher. It starts the
answerer as a child, hears its heartbeat, and takes containers to guard over ``SOCKET``: ``guard``, the
container's id and the asker's pid, with two descriptors, the container's root and its writable folder, and
perhaps a third, its first process (pidfd). It answers ``ok`` when the kernel lists the mark, or why not. A
container whose first process ended is let go, so that nothing of it stays mounted. What was refused is told
on standard output, once for each path of a container, one JSON object a line; a reader that does not keep up is
not waited for. Standard input is the leash: it ends when pratique does. Laws:

- ``ok`` is said only after the kernel itself lists the mark.
- A file of a guarded container that cannot be placed in its overlay is refused.
- An answerer that is silent for ``SILENT_S`` is killed; the kernel then lets pass what waited.
- ``open``: when pratique ends, for whatever reason, everything is let pass and both processes end.
- ``closed``: both go on refusing without pratique until they are told to end (SIGTERM); an answerer that
  died is started anew, and while that takes (some ten ms) executions pass.

Only the standard library is imported here.
"""

import contextlib
import json
import os
import resource
import select
import signal
import socket
import sys
import time
from typing import NoReturn

from pratique.responses import _fanotify, _overlay
from pratique.responses.drifted import Layers, is_drifted

BEAT_S = 0.2
_MAX_MESSAGE = 4096
_MAX_GUARDED = 1024
_MAX_STARTS = 100
_NICE = -10
"""Programs wait for the answer, so that it goes before what else runs."""
GUARD, LET_GO = b"guard", b"let go"
_BEAT, _TOLD = b".", b"!"
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
                self._say(_BEAT)

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
        self._say(_TOLD + told.encode())

    def _say(self, message: bytes) -> None:
        with contextlib.suppress(OSError):
            self._watcher.send(message, socket.MSG_DONTWAIT)

    def _listen(self) -> bool:
        """Take one container to guard, or to let go; False when the watcher is gone."""
        message, descriptors, _, _ = socket.recv_fds(self._watcher, _MAX_MESSAGE, 2)
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
            self._watcher.send(str(error).encode()[:_MAX_MESSAGE] or b"failed")
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
        while len(self._guarded) >= _MAX_GUARDED:
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


class Watcher:
    """The parent: starts the answerer, hears it beat, hands it what to guard."""

    def __init__(self, place: str, *, stays: bool, silent_s: float) -> None:
        self._stays, self._silent_s = stays, silent_s
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(place)  # noqa: PTH108 - pathlib is not imported here
        os.umask(0o177)
        self._listening.bind(place)
        self._listening.listen(16)
        self._kept: dict[int, list[int]] = {}
        """Root, writable folder and perhaps first process of each container, by the overlay's device."""
        self._requests: dict[int, bytes] = {}
        os.set_blocking(1, False)
        self._leash: list[int] = [0]
        self._child, self._pipe = self._start()

    def run(self) -> None:
        """Watch until pratique ends, and beyond that where it shall stay."""
        heard, starts = time.monotonic(), 1
        while True:
            ready = self._ready()
            if 0 in ready and not os.read(0, 64):
                if not self._stays:
                    return self.end()
                self._leash = []
            alive = True
            if self._pipe.fileno() in ready:
                alive = bool(self._heard())
                heard = time.monotonic()
            if self._listening.fileno() in ready:
                self._take()
                heard = time.monotonic()
            self._let_go(ready)
            if not alive or time.monotonic() - heard > self._silent_s:
                self._stop()
                starts += 1
                if starts > _MAX_STARTS:
                    return
                self._child, self._pipe = self._start()
                heard = time.monotonic()
                for device, descriptors in self._kept.items():
                    self._hand(self._requests[device], descriptors[:2])

    def end(self) -> None:
        """End the answerer, which lets everything pass."""
        self._stop()

    def _start(self) -> tuple[int, socket.socket]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        child = os.fork()
        if child == 0:
            _close([one for kept in self._kept.values() for one in kept])
            _be_answerer(theirs, (ours, self._listening), stays=self._stays)
        theirs.close()
        ours.settimeout(self._silent_s)
        return child, ours

    def _ready(self) -> set[int]:
        """Wait a moment; return what can be read. Not by select(2): it knows 1024 descriptors."""
        waiting = select.poll()
        processes = [one for kept in self._kept.values() for one in kept[2:]]
        for one in (self._pipe.fileno(), self._listening.fileno(), *self._leash, *processes):
            waiting.register(one, select.POLLIN)
        return {one for one, _ in waiting.poll(BEAT_S * 1000)}

    def _stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._child, signal.SIGKILL)
        os.waitpid(self._child, 0)
        self._pipe.close()

    def _take(self) -> None:
        peer, _ = self._listening.accept()
        with peer:
            peer.settimeout(self._silent_s)
            with contextlib.suppress(OSError):
                message, descriptors, _, _ = socket.recv_fds(peer, _MAX_MESSAGE, 3)
                if not message.startswith(GUARD) or len(descriptors) < 2:
                    _close(descriptors)
                    peer.send(b"no request")
                    return
                peer.send(self._keep(message, descriptors))

    def _keep(self, message: bytes, descriptors: list[int]) -> bytes:
        """Have a container guarded and keep what a new answerer needs; return what is said of it."""
        said = self._hand(message, descriptors[:2])
        if said != b"ok":
            _close(descriptors)
            return said
        device = os.fstat(descriptors[0]).st_dev
        self._drop(device)
        self._kept[device], self._requests[device] = descriptors, message
        while len(self._kept) > _MAX_GUARDED:
            self._drop(next(iter(self._kept)))
        return said

    def _let_go(self, ready: set[int]) -> None:
        """Forget the containers whose first process ended."""
        for device, kept in list(self._kept.items()):
            if ready.intersection(kept[2:]):
                self._hand(LET_GO, kept[:1])
                self._drop(device)

    def _drop(self, device: int) -> None:
        _close(self._kept.pop(device, []))
        self._requests.pop(device, None)

    def _hand(self, message: bytes, descriptors: list[int]) -> bytes:
        """Give the answerer something to guard and return what it says."""
        try:
            socket.send_fds(self._pipe, [message], descriptors)
            while (said := self._heard()) in (_BEAT, _TOLD):
                pass
        except OSError as error:
            return str(error).encode()
        return said or b"the answerer ended"

    def _heard(self) -> bytes:
        """Return the next thing that the answerer says; what was refused is passed on to pratique."""
        said = self._pipe.recv(_MAX_MESSAGE)
        if not said.startswith(_TOLD):
            return said
        with contextlib.suppress(OSError):
            os.write(1, said[1:] + b"\n")
        return _TOLD


def request_of(message: bytes) -> tuple[str, int]:
    """
    Return the container that a request names, and the pid of who asks: it will try whether that helped.

    >>> request_of(b"guard c0ffee 77"), request_of(b"guard")
    (('c0ffee', 77), ('', 0))
    """
    _, container, asking, *_ = (*message.decode("ascii", "replace").split(" "), "", "")
    return container[:_MAX_ID], int(asking) if asking.isdecimal() else 0


def _said(
    places: list[tuple[Layers, str]], path: str, file: os.stat_result
) -> tuple[bool | None, str]:
    """Return whether a file at a path is drifted, and in which container; None where in no overlay."""
    for layers, container in places:
        said = is_drifted(layers, path, file)
        if said is not None:
            return said, container
    return None, ""


def _close(descriptors: list[int]) -> None:
    for one in descriptors:
        os.close(one)


def _be_answerer(
    watcher: socket.socket, others: tuple[socket.socket, ...], *, stays: bool
) -> NoReturn:
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


def main(arguments: list[str]) -> int:
    """Run the watcher; return its exit status."""
    place, on_loss, silent_s = arguments
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    watcher = Watcher(place, stays=on_loss == "closed", silent_s=float(silent_s))

    def ended(number: int, frame: object) -> NoReturn:
        watcher.end()
        os._exit(0)

    signal.signal(signal.SIGTERM, ended)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    watcher.run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
