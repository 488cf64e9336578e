"""
Show progress on a terminal's standard error, and silence everywhere else.

One line, rewritten; written by hand because a progress library costs more to import than a small
scan takes.
"""

import shutil
import sys
from collections.abc import Callable
from typing import TextIO

from pratique.formats.text import fitted, printable

_MIB = 1 << 20


class Progress:
    """
    Say in one line what is being done.

    ``watched`` False makes every call silent. Use as a context manager: the line is wiped at the
    end, also after a failure.
    """

    def __init__(self, *, watched: bool, stream: TextIO = sys.stderr) -> None:
        self._watched = watched
        self._stream = stream
        self._step = ""

    def __enter__(self) -> "Progress":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the line."""
        self._write("")

    @property
    def step(self) -> Callable[[str], None] | None:
        """Return what to call with a new step in words, None when nobody watches."""
        return self._tell_step if self._watched else None

    @property
    def bytes(self) -> Callable[[str, int, int], None] | None:
        """Return what to call with (blob, bytes so far, bytes in all), None when nobody watches."""
        return self._tell_bytes if self._watched else None

    def _tell_step(self, step: str) -> None:
        self._step = step
        self._write(step + " …")

    def _tell_bytes(self, blob: str, done: int, total: int) -> None:
        share = f"{done / _MIB:.1f} of {total / _MIB:.1f} MB" if total else f"{done / _MIB:.1f} MB"
        self._write(f"{self._step}: {blob[7:19]} {share}")

    def _write(self, text: str) -> None:
        if self._watched:
            # A line that wraps could not be wiped; the last column makes some terminals wrap.
            width = shutil.get_terminal_size((80, 24)).columns - 1
            self._stream.write("\r\x1b[2K" + fitted(printable(text), width))
            self._stream.flush()
