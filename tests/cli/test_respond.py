"""`pratique respond` tells plans, takes measures only when told to, and shows the log."""

import json
import os

import pytest

from tests.cli.scanning import Run
from tests.responses.test_plan import PLAN


@pytest.fixture(autouse=True)
def _data(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PRATIQUE_DATA_DIR", str(tmp_path / "data"))


def test_a_plan_is_told(pratique: Run, tmp_path) -> None:
    """In words, line by line."""
    (tmp_path / "plan.yaml").write_bytes(PLAN)
    code, out, _ = pratique("respond", "plan", str(tmp_path / "plan.yaml"))

    assert code == 0
    assert "\n  Dry run: it only says what it would do.\n" in out


def test_a_mistake_is_named(pratique: Run, tmp_path) -> None:
    """With file and line, exit code 2."""
    (tmp_path / "plan.yaml").write_bytes(PLAN.replace(b"kill, record", b"kil"))
    code, _, err = pratique("respond", "plan", str(tmp_path / "plan.yaml"))

    assert code == 2
    assert "plan.yaml:9:16" in err
    assert pratique("respond", "plan", str(tmp_path / "none"))[0] == 2


def test_a_dry_run_by_hand(pratique: Run) -> None:
    """The guard speaks first; nothing is done without --do; all of it is in the log."""
    pid = str(os.getpid())
    code, out, _ = pratique("respond", "run", "kill", pid, "--node")
    dry, said, _ = pratique("respond", "run", "record", pid)
    _, shown, _ = pratique("respond", "log", "-o", "json")

    assert (code, dry) == (1, 0)
    assert "refused" in out
    assert "dry-run" in said
    assert [one["outcome"] for one in json.loads(shown)] == ["refused", "dry-run"]
    assert len(pratique("respond", "log", "-n", "1")[1].splitlines()) == 1


def test_a_record_by_hand(pratique: Run, tmp_path) -> None:
    """It is written where the line says."""
    code, out, _ = pratique("respond", "run", "record", str(os.getpid()), "--do")
    (folder,) = (tmp_path / "data/responses/records").iterdir()

    assert code == 0
    assert str(folder) in out


@pytest.mark.parametrize(
    "words",
    [
        ("run", "explode", "1"),
        ("run", "kill", "no-such-container"),
        ("run", "signal", "1", "--signal", "NONE"),
        ("run", "block-destination", "1", "--destination", "x"),
    ],
)
def test_mistakes(pratique: Run, words) -> None:
    """Exit code 2, nothing done."""
    assert pratique("respond", *words)[0] == 2


def test_the_hook_is_written_whole(
    pratique: Run, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without room the one that is there stays: a runtime that reads half of it starts no container."""
    monkeypatch.setattr("pratique.responses.hook.FOLDERS", (tmp_path / "hooks",))
    assert pratique("respond", "hook", "--install")[0] == 0
    (place,) = (tmp_path / "hooks").iterdir()
    before = place.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, _, err = pratique("respond", "hook", "--install", "--on-failure", "closed")
    assert code == 2
    assert "No space left" in err
    assert [(one, one.read_bytes()) for one in place.parent.iterdir()] == [(place, before)]


def test_the_hook(pratique: Run) -> None:
    """It names this program and can be read by the engines."""
    code, out, _ = pratique(
        "respond", "hook", "--on-failure", "closed", "--program", "/bin/pratique"
    )

    assert code == 0
    assert json.loads(out)["hook"]["path"] == "/bin/pratique"
