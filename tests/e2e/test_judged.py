"""What was judged by hand stays as it was judged; see tests/judged/README.md."""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from pratique.cli import main

TABLE = Path(__file__).parent.parent / "judged" / "findings.tsv"
Row = dict[str, str]


def rows() -> list[Row]:
    with TABLE.open() as file:
        return list(csv.DictReader(file, delimiter="\t"))


def by_image() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows():
        found[row["image"]].append(row)
    return found


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where shards are built once for all images."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("image", sorted(by_image()))
def test_a_judged_finding_is_told_as_it_was_judged(
    image: str, shared: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reported or suppressed with the right fix, or gone where it was wrong."""
    monkeypatch.setenv("PRATIQUE_CACHE_DIR", str(cache))
    monkeypatch.setenv("PRATIQUE_DB_SOURCE", str(shared / "mirror"))
    monkeypatch.chdir(tmp_path)
    report = tmp_path / "report.json"
    main.run(["scan", str(shared / "images" / image), "-q", "-o", f"json={report}"])
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in json.loads(report.read_text())["subjects"][0]["findings"]:
        found[finding["package"]].append(finding)
    wrong = [
        (row["number"], row["rule"], told)
        for row in by_image()[image]
        if (told := said_of(row, found[row["package"]])) != expected_of(row)
    ]
    assert wrong == []


def expected_of(row: Row) -> str:
    if row["expected"] == "gone":
        return "gone"
    return f"{row['expected']} {row['fix_state']} {row['fix_version']}"


def said_of(row: Row, findings: list[dict[str, Any]]) -> str:
    """Return what a scan says of the flaw; of several that share the name, the expected one."""
    named = [one for one in findings if row["rule"] in (one["rule"], *one["names"])]
    told = [
        f"{'suppressed' if one['suppressed'] else 'reported'} "
        f"{one['fix']['state']} {one['fix']['version']}"
        for one in named
    ]
    if row["expected"] == "gone":
        return "gone" if all(one["rule"] != row["rule"] for one in named) else "reported"
    return expected_of(row) if expected_of(row) in told else "; ".join(told) or "gone"


def test_the_table_is_whole() -> None:
    """At least 100 findings on at least six images, each judged twice; differences are resolved."""
    table = rows()
    assert len(table) >= 100
    assert len(by_image()) >= 6
    for row in table:
        assert {row["first"], row["second"]} <= {"true", "false", "undecidable"}
        assert row["verdict"] in ("true", "false", "undecided")
        assert row["first_evidence"]
        assert row["second_evidence"]
        unlike = row["first"] != row["second"] or row["verdict"] != "true"
        assert bool(row["resolution"]) or not unlike
