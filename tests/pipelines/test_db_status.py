"""The state of the data can be seen, also that of data that cannot be read."""

import os
from datetime import UTC, datetime
from pathlib import Path

from pratique.pipelines.db_status import describe
from tests.makers.shards import NATIVE, NOW, OSV, advisory, write_shard

LATER = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_every_shard_is_described(tmp_path: Path) -> None:
    """What is in it, whose it is, how old; unproven feeds and unreadable files by name."""
    path = write_shard(tmp_path, "Debian", [(OSV, [advisory("CVE-1")]), (NATIVE, [])])
    checked = datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()
    os.utime(path, (checked, checked))
    (tmp_path / "Alpine.sqlite").write_bytes(b"junk")

    alpine, debian = describe(tmp_path, LATER)

    assert (alpine.shard, alpine.size_bytes) == ("Alpine", 4)
    assert "Alpine" in alpine.problem
    assert (debian.records, debian.built, debian.newest) == (1, NOW, "2026-01-02T03:04:05Z")
    assert debian.age_s == 86400.0
    assert debian.unproven == ("osv",)
    assert [feed.name for feed in debian.feeds] == ["native", "osv"]
    assert debian.problem == ""


def test_no_folder_has_no_shards(tmp_path: Path) -> None:
    """Nothing was fetched yet."""
    assert describe(tmp_path / "absent", LATER) == ()
