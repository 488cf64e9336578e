"""A standard stream that is full or closed is told, and is never a bug (70) and never a verdict (1)."""

import subprocess
import sys
from pathlib import Path

import pytest

TOLD = "pratique: error: cannot write to standard output: "
COMMANDS = [
    ["--version"],
    ["--help"],
    ["list", "reports"],
    ["list", "reports", "-o", "json"],
    ["explain", "DL3002"],
]


def run(arguments, redirected: str, unbuffered: str = "") -> tuple[int, str]:
    """Return exit code and standard error of a command line of a shell."""
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m pratique "$@" {redirected}', sys.executable, *arguments],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": unbuffered, "HOME": "/nonexistent"},
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_full_standard_output(arguments, unbuffered: str) -> None:
    """Whenever the failure is found: at the write, at the end, or when the interpreter ends."""
    code, err = run(arguments, ">/dev/full", unbuffered)
    assert (code, err.splitlines()[0]) == (2, TOLD + "No space left on device")
    assert "Traceback" not in err
    assert "ignored" not in err


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_closed_standard_output(arguments) -> None:
    """A report that was asked for is not lost in silence."""
    code, err = run(arguments, ">&-")
    assert (code, err.splitlines()[0]) == (2, TOLD + "Bad file descriptor")


@pytest.mark.parametrize(
    ("redirected", "lists"),
    [("2>/dev/full", 0), ("2>&-", 0), ("2>&- >&-", 2), (">/dev/full 2>/dev/full", 2)],
)
def test_remarks_that_nobody_takes_change_nothing(
    tmp_path: Path, redirected: str, lists: int
) -> None:
    """An error ends with its own exit code, not with one that says "deny"."""
    assert run(["lint", tmp_path / "absent"], redirected)[0] == 2
    assert run(["nonsense"], redirected)[0] == 2
    assert run(["list", "reports"], redirected)[0] == lists


def test_no_file_of_ours_gets_the_number_of_a_stream(tmp_path: Path) -> None:
    """What a child or a warning writes to a closed stream would stand in the middle of it."""
    (tmp_path / "Dockerfile").write_text("FROM a\n")
    report = tmp_path / "r.json"
    run(["lint", tmp_path / "Dockerfile", "-o", f"json={report}"], "<&- >&- 2>&-")
    assert report.read_bytes().startswith(b"{")


def test_a_reader_that_went_away_is_no_error() -> None:
    """``| head`` takes what it wants."""
    assert run(["list", "checks"], "| true")[1] == ""
