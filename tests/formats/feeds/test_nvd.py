"""NVD's records come across with every scorer's word."""

import io

import pytest
from hypothesis import given

from pratique.formats.feeds.nvd import records
from pratique.model.advisory import CveRecord
from pratique.model.errors import FormatError
from pratique.model.severity import Severity
from tests.makers.cve_samples import nvd, nvd_cve
from tests.makers.mutations import mutated, only_format_errors

V2 = {
    "source": "nvd@nist.gov",
    "type": "Primary",
    "baseSeverity": "HIGH",
    "cvssData": {"version": "2.0", "vectorString": "AV:N/AC:L/Au:N/C:P/I:P/A:P", "baseScore": 7.5},
}
V4 = {
    "source": "134c704f-9b21-4f2e-91b3-4a467353bcc0",
    "cvssData": {"vectorString": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N", "baseScore": 5.1},
}


def read(**more: object) -> CveRecord:
    ((found, modified),) = records(io.BytesIO(nvd(nvd_cve("CVE-2026-1001", **more))))  # type: ignore[arg-type]
    assert modified == "2026-01-03T00:00:00Z"
    return found


def test_a_record() -> None:
    """English text, weaknesses, the day and the score come across."""
    found = read()

    assert (found.id, found.description, found.cwes) == (
        "CVE-2026-1001",
        'A "{" flaw',
        ("CWE-787",),
    )
    assert (found.published, found.rejected) == ("2026-01-02T03:04:05Z", False)
    assert [(s.source, s.kind, s.value) for s in found.scores] == [("nvd", "CVSS:3.1", 9.8)]


def test_all_versions_and_scorers() -> None:
    """The newest version first; each says who scored."""
    found = read(metrics={"cvssMetricV2": [V2], "cvssMetricV40": [V4]})

    assert [(s.source, s.kind, s.severity) for s in found.scores] == [
        ("cisa-adp", "CVSS:4.0", Severity.MEDIUM),
        ("nvd", "CVSS:2.0", Severity.HIGH),
    ]


def test_rejected_records_are_marked() -> None:
    """A rejected CVE is kept, so that it can take back what others say."""
    assert read(vulnStatus="Rejected", metrics={}, weaknesses=[]).rejected


@pytest.mark.parametrize(
    "content", [b"{}", nvd(nvd_cve("GHSA-1")), nvd(nvd_cve("CVE-2026-1001"))[:-9]]
)
def test_damage_is_an_error(content: bytes) -> None:
    """No list, a record that is no CVE, a file that is cut."""
    with pytest.raises(FormatError):
        list(records(io.BytesIO(content)))


@given(mutated(nvd(nvd_cve("CVE-2026-1001", metrics={"cvssMetricV2": [V2]}))))  # type: ignore[arg-type]
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(lambda c: records(io.BytesIO(c)), content)
