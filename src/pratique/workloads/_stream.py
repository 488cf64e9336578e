"""
Follow Docker's event stream on its unix socket, in a thread of its own.

Law: nothing waits for the daemon: events are handed over through a bounded queue, and what does not
fit is dropped, because control groups tell of births and deaths all the same. A daemon that goes
away is asked again after a while. Source: Docker Engine API v1.41, ``GET /events``.
"""

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pratique.formats.runtime.engine_events import MOST_LINE, EngineEvent, read_docker

if TYPE_CHECKING:
    import httpx

MOST_WAITING = 4096
_FILTER = '{"type":["container"]}'
_PAUSE_S = 5.0


class StreamFollower:
    """Read the stream of the daemon behind a socket until closed."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._waiting: deque[EngineEvent] = deque(maxlen=MOST_WAITING)
        self._closing = threading.Event()
        threading.Thread(target=self._run, name="docker-events", daemon=True).start()

    def poll(self) -> Sequence[EngineEvent]:
        """Return the events that came since the last call."""
        found = []
        while self._waiting:
            found.append(self._waiting.popleft())
        return found

    def close(self) -> None:
        """Stop following; the thread ends with its next line, or with the program."""
        self._closing.set()

    def _run(self) -> None:
        import httpx  # only where a daemon is followed

        while not self._closing.is_set():
            try:
                if Path(self._socket).is_socket():
                    self._listen(httpx.Timeout(_PAUSE_S, read=None))
            except (httpx.HTTPError, OSError):
                pass  # the daemon is not there now
            self._closing.wait(_PAUSE_S)

    def _listen(self, patience: "httpx.Timeout") -> None:
        import httpx

        transport = httpx.HTTPTransport(uds=self._socket)
        asked = {"filters": _FILTER}
        with (
            httpx.Client(transport=transport, timeout=patience, trust_env=False) as client,
            client.stream("GET", "http://localhost/events", params=asked) as answer,
        ):
            if answer.status_code == httpx.codes.OK:
                self._take(answer.iter_raw())

    def _take(self, chunks: Iterable[bytes]) -> None:
        for line in lines(chunks):
            if self._closing.is_set():
                return
            event = read_docker(line)
            if event is not None:
                self._waiting.append(event)


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """
    Yield the whole lines of a stream; one longer than ``MOST_LINE`` is passed over.

    >>> list(lines([b"a", b"b\\nc\\n", b"d"]))
    [b'ab', b'c']
    """
    rest, skipping = b"", False
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            if not skipping:
                yield line
            skipping = False
        if len(rest) > MOST_LINE:
            rest, skipping = b"", True
