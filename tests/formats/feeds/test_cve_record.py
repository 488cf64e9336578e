"""Records of the CVE list come across with what CISA adds."""

import pytest
from hypothesis import given

from pratique.formats.feeds.cve_record import changed, path_of, record
from pratique.model.errors import FormatError
from tests.makers.cve_samples import cve_record, delta_log
from tests.makers.mutations import mutated, only_format_errors

LOG = delta_log(
    ("2026-01-03T00:00:00.000Z", ["CVE-2026-1001"], ["CVE-2026-1002"]),
    ("2026-01-02T00:00:00.000Z", [], ["CVE-2026-1001", "CVE-2026-1003"]),
)


def test_a_record() -> None:
    """The assigner's score, CISA's weakness and decision points stand side by side."""
    found, updated = record(cve_record("CVE-2026-1001"))

    assert [(score.source, score.kind) for score in found.scores] == [
        ("ghsa", "CVSS:4.0"),
        ("cisa-adp", "vendor"),
    ]
    expected = "SSVC Exploitation: poc; Automatable: no; Technical Impact: partial"
    assert found.scores[1].vector == expected
    assert (found.cwes, found.title) == (("CWE-787",), "A flaw")
    assert (found.published, updated) == ("2026-01-02T03:04:05Z", "2026-01-03T03:04:05Z")
    assert not found.rejected


def test_rejected_records_are_marked() -> None:
    """A rejected CVE is kept and says so."""
    assert record(cve_record("CVE-2026-1001", "REJECTED", metrics=[]))[0].rejected


def test_the_log_of_changes() -> None:
    """Each CVE with its newest change, and how far back the log goes."""
    names, oldest = changed(LOG)

    assert names == {
        "CVE-2026-1001": "2026-01-03T00:00:00Z",
        "CVE-2026-1002": "2026-01-03T00:00:00Z",
        "CVE-2026-1003": "2026-01-02T00:00:00Z",
    }
    assert oldest == "2026-01-02T00:00:00Z"


def test_paths() -> None:
    """The list keeps a thousand CVEs to a folder."""
    assert path_of("CVE-2026-123456") == "cves/2026/123xxx/CVE-2026-123456.json"


def test_a_log_can_name_cves_only() -> None:
    """A name that could leave the folder is refused."""
    with pytest.raises(FormatError):
        changed(delta_log(("2026-01-03T00:00:00.000Z", ["CVE-../../x"], [])))


@given(mutated(cve_record("CVE-2026-1001"), LOG))
def test_anything_is_read_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(record, content)
    only_format_errors(changed, content)
