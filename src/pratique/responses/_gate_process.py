"""
Answer the kernel's questions about executions, in a process of its own that another one watches.

``python -m pratique.responses._gate_process SOCKET open|closed SILENT_S`` is the watcher. It starts the
answerer as a child, hears its heartbeat, and takes containers to guard over ``SOCKET``: one JSON object with
two descriptors, the container's root and its writable folder; it answers ``ok``, or why not. Standard
input is the leash: it ends when pratique does. Laws:

- An answerer that is silent for ``SILENT_S`` is killed; the kernel then lets pass what waited.
- ``open``: when pratique ends, for whatever reason, everything is let pass and both processes end.
- ``closed``: both go on refusing without pratique until they are told to end (SIGTERM); an answerer that
  died is started anew, and while that takes (some ten ms) executions pass.

Only the standard library is imported here.
"""

import contextlib
import json
import os
import select
import signal
import socket
import sys
import time
from typing import NoReturn

from pratique.responses import _fanotify
from pratique.responses.drifted import is_drifted

BEAT_S = 0.2
_MAX_MESSAGE = 4096
_MAX_GUARDED = 4096
_MAX_STARTS = 100


class Answerer:
    """The child: reads events, decides, answers, and beats."""

    def __init__(self, watcher: socket.socket, *, stays: bool) -> None:
        self._watcher, self._stays = watcher, stays
        self._group = _fanotify.begin()
        self._guarded: dict[int, tuple[int, str]] = {}

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
                with contextlib.suppress(OSError):
                    self._watcher.send(b".", socket.MSG_DONTWAIT)

    def _answer(self) -> None:
        for descriptor, _pid in _fanotify.events(self._group):
            try:
                deny = self._refuses(descriptor)
            except OSError:
                deny = self._stays  # what cannot be decided passes only an open gate
            _fanotify.answer(self._group, descriptor, deny=deny)
            os.close(descriptor)

    def _refuses(self, descriptor: int) -> bool:
        known = self._guarded.get(os.fstat(descriptor).st_dev)
        # Where the layers lie on several file systems, a file's device need not be the overlay's: then
        # it is refused if it is drifted in any container that is guarded.
        places = [known] if known else list(self._guarded.values())
        path = os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - no pathlib here
        return any(is_drifted(upper, path, root) for upper, root in places)

    def _listen(self) -> bool:
        """Take one container to guard; False when the watcher is gone."""
        message, descriptors, _, _ = socket.recv_fds(self._watcher, _MAX_MESSAGE, 2)
        if not message:
            return False
        try:
            self._guard(message, descriptors)
            self._watcher.send(b"ok")
        except (OSError, ValueError) as error:
            self._watcher.send(str(error).encode()[:_MAX_MESSAGE] or b"failed")
        return True

    def _guard(self, message: bytes, descriptors: list[int]) -> None:
        try:
            root, upper = descriptors
            if not _fanotify.is_overlay(root):
                # A mark on the node's own file system would hold up every program of the node.
                raise ValueError("the root is no overlay")
            shown = _shown(message)
            _fanotify.mark(self._group, root)
            if len(self._guarded) >= _MAX_GUARDED:
                self._forget()
            known = self._guarded.pop(os.fstat(root).st_dev, None)
            if known is not None:
                os.close(known[0])
            self._guarded[os.fstat(root).st_dev] = (os.dup(upper), shown)
        finally:
            for one in descriptors:
                os.close(one)

    def _forget(self) -> None:
        """Give up the container that was taken first: its file system is gone by then, most likely."""
        device = next(iter(self._guarded))
        os.close(self._guarded.pop(device)[0])


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
        self._kept: list[tuple[bytes, list[int]]] = []
        self._leash: list[int] = [0]
        self._child, self._pipe = self._start()

    def run(self) -> None:
        """Watch until pratique ends, and beyond that where it shall stay."""
        heard, starts = time.monotonic(), 1
        while True:
            sources: list[int | socket.socket] = [self._pipe, self._listening, *self._leash]
            ready = select.select(sources, [], [], BEAT_S)[0]
            if 0 in ready and not os.read(0, 64):
                if not self._stays:
                    return self.end()
                self._leash = []
            alive = True
            if self._pipe in ready:
                alive = bool(self._pipe.recv(_MAX_MESSAGE))
                heard = time.monotonic()
            if self._listening in ready:
                self._take()
            if not alive or time.monotonic() - heard > self._silent_s:
                self._stop()
                starts += 1
                if starts > _MAX_STARTS:
                    return
                self._child, self._pipe = self._start()
                heard = time.monotonic()
                for message, descriptors in self._kept:
                    self._hand(message, descriptors)

    def end(self) -> None:
        """End the answerer, which lets everything pass."""
        self._stop()

    def _start(self) -> tuple[int, socket.socket]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        child = os.fork()
        if child == 0:
            _be_answerer(theirs, (ours, self._listening), stays=self._stays)
        theirs.close()
        ours.settimeout(self._silent_s)
        return child, ours

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
                message, descriptors, _, _ = socket.recv_fds(peer, _MAX_MESSAGE, 2)
                if len(descriptors) != 2:
                    peer.send(b"two descriptors are needed")
                    return
                said = self._hand(message, descriptors)
                if said == b"ok":
                    self._kept.append((message, descriptors))
                    self._trim()
                peer.send(said)

    def _hand(self, message: bytes, descriptors: list[int]) -> bytes:
        """Give the answerer something to guard and return what it says."""
        try:
            socket.send_fds(self._pipe, [message], descriptors)
            while (said := self._pipe.recv(_MAX_MESSAGE)) == b".":
                pass
        except OSError as error:
            return str(error).encode()
        return said or b"the answerer ended"

    def _trim(self) -> None:
        while len(self._kept) > _MAX_GUARDED // 4:
            for descriptor in self._kept.pop(0)[1]:
                os.close(descriptor)


def _shown(message: bytes) -> str:
    """Return where the root is mounted on the node; ValueError for what is no request."""
    request = json.loads(message)
    shown = request.get("root") if isinstance(request, dict) else None
    if not isinstance(shown, str):
        raise ValueError("no request")
    return shown


def _be_answerer(
    watcher: socket.socket, others: tuple[socket.socket, ...], *, stays: bool
) -> NoReturn:
    status = 1
    try:
        for one in others:
            one.close()
        os.close(0)
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
