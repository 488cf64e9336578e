"""`pratique cache` says what is kept and removes it, and nothing else."""

import json
from pathlib import Path

import pytest

from pratique.cli.main import run
from pratique.kit.cache import LayerCache
from pratique.kit.kept import KeptFiles
from pratique.model.digest import sha256_of
from pratique.model.layer import LayerFacts


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("PRATIQUE_CACHE_MAX_BYTES", raising=False)
    digest = sha256_of(b"")
    facts = LayerFacts(blob=digest, diff_id=digest, blob_bytes=0, tar_bytes=0, entries=())
    LayerCache(tmp_path / "layers").put(facts, "u", KeptFiles(0, 0), [])
    (tmp_path / "advisories").mkdir()
    (tmp_path / "advisories" / "x.sqlite").write_bytes(bytes(2048))
    return tmp_path


def test_show_counts_layers_and_bytes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table names the folder, the layers, the bound; the JSON has the same in bytes."""
    assert run(["cache", "show"]) == 0
    shown = capsys.readouterr().out
    assert str(folder) in shown
    assert "layers      1 (" in shown
    assert "2.0 GiB" in shown
    assert run(["cache", "show", "-o", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["layers"], found["advisories_bytes"]) == (1, 2048)


def test_a_folder_that_cannot_be_read_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a line: an entry that leads to itself stands for every one that the system cannot look at."""
    loop = folder / "layers" / "00" / "loop"
    loop.parent.mkdir(parents=True, exist_ok=True)
    loop.symlink_to(loop)
    for what in ("show", "clear"):
        assert run(["cache", what]) == 2
        assert "Too many levels of symbolic links" in capsys.readouterr().err


def test_clear_removes_layers_only(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Advisory data stay; clearing twice is fine."""
    assert run(["cache", "clear"]) == 0
    assert capsys.readouterr().out.startswith("removed 1 layers")
    assert run(["cache", "clear"]) == 0
    assert (folder / "advisories" / "x.sqlite").exists()
    assert LayerCache(folder / "layers").usage() == (0, 0)


def test_an_absent_folder_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing has been cached yet: that is no error, and no folder is made."""
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(tmp_path / "none"))
    assert run(["cache", "show"]) == 0
    assert "layers      0 (0 B" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()
