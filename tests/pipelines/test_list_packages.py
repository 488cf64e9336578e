"""An SBOM is no scan: packages and what could not be read, nothing judged."""

from datetime import UTC, datetime
from pathlib import Path

from pratique.pipelines.list_packages import list_packages
from pratique.pipelines.read_target import ReadSettings
from pratique.sources.interface import Options
from tests.makers import scanned

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def test_packages_are_listed_and_nothing_is_judged(tmp_path: Path) -> None:
    """Not scanned, no data, no findings, no outcome; the time is the one given."""
    place = scanned.debian(tmp_path / "image")
    report = list_packages(f"oci:{place}:app", ReadSettings(source=Options(), workers=0), NOW)

    assert not report.scanned
    assert (report.data, report.outcome, report.now) == ((), "", "2026-11-21T00:00:00Z")
    assert len(report.subjects[0].packages) == 2
    assert report.subjects[0].findings == ()
    assert len(report.skipped) == 1
