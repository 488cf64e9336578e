"""The whole way from a target to a verdict: all evidence in, the policy first, files asked for only."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.model.errors import UsageError
from pratique.model.report import Report
from pratique.model.verdict import Answer
from pratique.pipelines.gate_target import GateSettings, gate_target
from pratique.pipelines.scan_target import ScanSettings
from pratique.pipelines.store_inventory import keep_report
from pratique.pipelines.update_db import DbSettings
from pratique.reports import json as json_report
from pratique.reports.interface import Style
from pratique.sources.interface import Options
from tests.makers import scanned

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def gate(folder: Path, target: str, **more: object) -> Report:
    """Decide with data of the generated mirror."""
    database = DbSettings(
        folder=folder / "shards", source=str(scanned.mirror(folder / "mirror")), now=NOW
    )
    scan = ScanSettings(source=Options(), now=NOW, database=database, workers=0)
    return gate_target(target, GateSettings(scan=scan, **more))  # type: ignore[arg-type]


@pytest.fixture
def image(tmp_path: Path) -> str:
    """Return the target of a small image with a critical flaw that has a fix."""
    return f"oci:{scanned.debian(tmp_path / 'image')}:app"


def rules(report: Report, answer: Answer) -> list[str]:
    """Return the rules that speak for an answer."""
    verdict = report.subjects[0].verdict
    assert verdict is not None
    return [one.rule for one in verdict.reasons if one.answer is answer]


def test_each_subject_gets_its_verdict(tmp_path: Path, image: str) -> None:
    report = gate(tmp_path, image)
    verdict = report.subjects[0].verdict

    assert verdict is not None
    assert (verdict.answer, report.outcome) == (Answer.DENY, "fail")
    assert verdict.digest == report.subjects[0].digest
    assert verdict.now == report.now
    assert [one.ecosystem for one in verdict.data] == ["Debian"]
    assert report.reasons[0].startswith("overdue-critical-fix: 1 finding")


def test_the_same_is_decided_twice(tmp_path: Path, image: str) -> None:
    assert gate(tmp_path, image) == gate(tmp_path, image)


def test_a_mistake_in_the_policy_comes_before_the_target(tmp_path: Path) -> None:
    bad = tmp_path / "p.yaml"
    bad.write_text("pratique-policy: 1\nruels: []\n")
    with pytest.raises(UsageError, match=r"p\.yaml:2:8"):
        gate(tmp_path, "oci:/no/such/image", policy=str(bad))


def test_no_such_policy_names_the_profiles(tmp_path: Path, image: str) -> None:
    with pytest.raises(UsageError) as caught:
        gate(tmp_path, image, policy="basline")
    assert "permissive, baseline, strict" in caught.value.hint()


def test_only_what_is_new_since_a_report_counts(tmp_path: Path, image: str) -> None:
    first = gate(tmp_path, image)
    old = tmp_path / "old.json"
    old.write_bytes(json_report.render(first, Style()))
    second = gate(tmp_path, image, baseline=str(old))

    assert "overdue-critical-fix" not in rules(second, Answer.DENY)
    verdict = second.subjects[0].verdict
    assert verdict is not None
    assert len(verdict.accepted) == 2
    assert verdict.baseline == f"{old} of 2026-11-21"


def test_only_what_is_new_since_a_stored_image_counts(tmp_path: Path, image: str) -> None:
    first = gate(tmp_path, image)
    keep_report(first, tmp_path / "data")
    digest = str(first.subjects[0].digest)
    second = gate(tmp_path, image, baseline=digest, data_folder=tmp_path / "data")

    assert "overdue-critical-fix" not in rules(second, Answer.DENY)


def test_a_baseline_that_is_none_is_refused(tmp_path: Path, image: str) -> None:
    other = tmp_path / "x.json"
    other.write_text("{}")
    for baseline in (str(other), str(tmp_path / "absent"), "sha256:" + "0" * 64):
        with pytest.raises(UsageError):
            gate(tmp_path, image, baseline=baseline, data_folder=tmp_path / "data")


def test_an_exception_of_the_policy_lets_pass(tmp_path: Path, image: str) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(
        "pratique-policy: 1\nexceptions:\n  - finding: CVE-2026-1001\n    owner: me\n"
        "    reason: because\n    expires: 2026-11-21\n"
    )
    report = gate(tmp_path, image, policy=str(file))

    assert "overdue-critical-fix" not in rules(report, Answer.DENY)
    (excepted,) = (one for one in report.subjects[0].findings if one.suppressed)
    assert excepted.suppressed.startswith("me: because")
