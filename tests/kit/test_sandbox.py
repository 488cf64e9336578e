"""However a child ends, the others go on and this process is told why."""

import io
import mmap
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
import pytest

from pratique.kit.limits import DEFAULT
from pratique.kit.sandbox import Job, Send, most_workers, run_isolated
from pratique.kit.window import WindowReader, as_binary
from pratique.model.errors import FormatError

Work = Callable[[io.BufferedReader, Send], None]


def nothing(source: io.BufferedReader) -> None:
    """Prepare nothing."""


def run(work: Work, content: bytes = b"input", limits: object = DEFAULT) -> tuple[bytes, str]:
    """Run one child on a piped input; return what it sent and the problem."""
    sent = bytearray()
    job = Job(io.BytesIO(content), nothing, work, sent.extend)
    (ended,) = run_isolated(iter([job]), 1, limits)  # type: ignore[arg-type]
    return bytes(sent), ended.problem


def echo(source: io.BufferedReader, send: Send) -> None:
    while chunk := source.read(100_000):
        send(chunk)


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_bytes_go_in_and_out(size: int) -> None:
    """Through both pipes at once, however much."""
    content = os.urandom(size)
    assert run(echo, content) == (content, "")


def test_a_window_is_read_in_place() -> None:
    """No byte is pumped: the child has the descriptor."""
    with tempfile.TemporaryFile() as file:
        file.write(b"headbodytail")
        file.flush()
        sent = bytearray()
        source = as_binary(WindowReader(file.fileno(), 4, 4))
        list(run_isolated(iter([Job(source, nothing, echo, sent.extend)]), 1, DEFAULT))
        assert sent == b"body"


def _endless(source: io.BufferedReader, send: Send) -> None:
    while True:
        pass


def _greedy(source: io.BufferedReader, send: Send) -> None:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def _killed(source: io.BufferedReader, send: Send) -> None:
    send(b"half")
    raise SystemExit(0) if source.peek(1) == b"x" else RuntimeError


@pytest.mark.parametrize(
    ("work", "reason"),
    [(_endless, "CPU time"), (_greedy, "memory"), (_killed, "failed (status 70)")],
)
def test_why_a_child_ended(work: Work, reason: str) -> None:
    """Out of time, out of memory, an error: each said in words."""
    tight = msgspec.structs.replace(DEFAULT, layer_seconds=1.0, worker_memory_bytes=128 << 20)
    assert reason in run(work, limits=tight)[1]


def _large(source: io.BufferedReader, send: Send) -> None:
    # A mapping of its own: freed memory of this process, which the child inherits, would do for
    # a plain allocation.
    try:
        mapping = mmap.mmap(-1, 100 << 20)
    except OSError:
        raise MemoryError from None
    send(b"%d" % len(mapping))


def test_several_share_what_one_may_take() -> None:
    """Beside others a child starves where it would have room enough alone, and that is told."""
    limits = msgspec.structs.replace(
        DEFAULT, worker_memory_bytes=200 << 20, workers_memory_bytes=160 << 20
    )
    for workers, starved in ((1, False), (2, True), (99, True)):
        jobs = iter([Job(io.BytesIO(b""), nothing, _large, lambda _: None) for _ in range(2)])
        ended = list(run_isolated(jobs, workers, limits))
        assert [one.starved for one in ended] == [starved] * 2
        assert [bool(one.problem) for one in ended] == [starved] * 2
    assert most_workers(limits) == 4


def test_a_child_can_open_and_write_nothing() -> None:
    """No file, no process, no socket; only its pipe."""

    def attempt(source: io.BufferedReader, send: Send) -> None:
        for action in (
            lambda: os.open("/etc/passwd", os.O_RDONLY),
            lambda: os.open("/", os.O_RDONLY | os.O_DIRECTORY),
            os.fork,
            os.pipe,
        ):
            try:
                action()
                send(b"done ")
            except OSError:
                send(b"refused ")

    assert run(attempt) == (b"refused " * 4, "")


def test_a_child_sees_no_other_descriptor() -> None:
    """Sockets and files of this process are closed in it."""
    with tempfile.TemporaryFile() as secret:
        number = secret.fileno()

        def attempt(source: io.BufferedReader, send: Send) -> None:
            try:
                os.fstat(number)
                send(b"open")
            except OSError:
                send(b"closed")

        assert run(attempt)[0] == b"closed"


def test_a_refused_answer_ends_the_child() -> None:
    """Who receives may have enough of it."""

    def refuse(piece: bytes) -> None:
        raise FormatError("nonsense")

    def babble(source: io.BufferedReader, send: Send) -> None:
        while True:
            send(b"x" * 1000)

    (ended,) = run_isolated(iter([Job(io.BytesIO(), nothing, babble, refuse)]), 1, DEFAULT)
    assert ended.problem == "nonsense"


def test_one_dies_the_others_stand() -> None:
    """Several at once, in any order of ending; jobs are taken only when there is room."""
    taken: list[int] = []
    results: dict[int, bytearray] = {}

    def jobs() -> Iterator[Job]:
        for number in range(6):
            taken.append(number)
            results[number] = bytearray()
            work = _killed if number == 2 else echo
            yield Job(io.BytesIO(b"n%d" % number), nothing, work, results[number].extend)

    problems = []
    for ended in run_isolated(jobs(), 2, DEFAULT):
        assert len(taken) <= len(problems) + 3
        problems.append(ended.problem)
    assert sorted(problems) == ["", "", "", "", "", "its worker failed (status 70)"]
    assert [bytes(results[n]) for n in (0, 1, 3, 4, 5)] == [b"n0", b"n1", b"n3", b"n4", b"n5"]


class _Failing(io.RawIOBase):
    """A network stream that breaks after the first bytes."""

    reads = 0

    def read(self, size: int = -1, /) -> bytes:
        """Give something, then fail."""
        self.reads += 1
        if self.reads > 1:
            raise ConnectionError("gone")
        return b"first"


def children() -> set[str]:
    """Return the child processes there are; other tests of this process may keep some."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_a_source_that_fails_stops_everything() -> None:
    """The error comes through; no child is left behind."""
    others = children()
    source = cast(BinaryIO, _Failing())
    before = time.monotonic()
    with pytest.raises(ConnectionError):
        list(run_isolated(iter([Job(source, nothing, echo, lambda piece: None)]), 1, DEFAULT))
    assert time.monotonic() - before < 30
    assert children() <= others


def test_leaving_early_kills_the_children() -> None:
    """As when the user interrupts."""
    others = children()
    jobs = (Job(io.BytesIO(), nothing, work, lambda piece: None) for work in (echo, _endless))
    running = run_isolated(jobs, 2, DEFAULT)
    next(running)
    running.close()  # type: ignore[attr-defined]
    assert children() <= others
    assert signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL


def _sleeping(source: io.BufferedReader, send: Send) -> None:
    lock = threading.Lock()  # a futex is all that the filter leaves to wait for
    lock.acquire()
    lock.acquire()


def _lingering(source: io.BufferedReader, send: Send) -> None:
    send(b"all")
    os.closerange(3, 64)
    _sleeping(source, send)


def test_a_worker_that_falls_silent_is_killed() -> None:
    """Waiting costs no CPU time, so the clock has to bound it; the others go on."""
    tight = msgspec.structs.replace(DEFAULT, silent_seconds=0.5, layer_seconds=20.0)
    answer = bytearray()
    jobs = [
        Job(io.BytesIO(), nothing, _sleeping, lambda piece: None),
        Job(io.BytesIO(b"x"), nothing, echo, answer.extend),
    ]
    problems = sorted(ended.problem for ended in run_isolated(iter(jobs), 2, tight))

    assert problems == ["", "its worker was silent for silent_seconds (0.5)"]
    assert bytes(answer) == b"x"


def test_a_worker_that_hangs_up_and_stays_is_killed() -> None:
    """It said all and closed its pipe, but does not leave."""
    others = children()
    job = Job(io.BytesIO(), nothing, _lingering, lambda piece: None)
    (ended,) = run_isolated(iter([job]), 1, DEFAULT)

    assert ended.problem == "its worker was killed by signal 9"
    assert children() <= others
