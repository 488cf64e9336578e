"""The main job on the sample of `make demo`: right findings, all the files, equal bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from examples.demo.advisories import EXPECTED
from examples.demo.feeds import EXPLOITED, write_feeds
from examples.demo.image import write_image
from examples.demo.packages import APPLICATION, BASE, DOWNLOADS
from tools.demo import DENIED, REPORTS, scan_command

INSTALLED = {
    (deb.name, deb.version)
    for deb in BASE + DOWNLOADS + APPLICATION
    if deb.state == "install ok installed"
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample, scanned once by the command of the demonstration."""
    folder = tmp_path_factory.mktemp("demo")
    write_image(folder / "image")
    write_feeds(folder / "feeds")
    done = _run(folder, scan_command(folder))
    assert done.returncode == DENIED, done.stderr
    (folder / "table.txt").write_text(done.stdout)
    return folder


def test_it_finds_exactly_what_is_there(sample: Path) -> None:
    """Every flaw with its package, and none of those that are fixed, foreign or withdrawn."""
    found = {
        (finding["rule"], finding["package_name"])
        for finding in _subject(sample)["findings"]
        if finding["kind"] == "vulnerability"
    }

    assert found == EXPECTED


def test_it_lists_exactly_what_is_installed(sample: Path) -> None:
    """A removed package that left its configuration is not installed."""
    listed = {(package["name"], package["version"]) for package in _subject(sample)["packages"]}

    assert listed == INSTALLED


def test_every_finding_has_its_evidence(sample: Path) -> None:
    """Advisory, range and comparison are there for a person to check."""
    for finding in _subject(sample)["findings"]:
        if finding["kind"] == "vulnerability":
            assert all(one["advisory"] and one["comparison"] for one in finding["evidence"])
            assert finding["layer"] is not None


def test_what_others_know_is_joined(sample: Path) -> None:
    """Known exploitation and its likelihood stand with the finding."""
    findings = _subject(sample)["findings"]
    exploited = {finding["rule"] for finding in findings if finding["exploited"]}
    scored = {finding["rule"] for finding in findings if finding["epss"]}

    assert exploited == {EXPLOITED}
    assert scored == {"CVE-2099-1001", "CVE-2099-1003"}


def test_each_package_knows_its_layer(sample: Path) -> None:
    """What the second step installed is not put down to the base image, nor to a later rewrite."""
    layers = {
        package["name"]: package["layer"]["index"] for package in _subject(sample)["packages"]
    }

    assert {layers[deb.name] for deb in BASE if (deb.name, deb.version) in INSTALLED} == {0}
    assert {layers[deb.name] for deb in DOWNLOADS} == {1}
    assert {layers[deb.name] for deb in APPLICATION} == {2}


def test_nothing_is_left_unknown(sample: Path) -> None:
    """The sample is understood whole; a blocking unknown would be a bug of ours."""
    blocking = [one for one in _subject(sample)["unknowns"] if one["weight"] == "blocking"]

    assert blocking == []


@pytest.mark.parametrize("name", [name for _, name, _ in REPORTS])
def test_every_file_is_written_whole(sample: Path, name: str) -> None:
    """JSON, SBOMs and SARIF are there and can be read."""
    assert json.loads((sample / name).read_bytes())


def test_the_verdict_comes_first(sample: Path) -> None:
    """The first line says how it ended and why."""
    first = (sample / "table.txt").read_text().splitlines()[0]

    assert "FAIL" in first
    assert "high" in first


def test_the_table_names_what_to_do_first(sample: Path) -> None:
    """A person sees the exploited package and the version that mends it without scrolling."""
    first = [line for line in (sample / "table.txt").read_text().splitlines() if "openssl" in line]

    assert "EXPLOITED" in first[0]
    assert "3.0.13-1~deb12u1" in first[0]


def test_a_second_run_gives_equal_bytes(sample: Path) -> None:
    """Same digest, data, options and time: the same report, now from a warm cache."""
    before = {name: (sample / name).read_bytes() for _, name, _ in REPORTS}
    done = _run(sample, scan_command(sample))

    assert done.returncode == DENIED
    assert done.stdout == (sample / "table.txt").read_text()
    assert {name: (sample / name).read_bytes() for name in before} == before


def test_without_a_threshold_it_is_done(sample: Path) -> None:
    """Findings alone are no failure: nothing was asked to be decided."""
    done = _run(sample, scan_command(sample)[:5])

    assert done.returncode == 0


def test_offline_needs_no_source(sample: Path) -> None:
    """What was fetched once serves without a network."""
    target = scan_command(sample)[2]
    done = _run(sample, ["pratique", "scan", target, "--offline", "-o", "json"])

    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["subjects"][0]["findings"]) >= len(EXPECTED)


def _subject(sample: Path) -> Any:
    (subject,) = json.loads((sample / "report.json").read_bytes())["subjects"]
    return subject


def _run(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PRATIQUE_")}
    own = {"SOURCE_DATE_EPOCH": "1770091506", "COLUMNS": "80", "LINES": "40", "NO_COLOR": "1"}
    places = {
        "PRATIQUE_CACHE_DIR": str(folder / "cache"),
        "PRATIQUE_DATA_DIR": str(folder / "data"),
    }
    return subprocess.run(
        [sys.executable, "-m", *command],
        env={**kept, **own, **places},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
