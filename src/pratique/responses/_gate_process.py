"""
Watch the process that answers the kernel's questions about executions, so that no program waits for ever.

``python -m pratique.responses._gate_process SOCKET open|closed SILENT_S`` starts the answerer
(``responses._gate_answering``) as a child, hears its heartbeat, and takes containers to guard over
``SOCKET``: ``guard``, the container's id and the asker's pid, with two descriptors, the container's root and
its writable folder, and perhaps a third, its first process (pidfd). It answers ``ok`` when the container is
guarded, or why not. A container whose first process ended is let go, so that nothing of it stays mounted.
What was refused is told on standard output, one JSON object a line; a reader that does not keep up is not
waited for. Standard input is the leash: it ends when pratique does. Laws:

- An answerer that is silent for ``SILENT_S`` is killed; the kernel then lets pass what waited.
- ``open``: when pratique ends, for whatever reason, everything is let pass and both processes end.
- ``closed``: both go on refusing without pratique until they are told to end (SIGTERM); an answerer that
  died is started anew, and while that takes (some ten ms) executions pass.

Only the standard library is imported here.
"""

import contextlib
import os
import resource
import select
import signal
import socket
import sys
import time
from typing import NoReturn

from pratique.responses._gate_answering import (
    BEAT,
    BEAT_S,
    GUARD,
    LET_GO,
    MAX_GUARDED,
    MAX_MESSAGE,
    TOLD,
    be_answerer,
)

_MAX_STARTS = 100


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
        self._heard_at = 0.0
        self._child, self._pipe = self._start()

    def run(self) -> None:
        """Watch until pratique ends, and beyond that where it shall stay."""
        starts = 1
        while True:
            ready = self._ready()
            if 0 in ready and not os.read(0, 64):
                if not self._stays:
                    return self.end()
                self._leash = []
            alive = self._pipe.fileno() not in ready or self._hears()
            if self._listening.fileno() in ready:
                self._take()
            self._let_go(ready)
            if not alive or self._is_silent():
                self._stop()
                starts += 1
                if starts > _MAX_STARTS:
                    return
                self._child, self._pipe = self._start()
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
            be_answerer(theirs, (ours, self._listening), stays=self._stays)
        theirs.close()
        ours.settimeout(self._silent_s)
        self._heard_at = time.monotonic()
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
                message, descriptors, _, _ = socket.recv_fds(peer, MAX_MESSAGE, 3)
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
        while len(self._kept) > MAX_GUARDED:
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
            while (said := self._heard()) in (BEAT, TOLD):
                pass
        except OSError as error:
            return str(error).encode()
        return said or b"the answerer ended"

    def _hears(self) -> bool:
        """Take what the answerer says; False where it is gone."""
        with contextlib.suppress(OSError):
            return bool(self._heard())
        return False

    def _is_silent(self) -> bool:
        """Whether the answerer is: what it said while another was served waits to be read."""
        if time.monotonic() - self._heard_at <= self._silent_s:
            return False
        waiting = select.poll()
        waiting.register(self._pipe.fileno(), select.POLLIN)
        return not waiting.poll(0)

    def _heard(self) -> bytes:
        """Return the next thing that the answerer says; what was refused is passed on to pratique."""
        said = self._pipe.recv(MAX_MESSAGE)
        self._heard_at = time.monotonic()
        if not said.startswith(TOLD):
            return said
        with contextlib.suppress(OSError):
            os.write(1, said[1:] + b"\n")
        return TOLD


def _close(descriptors: list[int]) -> None:
    for one in descriptors:
        os.close(one)


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
