"""An earlier report is read as ours or refused; a baseline holds what counted in it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.model.errors import UsageError
from pratique.model.finding import FindingKind
from pratique.model.report import Report
from pratique.pipelines.read_report import is_report, known_findings, read_report
from pratique.policy.judging import known_key
from pratique.reports import json as json_report
from pratique.reports.interface import Style
from tests.policy.cases import flaw, of_kind, subject


def write(folder: Path, *findings: object) -> Path:
    report = Report(tool_version="1", now="2026-11-01T00:00:00Z", subjects=(subject(*findings),))  # type: ignore[arg-type]
    file = folder / "r.json"
    file.write_bytes(json_report.render(report, Style()))
    return file


def test_a_baseline_holds_what_counted(tmp_path: Path) -> None:
    hidden = replace(flaw(rule="CVE-2026-0002"), suppressed="because")
    known = known_findings(str(write(tmp_path, flaw(), hidden)), None)

    assert known.keys == {known_key(flaw())}
    assert known.about.endswith("r.json of 2026-11-01")


def test_malware_is_never_known(tmp_path: Path) -> None:
    assert known_findings(str(write(tmp_path, of_kind(FindingKind.MALWARE))), None).keys == set()


def test_no_baseline_is_none() -> None:
    assert known_findings("", None).keys == frozenset()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"schema": "other/1"}', b'{"schema": "pratique.report/1", "data": 1}'],
)
def test_what_is_no_report_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(UsageError):
        read_report(file)


def test_a_report_is_told_from_other_files(tmp_path: Path) -> None:
    other = tmp_path / "sbom.json"
    other.write_text('{"bomFormat": "CycloneDX"}')
    assert is_report(write(tmp_path))
    assert not is_report(other)
    assert not is_report(tmp_path / "absent")
