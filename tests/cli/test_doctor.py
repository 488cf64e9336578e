"""`pratique doctor` says in one line each what a scan would meet."""

import os
from pathlib import Path

import pytest

from tests.cli.scanning import Run


def line(text: str, name: str) -> str:
    return next(one for one in text.splitlines() if f"  {name}  " in one)


def test_the_age_of_the_data_is_one_line(pratique: Run, image: str, tmp_path: Path) -> None:
    """None, then fresh; old data are a note, because a scan renews them."""
    assert line(pratique("doctor")[1], "advisory data").startswith("note")
    assert pratique("scan", image)[0] == 0
    assert line(pratique("doctor")[1], "advisory data").startswith("ok")
    for shard in (tmp_path / "cache/advisories").glob("*.sqlite"):
        os.utime(shard, (1.0e9, 1.0e9))
    old = line(pratique("doctor")[1], "advisory data")
    assert old.startswith("note")
    assert "days ago" in old


def test_a_damaged_shard_is_a_problem(pratique: Run, image: str, tmp_path: Path) -> None:
    """It is named, with the command that mends it; the exit code says that a scan would suffer."""
    assert pratique("scan", image)[0] == 0
    (tmp_path / "cache/advisories/Debian.sqlite").write_bytes(b"no database")
    code, out, _ = pratique("doctor")

    assert code == 2
    assert "PROBLEM" in line(out, "advisory data")
    assert "Debian" in line(out, "advisory data")


def test_the_settings_file_in_use_is_named(pratique: Run, tmp_path: Path) -> None:
    """None, the one of the folder, or the one asked for."""
    assert line(pratique("doctor")[1], "settings file").endswith("none here")
    (tmp_path / "pratique.toml").write_text("[scan]\n")
    assert str(tmp_path / "pratique.toml") in line(pratique("doctor")[1], "settings file")
    (tmp_path / "mine.toml").write_text("")
    chosen = pratique("--config", "mine.toml", "doctor")[1]
    assert str(tmp_path / "mine.toml") in line(chosen, "settings file")


def test_a_project_without_our_table_is_not_in_use(pratique: Run, tmp_path: Path) -> None:
    """A pyproject.toml that says nothing of pratique is not its settings file."""
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")

    assert line(pratique("doctor")[1], "settings file").endswith("none here")


def test_an_unwritable_cache_ends_with_2(pratique: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """``/proc`` cannot be written by anybody, root included."""
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", "/proc/pratique")
    code, out, _ = pratique("doctor")

    assert code == 2
    assert line(out, "cache folder").startswith("PROBLEM")


def test_every_sensor_has_a_line(pratique: Run) -> None:
    """Whether this node can be watched is no reason to end with an error."""
    code, out, _ = pratique("doctor")

    assert code == 0
    for name in ("ebpf", "proc-fanotify", "node-log"):
        assert line(out, f"sensor {name}").startswith(("ok", "note"))
