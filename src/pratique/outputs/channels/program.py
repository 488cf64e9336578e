"""
Hand records to a program: one a line on its standard input.

The program is started at the first record, without a shell, and kept running; where it ended it is
started again at the next try. What it writes goes where our own errors go. A program that does not
read for ``TIMEOUT_S`` is ended. What stood in the pipe when a program died may be lost: a program
confirms nothing.
"""

import os
import subprocess
from collections.abc import Sequence
from select import select
from time import monotonic

from pratique.outputs.channels.interface import TIMEOUT_S, NotDelivered

_GRACE_S = 3.0


class ProgramChannel:
    """Lines into a running program."""

    def __init__(self, command: Sequence[str], *, timeout_s: float = TIMEOUT_S) -> None:
        self._command, self._timeout_s = tuple(command), timeout_s
        self._running: subprocess.Popen[bytes] | None = None

    def send(self, records: Sequence[bytes]) -> None:
        """Write the records as lines."""
        for taken, record in enumerate(records):
            try:
                self._write(self._pipe(), record + b"\n")
            except OSError as error:
                self.close()
                said = error.strerror or str(error)
                raise NotDelivered(f"{self._command[0]}: {said}", taken=taken) from None

    def close(self) -> None:
        """Close its standard input, and end it where it does not end by itself."""
        running, self._running = self._running, None
        if running is None:
            return
        if running.stdin:
            running.stdin.close()
        try:
            running.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()

    def _pipe(self) -> int:
        if self._running is not None and self._running.poll() is not None:
            self.close()
        if self._running is None:
            self._running = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=2, bufsize=0, start_new_session=True
            )
            if self._running.stdin:
                os.set_blocking(self._running.stdin.fileno(), False)
        if self._running.stdin is None:
            raise BrokenPipeError("it has no standard input")
        return self._running.stdin.fileno()

    def _write(self, pipe: int, line: bytes) -> None:
        rest, end = memoryview(line), monotonic() + self._timeout_s
        while rest:
            left = end - monotonic()
            if left <= 0 or not select([], [pipe], [], left)[1]:
                raise TimeoutError(f"it has not read for {self._timeout_s:g} s")
            try:
                rest = rest[os.write(pipe, rest) :]
            except BlockingIOError:
                continue
