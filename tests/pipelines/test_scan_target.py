"""The whole way from a target to a report, wired right and saying what it did not understand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.errors import TargetError
from pratique.model.report import Report, SubjectKind
from pratique.model.severity import Severity
from pratique.model.unknown import Stage
from pratique.pipelines.scan_target import ScanSettings, scan_target
from pratique.pipelines.update_db import DbSettings, update
from pratique.sources.interface import Options
from tests.makers import scanned
from tests.makers.feeds import osv_record, write_osv
from tests.makers.image import write

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def scan(folder: Path, target: str, **more: object) -> Report:
    """Scan with data of the generated mirror."""
    database = DbSettings(
        folder=folder / "shards", source=str(scanned.mirror(folder / "mirror")), now=NOW
    )
    given = {"source": Options(), "now": NOW, "database": database, "workers": 0, **more}
    return scan_target(target, ScanSettings(**given))  # type: ignore[arg-type]


@pytest.fixture
def image(tmp_path: Path) -> str:
    """Return the target of a small image."""
    return f"oci:{scanned.debian(tmp_path / 'image')}:app"


def test_image_folder_and_sbom_tell_the_same(tmp_path: Path, image: str) -> None:
    """Where the packages stand does not change what is wrong with them."""
    from pratique.reports import cyclonedx
    from pratique.reports.interface import Style

    of_image = scan(tmp_path, image)
    contents = {
        name: bytes(data) for name, data in scanned.FILES.items() if isinstance(data, bytes)
    }
    of_folder = scan(tmp_path, f"dir:{write(tmp_path / 'root', contents)}")
    bill = tmp_path / "bill.json"
    bill.write_bytes(cyclonedx.render(of_image, Style()))
    of_sbom = scan(tmp_path, f"sbom:{bill}")

    reports = (of_image, of_folder, of_sbom)
    kinds = [report.subjects[0].kind for report in reports]
    assert kinds == [SubjectKind.IMAGE, SubjectKind.DIRECTORY, SubjectKind.SBOM]
    found = [
        [(f.rule, f.package_name, f.severity, f.fix.version) for f in report.subjects[0].findings]
        for report in reports
    ]
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 2


def test_findings_are_worst_first(tmp_path: Path, image: str) -> None:
    """The critical one before the one that nobody graded."""
    (subject,) = scan(tmp_path, image).subjects

    assert [finding.severity for finding in subject.findings] == [
        Severity.CRITICAL,
        Severity.UNKNOWN,
    ]


def test_a_bare_scan_claims_no_pass(tmp_path: Path, image: str) -> None:
    """Without a threshold nothing was asked, so the outcome is empty; with one it is decided."""
    assert scan(tmp_path, image).outcome == ""
    assert scan(tmp_path, image, threshold=Severity.CRITICAL).outcome == "fail"


def test_only_fixed_leaves_the_rest_out(tmp_path: Path, image: str) -> None:
    """What has no fix is neither listed nor decided on."""
    report = scan(tmp_path, image, only_fixed=True)

    assert [finding.package_name for finding in report.subjects[0].findings] == ["openssl"]


def test_missing_data_are_an_unknown_not_clean(tmp_path: Path, image: str) -> None:
    """Offline on an empty machine nothing can be found, and that is said."""
    database = DbSettings(folder=tmp_path / "none", now=NOW, offline=True)
    report = scan(tmp_path, image, database=database)

    assert report.subjects[0].findings == ()
    assert any(
        u.stage is Stage.ADVISORY and u.location == "Debian" for u in report.subjects[0].unknowns
    )
    assert [(status.ecosystem, status.present) for status in report.data] == [("Debian", False)]


def test_what_an_index_held_besides_is_reported(tmp_path: Path, image: str) -> None:
    """The attestation beside the image is no subject and is not forgotten."""
    report = scan(tmp_path, image)

    assert len(report.subjects) == 1
    assert len(report.skipped) == 1


def test_every_platform_is_a_subject_with_findings(tmp_path: Path) -> None:
    """All platforms are judged by the same data."""
    place = scanned.two_platforms(tmp_path / "both")
    report = scan(tmp_path, f"oci:{place}:app", source=Options(all_platforms=True))

    assert [len(subject.findings) for subject in report.subjects] == [2, 2]
    assert len({subject.digest for subject in report.subjects}) == 2


def test_a_kept_layer_gives_an_equal_report(tmp_path: Path, image: str) -> None:
    """The first run, one from the cache, one in workers: equal values."""
    first = scan(tmp_path, image, cache_folder=tmp_path / "cache")

    assert scan(tmp_path, image, cache_folder=tmp_path / "cache") == first
    assert scan(tmp_path, image, workers=2) == first


def test_progress_tells_the_steps(tmp_path: Path, image: str) -> None:
    """Whoever watches hears what is being done, in order."""
    said: list[str] = []
    scan(tmp_path, image, progress=said.append)

    assert [step.split()[0] for step in said] == ["opening", "reading", "preparing", "matching"]


def test_a_target_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """No report at all: nothing was identified."""
    with pytest.raises(TargetError):
        scan(tmp_path, "oci:/nowhere")


def test_data_that_only_lent_scores_are_named(tmp_path: Path, image: str) -> None:
    """A grade that comes from another ecosystem's shard is one of the report's inputs."""
    ubuntu = osv_record(
        "UBUNTU-CVE-2026-1002", "Ubuntu:22.04:LTS", "bash", severity=scanned.GRADED,
        upstream=["CVE-2026-1002"],
    )  # fmt: skip
    write_osv(tmp_path / "mirror", "Ubuntu", [ubuntu])
    database = DbSettings(folder=tmp_path / "shards", source=str(tmp_path / "mirror"), now=NOW)
    alone = scan(tmp_path, image)
    assert [r.shard for r in update(["Ubuntu"], database) if r.records] == ["Ubuntu"]
    both = scan(tmp_path, image)

    assert [(d.ecosystem, d.scores_only) for d in alone.data] == [("Debian", False)]
    assert [(d.ecosystem, d.scores_only) for d in both.data] == [
        ("Debian", False),
        ("Ubuntu", True),
    ]
    assert alone.subjects[0].findings[1].severity is Severity.UNKNOWN
    assert both.subjects[0].findings[1].severity is Severity.CRITICAL
