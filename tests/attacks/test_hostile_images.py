"""
Scan every hostile image as a user would: as a program of its own, offline, watched from outside.

``expected.tsv`` says what each must end in. The same watch is kept over honest images of the same
shapes, which must give their packages.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from tests.makers.benign import MORE, NORMAL, TWINS, write_twin

MOST_MEMORY_BYTES = 512 << 20
MOST_SECONDS = 60
MOST_CPU_SECONDS = 60
_POLL_S = 0.01
_ADDRESS_SPACE = 4 << 30


class Expected(Struct, frozen=True):
    """One line of ``expected.tsv``."""

    file: str
    exit_code: int
    words: tuple[str, ...]
    packages: frozenset[str]


class Ended(Struct, frozen=True):
    """How a scan ended, and the most memory its processes had at one time (PSS)."""

    exit_code: int
    out: str
    err: str
    memory_bytes: int


def expectations() -> list[Expected]:
    """Return the lines of ``expected.tsv``."""
    text = Path(__file__).with_name("expected.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [
        Expected(file, int(code), tuple(filter(None, words.split("; "))), frozenset(names.split()))
        for file, code, words, names in rows
    ]


@pytest.mark.parametrize("expected", expectations(), ids=lambda expected: expected.file)
def test_hostile_image(shared, tmp_path, expected):
    """Each image ends as foretold: in time, small, said aloud, and with no trace left behind."""
    scanned = scan(shared / "images/hostile" / expected.file, tmp_path)

    assert scanned.exit_code == expected.exit_code, scanned.err
    check_manners(scanned, tmp_path)
    said, packages = scanned.err, set[str]()
    if scanned.out:
        (subject,) = json.loads(scanned.out)["subjects"]
        said += "\n".join(unknown["reason"] for unknown in subject["unknowns"])
        packages = {package["name"] for package in subject["packages"]}
    assert bool(scanned.out) == (expected.exit_code != 2)
    assert [word for word in expected.words if word not in said] == []
    assert expected.packages <= packages


def test_every_hostile_image_is_expected(shared):
    """A hostile image that is added must get its line."""
    files = {path.name for path in (shared / "images/hostile").glob("*.tar*")}
    assert files == {expected.file for expected in expectations()}


@pytest.mark.parametrize("report", ["table", "sarif", "cyclonedx", "spdx"])
def test_hostile_names_in_every_report(shared, tmp_path, report):
    """No report carries a control character or an override out of an image's names."""
    for name in ("names.oci.tar", "hostile-manifests.oci.tar"):
        scanned = scan(shared / "images/hostile" / name, tmp_path, "--full", report=report)
        check_manners(scanned, tmp_path)
        assert scanned.out
        assert [c for c in scanned.out if c != "\n" and not c.isprintable()] == []


@pytest.mark.parametrize("name", TWINS)
def test_benign_twin(tmp_path, name):
    """An honest image of a hostile shape gives its packages, and nothing of it is unknown."""
    path = write_twin(name, tmp_path / "twin.oci.tar")
    scanned = scan(path, tmp_path)

    assert scanned.exit_code == 0, scanned.err + scanned.out
    check_manners(scanned, tmp_path)
    (subject,) = json.loads(scanned.out)["subjects"]
    found = [f"{package['name']} {package['version']}" for package in subject["packages"]]
    assert sorted(found) == MORE.get(name, NORMAL)
    unread = [u for u in subject["unknowns"] if u["stage"] in ("layer", "extract")]
    assert unread == []


def scan(path: Path, folder: Path, *more: str, report: str = "json") -> Ended:
    """Scan ``path`` offline with everything the program may write to below ``folder``."""
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(_made(folder / "home")),
        "TMPDIR": str(_made(folder / "tmp")),
        "PRATIQUE_CACHE_DIR": str(folder / "cache"),
        "PRATIQUE_DATA_DIR": str(folder / "data"),
        "PRATIQUE_DEBUG": "1",
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    command = [
        sys.executable,
        "-m",
        "pratique",
        "scan",
        "--offline",
        "-o",
        report,
        *more,
        str(path),
    ]
    with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd=_made(folder / "work"),
            env=environ,
            preexec_fn=_bounded,
        )
    memory, end = 0, time.monotonic() + MOST_SECONDS
    while process.poll() is None:
        memory = max(memory, sum(_pss(pid) for pid in _tree(process.pid)))
        if time.monotonic() > end:
            process.kill()
        time.sleep(_POLL_S)
    said, wrong = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return Ended(process.returncode, said, wrong, memory)


def check_manners(scanned: Ended, folder: Path) -> None:
    """Assert what holds for every target."""
    assert scanned.exit_code in (0, 2, 3)
    assert "Traceback" not in scanned.err
    assert "internal error" not in scanned.err
    assert scanned.memory_bytes <= MOST_MEMORY_BYTES
    for empty in ("tmp", "home", "work"):
        assert list((folder / empty).iterdir()) == [], empty
    assert list(Path("/tmp").glob("pratique-escape-*")) == []
    assert "root:x:0:0" not in scanned.out + scanned.err


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
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
