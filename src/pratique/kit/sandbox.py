"""
Do hostile work in child processes that can do nothing else.

A child is forked from this process (nothing is imported again: 2 ms), reads its input from one
descriptor, writes its result to one pipe, and runs under rlimits: no new descriptor, no file
growth but of the one it is given for it, no new process, bounded memory and CPU time; see ``kit.seccomp`` for the rest. What a child
says is untrusted: ``receive`` has to bound it. Law: however a child ends, the others go on, and
no child outlives ``run_isolated``.

Fork, not spawn: the selector and every import are shared, and a start must stay far below the
cost of a small layer. The child touches nothing that another thread could hold locked: it only
computes, and leaves by ``os._exit``.
"""

import gc
import io
import math
import os
import resource
import selectors
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, cast

from msgspec import Struct
from msgspec.structs import replace

from pratique.kit.limits import Limits
from pratique.kit.memory import lift_bound
from pratique.kit.seccomp import forbid_all_but_computing
from pratique.kit.spool import Spool
from pratique.kit.window import WindowReader
from pratique.model.errors import FormatError

Send = Callable[[bytes | bytearray], None]

_PIECE = 1 << 18
_COMMON_BYTES = 40 << 20
_FAILED, _NO_MEMORY = 70, 71


class Source(Protocol):
    """What a child reads its input from: a window of a file, or a buffered pipe."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes, fewer at the end, none after it."""

    def peek(self, size: int, /) -> bytes:
        """Return some of the next bytes without taking them."""


class Job(Struct, frozen=True):
    """
    Work for one child.

    ``work(source, send)`` runs in the child; ``prepare(source)`` before it, not yet confined (it
    may import what the input needs). ``receive`` gets what was sent, in this process, in order; it
    raises ``FormatError`` to have the child killed. ``spool`` is a temporary file that
    the child may write, up to ``Limits.unit_file_bytes``. ``cpu_s`` bounds its
    CPU time where that is less than ``Limits.layer_seconds``.
    """

    source: BinaryIO
    prepare: Callable[[Source], None]
    work: Callable[[Source, Send], None]
    receive: Callable[[bytes], None]
    spool: Spool | None = None
    cpu_s: float = math.inf


class Ended(Struct, frozen=True):
    """How a job ended; ``problem`` is empty when it ended well, ``starved``: it lacked memory."""

    job: Job
    problem: str
    starved: bool = False


def most_workers(limits: Limits) -> int:
    """Return how many children can run beside each other and still do common work."""
    return max(1, limits.workers_memory_bytes // _COMMON_BYTES)


def run_isolated(jobs: Iterator[Job], workers: int, limits: Limits) -> Iterator[Ended]:
    """
    Yield each job when it has ended, at most ``workers`` of them running at a time.

    One worker may take ``worker_memory_bytes``, several share ``workers_memory_bytes``; who needs
    more ends ``starved`` and can be run again alone. Jobs are taken from the iterator only when there is room. Whatever a ``source`` raises while it
    is read comes through, after all children have been stopped.
    """
    running: dict[int, _Child] = {}
    if workers > 1:
        workers = min(workers, most_workers(limits))
        limits = replace(limits, worker_memory_bytes=limits.workers_memory_bytes // workers)
    with selectors.DefaultSelector() as events:
        try:
            while True:
                while len(running) < workers and (job := next(jobs, None)) is not None:
                    child = _Child(job, limits, [c.result for c in running.values()])
                    running[child.pid] = child
                    child.watch(events)
                if not running:
                    return
                for key, _ in events.select(limits.silent_seconds):
                    child = cast(_Child, key.data)
                    child.heard_s = time.monotonic()
                    if child.pid in running and child.handle(key.fd, events):
                        del running[child.pid]
                        yield Ended(child.job, child.problem, child.starved)
                for child in running.values():
                    child.kill_if_silent()
        finally:
            for child in running.values():
                child.stop()


class _Child:
    """One forked process: its pid, the pipe it answers through and the one it is fed through."""

    def __init__(self, job: Job, limits: Limits, foreign: list[int]) -> None:
        self.job = job
        self.problem = ""
        self.starved = False
        self.heard_s = time.monotonic()
        self._limits = replace(limits, layer_seconds=min(limits.layer_seconds, job.cpu_s))
        self._pending = memoryview(b"")
        self.result, answer = os.pipe()
        self.feed = -1
        window = job.source if isinstance(job.source, WindowReader) else None
        if window is None:
            intake, self.feed = os.pipe()
        with warnings.catch_warnings():
            # 3.12 warns of fork beside threads (a progress bar's); see the module's docstring.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.pid = os.fork()
        if not self.pid:
            os.close(self.result)
            raw = window or cast(io.RawIOBase, os.fdopen(intake, "rb", buffering=0))
            self._be_child(raw, window.fd if window else intake, answer)
        os.close(answer)
        if window is None:
            os.close(intake)
            os.set_blocking(self.feed, False)
        os.set_blocking(self.result, False)

    def watch(self, events: selectors.BaseSelector) -> None:
        events.register(self.result, selectors.EVENT_READ, self)
        if self.feed >= 0:
            events.register(self.feed, selectors.EVENT_WRITE, self)

    def handle(self, descriptor: int, events: selectors.BaseSelector) -> bool:
        """Move what can be moved; True when the child has ended."""
        if descriptor == self.feed:
            self._pump(events)
            return False
        if descriptor != self.result:
            return False
        piece = os.read(self.result, _PIECE)
        if piece:
            try:
                self.job.receive(piece)
                return False
            except FormatError as error:
                self.problem = str(error)
                os.kill(self.pid, signal.SIGKILL)
        events.unregister(self.result)
        self._end_feed(events)
        os.close(self.result)
        code = _reap(self.pid)
        self.starved = not self.problem and code == _NO_MEMORY
        self.problem = self.problem or _explain(code, self._limits)
        return True

    def kill_if_silent(self) -> None:
        """Kill the child when nothing was heard of it for too long; its end is then read."""
        if time.monotonic() - self.heard_s > self._limits.silent_seconds:
            self.problem = (
                f"its worker was silent for silent_seconds ({self._limits.silent_seconds:g})"
            )
            os.kill(self.pid, signal.SIGKILL)

    def stop(self) -> None:
        """Kill the child and wait until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.result)
        if self.feed >= 0:
            os.close(self.feed)

    def _pump(self, events: selectors.BaseSelector) -> None:
        if not self._pending:
            self._pending = memoryview(self.job.source.read(_PIECE))
        if not self._pending:
            self._end_feed(events)
            return
        try:
            self._pending = self._pending[os.write(self.feed, self._pending) :]
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._end_feed(events)

    def _end_feed(self, events: selectors.BaseSelector) -> None:
        if self.feed >= 0:
            events.unregister(self.feed)
            os.close(self.feed)
            self.feed = -1

    def _be_child(self, raw: io.RawIOBase, intake: int, answer: int) -> None:
        """Do the work and leave; never returns."""
        status = _FAILED
        try:
            gc.disable()
            source: Source = (
                raw if isinstance(raw, WindowReader) else io.BufferedReader(raw, _PIECE)
            )
            self.job.prepare(source)
            spool = self.job.spool.fd if self.job.spool else -1
            _keep_only(intake, answer, *([spool] if spool >= 0 else []))
            _confine(self._limits, self._limits.unit_file_bytes if spool >= 0 else 0)
            self.job.work(source, lambda data: _write_all(answer, data))
            status = 0
        except MemoryError:
            status = _NO_MEMORY
        finally:
            if status == _FAILED and os.environ.get("PRATIQUE_DEBUG"):
                sys.excepthook(*sys.exc_info())
            os._exit(status)


def _reap(pid: int) -> int:
    """Return the exit code of a child that has said all; one that does not leave is killed."""
    for pause_s in (0.0, 0.001, 0.005, 0.02, 0.1, 0.5, 2.0):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause_s)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _keep_only(*descriptors: int) -> None:
    """Close every descriptor but the given ones and standard error."""
    first = 0
    for kept in sorted({2, *descriptors}):
        os.closerange(first, kept)
        first = kept + 1
    os.closerange(first, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def _confine(limits: Limits, file_bytes: int) -> None:
    cpu_s = math.ceil(limits.layer_seconds)
    bounds = (
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_AS, _address_space() + limits.worker_memory_bytes),
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    )
    for which, bound in bounds:
        hard = resource.getrlimit(which)[1]
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        # The kernel sends SIGXCPU, which says why, only if the hard bound is not there yet.
        most = bound + 1 if which == resource.RLIMIT_CPU and bound != hard else bound
        resource.setrlimit(which, (bound, most))
    lift_bound()
    forbid_all_but_computing()


def _address_space() -> int:
    """Return the address space of this process in bytes; a guess where there is no /proc."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 30


def _write_all(descriptor: int, data: bytes | bytearray) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _explain(code: int, limits: Limits) -> str:
    """Say why a child ended as it did; empty for a good end."""
    if code == 0:
        return ""
    if code == _NO_MEMORY:
        return (
            f"reading it takes more memory than worker_memory_bytes ({limits.worker_memory_bytes})"
        )
    if code == -signal.SIGXCPU:
        return f"reading it takes more than layer_seconds ({limits.layer_seconds:.3g}) of CPU time"
    if code < 0:
        return f"its worker was killed by signal {-code}"
    return f"its worker failed (status {code})"
