"""`pratique rescan` judges stored images again and tells what changed."""

import json
from pathlib import Path

from tests.cli.scanning import Run
from tests.makers import scanned
from tests.makers.feeds import osv_record, write_osv

NEW = osv_record(
    "DEBIAN-CVE-2026-7777",
    "Debian:12",
    "bash",
    fixed="99:1",
    modified="2026-11-20T00:00:00Z",
    upstream=["CVE-2026-7777"],
)


def test_nothing_stored_is_nothing_to_judge(pratique: Run) -> None:
    code, out, _ = pratique("rescan", "--offline")
    assert (code, out) == (0, "0 stored images, 0 different packages judged again: 0 changed\n")


def test_what_the_world_learnt_since_is_told_for_each_image(
    pratique: Run, image: str, tmp_path: Path
) -> None:
    """Once: the second time it is known."""
    assert pratique("scan", image, "--store", "-o", "json")[0] == 0
    assert "0 changed" in pratique("rescan")[1]
    write_osv(tmp_path / "mirror", "Debian", [NEW])
    assert pratique("db", "update", "Debian")[0] == 0
    code, out, _ = pratique("rescan", "-o", "json")
    document = json.loads(out)
    assert document["schema"] == "pratique.rescan/1"
    bash = next(c for c in document["outcome"]["changes"] if c["package"]["name"] == "bash")
    assert [flaw[0] for flaw in bash["new"]] == ["CVE-2026-7777"]
    assert bash["holders"][0]["target"] == image
    assert code == 0
    assert "0 changed" in pratique("rescan")[1]


def test_the_threshold_is_for_what_is_new(pratique: Run, image: str, tmp_path: Path) -> None:
    """And the table names flaw, fix, package and image."""
    pratique("scan", image, "--store", "-o", "json")
    assert pratique("rescan", "--fail-on", "low")[0] == 0
    graded = {**NEW, "severity": scanned.GRADED}
    write_osv(tmp_path / "mirror", "Debian", [graded])
    assert pratique("db", "update", "Debian")[0] == 0
    code, out, _ = pratique("rescan", "--fail-on", "high")
    assert "new   CVE-2026-7777 critical, fixed in 99:1" in out
    assert f"in {image} (sha256:" in out
    assert code == 1


def test_data_that_are_missing_leave_it_incomplete(
    pratique: Run, image: str, tmp_path: Path
) -> None:
    """Nothing new was found because nothing was looked at: 3; what was known stays known."""
    pratique("scan", image, "--store", "-o", "json")
    (shard,) = (tmp_path / "cache" / "advisories").glob("Debian.sqlite")
    content = shard.read_bytes()
    for instead in (None, b"", content[:9000]):
        shard.unlink()
        if instead is not None:
            shard.write_bytes(instead)
        code, out, err = pratique("rescan", "--offline")
        assert code == 3
        assert "0 different packages judged again: 0 changed" in out
        assert "not looked at: Debian" in err
        shard.write_bytes(content)
        code, out, _ = pratique("rescan", "--offline")
        assert (code, ": 0 changed" in out) == (0, True)


def test_a_shard_that_no_stored_image_needs_is_told(pratique: Run, image: str) -> None:
    """A slip of the pen must not look like "nothing new"; case does not matter."""
    pratique("scan", image, "--store", "-o", "json")
    _, out, err = pratique("rescan", "Debain")
    assert "0 different packages" in out
    assert "no stored image needs Debain: needed are Debian" in err
    _, out, err = pratique("rescan", "debian")
    assert "0 different packages" not in out
    assert "needs" not in err
