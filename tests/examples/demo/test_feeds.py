"""The sample feeds lie where the publishers' own files would lie, in the publishers' formats."""

import csv
import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from examples.demo.advisories import EXPECTED, FLAWS
from examples.demo.feeds import write_feeds
from examples.demo.packages import APPLICATION, BASE, DOWNLOADS


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "feeds"
    write_feeds(folder)
    return folder


def test_osv_lists_what_its_archive_holds(feeds: Path) -> None:
    """modified_id.csv, all.zip and the ids inside agree, as in the live bucket."""
    records = _records(feeds)
    lines = (feeds / "osv/Debian/modified_id.csv").read_text().splitlines()

    assert list(records) == [line.split(",")[1] for line in lines]
    assert all(name == record["id"] for name, record in records.items())


def test_every_flaw_that_should_be_found_names_a_package_of_the_image() -> None:
    """The list of expected findings speaks of packages that are there, and of flaws listed."""
    packages = {deb.name for deb in BASE + DOWNLOADS + APPLICATION}
    flaws = {flaw.cve for flaw in FLAWS}

    assert {name for _, name in EXPECTED} <= packages
    assert {cve for cve, _ in EXPECTED} <= flaws


def test_the_other_feeds_speak_of_the_same_flaws(feeds: Path) -> None:
    """KEV, EPSS and end-of-life data can be joined with the findings."""
    place = "cisa-kev/sites/default/files/feeds/known_exploited_vulnerabilities.json"
    known = {row["cveID"] for row in json.loads((feeds / place).read_bytes())["vulnerabilities"]}
    text = gzip.decompress((feeds / "epss/epss_scores-current.csv.gz").read_bytes()).decode()
    scored = {row["cve"] for row in csv.DictReader(text.splitlines()[1:])}
    cycles = json.loads((feeds / "endoflife.date/api/debian.json").read_bytes())

    assert known | scored <= {flaw.cve for flaw in FLAWS}
    assert "12" in {cycle["cycle"] for cycle in cycles}


def test_all_is_made_up() -> None:
    """No real CVE is spoken of: every number lies in 2099."""
    assert all(flaw.cve.startswith("CVE-2099-") for flaw in FLAWS)


def test_two_runs_make_equal_bytes(feeds: Path, tmp_path: Path) -> None:
    """The sample does not depend on the clock, not even inside archives."""
    write_feeds(tmp_path)
    again = {path.relative_to(tmp_path): path.read_bytes() for path in _all(tmp_path)}

    assert {path.relative_to(feeds): path.read_bytes() for path in _all(feeds)} == again


def _all(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _records(feeds: Path) -> dict[str, Any]:
    with zipfile.ZipFile(feeds / "osv/Debian/all.zip") as archive:
        return {
            name.removesuffix(".json"): json.loads(archive.read(name))
            for name in archive.namelist()
        }
