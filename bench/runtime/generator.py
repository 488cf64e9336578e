"""Compile and run the load (load.c), and run a watch beside it."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "load.c"
CGROUP2 = ("/sys/fs/cgroup/unified", "/sys/fs/cgroup")


def compiled(folder: Path) -> Path:
    """Return the program that makes load."""
    program = folder / "load"
    subprocess.run(["cc", "-O2", "-o", str(program), str(SOURCE)], check=True)
    return program


@contextmanager
def groups(count: int, of: str = "") -> Iterator[list[str]]:
    """Make control groups with names as podman gives them, and remove them at the end."""
    (root,) = [one for one in map(Path, CGROUP2) if (one / "cgroup.controllers").exists()][:1]
    parent = root / f"pratique-bench-{os.getpid()}-{of}"
    parent.mkdir(exist_ok=True)
    made = []
    try:
        for number in range(count):
            name = hashlib.sha256(f"{of}{number}".encode()).hexdigest()
            made.append(parent / f"libpod-{name}")
            made[-1].mkdir(exist_ok=True)
        yield [str(one) for one in made]
    finally:
        for one in [*made, parent]:
            one.rmdir()


def files(folder: Path, count: int) -> Path:
    """Make as many empty files; return their folder."""
    place = folder / "files"
    place.mkdir()
    for number in range(count):
        (place / str(number)).touch()
    return place


class WatchBeside:
    """A watch in a process of its own; ``figures`` are there when the block has ended."""

    def __init__(self, *words: str) -> None:
        self._command = [sys.executable, "-m", "bench.runtime.watched", *words]
        self.figures: dict[str, Any] = {}

    def __enter__(self) -> "WatchBeside":
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != "ready\n":
            raise SystemExit(f"the watch did not start: {self._process.wait()}")
        return self

    def mark(self) -> None:
        """Have it forget what it counted, because only now what is measured begins."""
        assert self._process.stdin is not None
        self._process.stdin.write("mark\n")
        self._process.stdin.flush()
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def __exit__(self, *_: object) -> None:
        said, _ = self._process.communicate()
        self.figures = json.loads(said)


def run(program: Path, *words: object) -> str:
    """Run the load and return what it printed."""
    return subprocess.run(
        [str(program), *map(str, words)], check=True, capture_output=True, text=True
    ).stdout


def storm(
    program: Path, seconds: float, rate: int, place: Path, within: Sequence[str]
) -> list[int]:
    """Act at a rate; return how many files were opened and sockets connected."""
    paths = sum(1 for _ in place.iterdir())
    listed = program.with_name("groups")
    listed.write_text("".join(f"{one}\n" for one in within))
    return [int(one) for one in run(program, "storm", seconds, rate, place, paths, listed).split()]
