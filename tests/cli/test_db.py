"""`pratique db` does what it says and ends with the right exit code."""

import json
from pathlib import Path

import pytest

from pratique.cli.main import run
from tests.makers.feeds import osv_record, osv_records, write_osv


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")
    monkeypatch.delenv("PRATIQUE_DB_SOURCE", raising=False)
    place = tmp_path / "source"
    write_osv(place, "Debian", osv_records(5))
    write_osv(place, "PyPI", [osv_record("PYSEC-1", "PyPI", "django")])
    return place


def db(*arguments: object) -> int:
    return run(["db", *map(str, arguments)])


def test_update_builds_what_is_named(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A release stands for its base; then `update` alone refreshes what is there."""
    assert db("update", "--source", source, "Debian:12") == 0
    assert capsys.readouterr().out.split()[:4] == ["Debian", "built", "5", "records"]
    assert db("update", "--source", source) == 0
    assert capsys.readouterr().out.split()[:2] == ["Debian", "unchanged"]


def test_the_source_may_come_from_the_environment(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """PRATIQUE_DB_SOURCE serves scan and db alike."""
    monkeypatch.setenv("PRATIQUE_DB_SOURCE", str(source))

    assert db("update", "--all") == 0
    out = capsys.readouterr().out
    assert "Debian" in out
    assert "PyPI" in out
    assert "cve-scores" not in out


def test_nothing_to_update_is_a_usage_error(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hint says what to type."""
    assert db("update", "--source", source) == 2
    assert "--all" in capsys.readouterr().err


def test_a_named_shard_nobody_has(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told, and the exit code says so; the others are built."""
    assert db("update", "--source", source, "Fedora", "PyPI") == 2
    out = capsys.readouterr().out
    assert "no data" in out
    assert "built" in out


def test_an_unreachable_source(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2; what is in place stays."""
    assert db("update", "--source", source, "Debian") == 0
    assert db("update", "--source", source / "absent") == 2
    (source / "osv" / "Debian" / "all.zip").write_bytes(b"junk")
    (source / "osv" / "Debian" / "modified_id.csv").write_text("junk\n")
    assert db("update", "--source", source) == 2
    assert "kept" in capsys.readouterr().out
    assert db("status") == 0
    assert "5 " in capsys.readouterr().out


def test_build_makes_every_shard_of_a_source(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Into a folder of one's own; a source without any feed is an error."""
    assert db("build", "--source", source, "--output", tmp_path / "shards") == 0
    assert {path.name for path in (tmp_path / "shards").glob("*.sqlite")} == {
        "Debian.sqlite",
        "PyPI.sqlite",
    }
    (tmp_path / "empty").mkdir()
    assert db("build", "--source", tmp_path / "empty", "--output", tmp_path / "x") == 2
    assert "one directory per feed" in capsys.readouterr().err


def test_status_is_a_table_or_json(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people and for programs; no data is no error."""
    assert db("status") == 0
    assert "no advisory data" in capsys.readouterr().out
    db("update", "--source", source, "PyPI")
    capsys.readouterr()

    assert db("status", "-o", "json") == 0
    [shard] = json.loads(capsys.readouterr().out)["shards"]
    assert (shard["shard"], shard["records"], shard["unproven"]) == ("PyPI", 1, ["osv"])


def test_data_are_carried_over(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Export here, import there; a damaged bundle is refused with a hint."""
    bundle = tmp_path / "advisories.tar.zst"
    db("update", "--source", source, "--all")
    assert db("export", bundle) == 0
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(tmp_path / "there"))
    assert db("import", bundle) == 0
    assert db("status") == 0
    assert "Debian" in capsys.readouterr().out
    bundle.write_bytes(bundle.read_bytes()[:-100])
    assert db("import", bundle) == 2
    assert "hint" in capsys.readouterr().err
