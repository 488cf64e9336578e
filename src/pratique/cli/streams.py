"""
Give a command line standard streams that are there, and whose failures are told.

Law: what was to stand on standard output and could not be written is an error of its own (exit code 2),
never a bug and never a verdict; a remark that standard error does not take is lost and changes nothing.
A stream that was closed before the program began is opened on nothing, so that no file of ours gets its
number and with it what others write there.
"""

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from pratique.model.errors import StorageError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class OutputFailed(StorageError, OSError):
    """Report that standard output is full, closed or gone; also an ``OSError``, as of any file."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__(f"cannot write to standard output: {words}")
        self.errno, self.strerror = number, words

    def __str__(self) -> str:
        """Return the message without the number."""
        return str(self.args[0])


def prepare() -> None:
    """Put our own streams in place of those that Python made; call it before anything is opened."""
    for number, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            # Standard output that was closed takes nothing: it is not for us to lose a report.
            os.set_inheritable(os.open(os.devnull, flags), True)
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the program's own
    sys.stdout = _text(_Output(1, "wb", closefd=False), sys.stdout)
    sys.stderr = _text(_Remarks(2, "wb", closefd=False), sys.stderr)


def settle() -> OutputFailed | None:
    """Write what still waits; where that fails, return why, and let the end of the program not try again."""
    failed = None
    try:
        sys.stdout.flush()
    except OutputFailed as error:
        failed = error
    except BrokenPipeError:  # whoever read us stopped (`| head`)
        pass
    else:
        return None
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return failed


class _Output(io.FileIO):
    def write(self, content: "ReadableBuffer") -> int:
        try:
            return super().write(content)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputFailed(error.errno or 0, error.strerror or str(error)) from None


class _Remarks(io.FileIO):
    def write(self, content: "ReadableBuffer") -> int:
        with suppress(OSError):
            return super().write(content)
        return memoryview(content).nbytes


def _text(raw: io.FileIO, before: object) -> io.TextIOWrapper:
    """Return a stream that writes texts as the one before did."""
    like = before if isinstance(before, io.TextIOWrapper) else None
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=like.encoding if like else "utf-8",
        errors=like.errors if like else "backslashreplace",
        line_buffering=like.line_buffering if like else False,
        write_through=like.write_through if like else False,
    )
