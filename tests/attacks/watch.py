"""
Run a scan as a user would, as a program of its own, and watch it from outside.

Everything the program may write to lies below one folder, so what it leaves elsewhere shows. Memory
is the proportional set size (PSS) of the whole process tree, read every ten milliseconds; time is
the processor time of the tree, since a busy machine is no failure. A proxy that all requests would
go through listens, and counts who calls.
"""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

MOST_MEMORY_BYTES = 512 << 20
MOST_CPU_SECONDS = 10
MOST_SECONDS = 900
"""Only so that a scan that hangs ends: a busy machine needs many times what an idle one does."""
_HARD_CPU_SECONDS = 60
_POLL_S = 0.01
_ADDRESS_SPACE = 4 << 30


class Ended(Struct, frozen=True):
    """How a scan ended, the most memory its processes had at one time, and their time."""

    exit_code: int
    out: str
    err: str
    memory_bytes: int
    cpu_s: float
    calls: int = 0


def scan(
    path: Path, folder: Path, *more: str, report: str = "json", command: str = "scan"
) -> Ended:
    """
    Scan ``path`` offline with everything the program may write to below ``folder``.

    ``command`` is what to run, one that takes what ``scan`` takes.
    """
    proxy = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
    environ = {
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY"), address),
        "PATH": os.environ["PATH"],
        "HOME": str(_made(folder / "home")),
        "TMPDIR": str(_made(folder / "tmp")),
        "PRATIQUE_CACHE_DIR": str(folder / "cache"),
        "PRATIQUE_DATA_DIR": str(folder / "data"),
        "PRATIQUE_DEBUG": "1",
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    words = [sys.executable, "-m", "pratique", command, "--offline"]
    words += ["-o", report, *more, str(path)]
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=_made(folder / "work"),
            env=environ,
            preexec_fn=_bounded,
        )
    code, memory, cpu_s = _watched(process)
    calls = _calls(proxy)
    said, wrong = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return Ended(code, said, wrong, memory, cpu_s, calls)


def check_manners(scanned: Ended, folder: Path, most_cpu_s: float = MOST_CPU_SECONDS) -> None:
    """Assert what holds for every target."""
    assert scanned.exit_code in (0, 2, 3)
    assert "Traceback" not in scanned.err
    assert "internal error" not in scanned.err
    assert "the extractor failed" not in scanned.out
    assert scanned.memory_bytes <= MOST_MEMORY_BYTES
    assert scanned.cpu_s <= most_cpu_s
    assert scanned.calls == 0
    for empty in ("tmp", "home", "work"):
        assert list((folder / empty).iterdir()) == [], empty
    assert list(Path("/tmp").glob("pratique-escape-*")) == []
    assert "root:x:0:0" not in scanned.out + scanned.err


def _calls(proxy: socket.socket) -> int:
    """Return how many connections wait at a listening socket, and close it."""
    calls = 0
    with proxy:
        proxy.setblocking(False)
        while True:
            try:
                proxy.accept()[0].close()
            except BlockingIOError:
                return calls
            calls += 1


def _watched(process: "subprocess.Popen[bytes]") -> tuple[int, int, float]:
    """Return exit code, most memory and processor time of a process with all its children."""
    memory, end = 0, time.monotonic() + MOST_SECONDS
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, memory, usage.ru_utime + usage.ru_stime
        memory = max(memory, sum(_pss(pid) for pid in _tree(process.pid)))
        if time.monotonic() > end:
            os.kill(process.pid, 9)
        time.sleep(_POLL_S)


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_HARD_CPU_SECONDS, _HARD_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))


def _made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    waiting = [pid]
    while waiting:
        pid = waiting.pop()
        yield pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        except OSError:
            continue
        waiting += map(int, children.split())


def _pss(pid: int) -> int:
    """Return a process's share of memory in bytes; 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in text.splitlines() if line[:4] == "Pss:")
