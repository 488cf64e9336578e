import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.model.advisory import FixState
from pratique.model.finding import FindingKind, Fix
from pratique.model.severity import Severity
from pratique.reports._flaws import links, moment, vulnerabilities
from pratique.reports._subjects import places
from tests.makers import report as made


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "https://", "http://a b", "https://a.example/<x>", "ftp://a", "", "https://a.example/\n"],
)  # fmt: skip
def test_what_is_no_web_address_is_no_link(text: str):
    """Only plain http and https addresses are passed on to tools that open them."""
    assert links([text]) == ()


def test_links_are_said_once_in_order():
    """The first mention counts."""
    assert links(["https://b.example", "https://a.example/?x=1", "https://b.example"]) == (
        "https://b.example",
        "https://a.example/?x=1",
    )


@given(st.datetimes())
def test_moments_are_rfc_3339(when):
    """ISO times with a zone pass, bare days become midnight UTC."""
    text = f"{when.isoformat()}Z"
    assert moment(text) == text
    assert moment(str(when.date())) == f"{when.date()}T00:00:00Z"


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "2026-13-01T00:00:00Z", "2026-01-01T25:00:00Z", "yesterday"]
)
def test_what_is_no_moment_is_left_out(text: str):
    """A date that does not exist is not written."""
    assert moment(text) == ""


def test_a_partly_suppressed_flaw_is_said_twice():
    """The packages it still touches and those it does not are kept apart."""
    live, other = made.findings()[:2]
    quiet = replace(other, suppressed="patched by hand")
    found = vulnerabilities(places(made.report(made.subject(findings=(live, quiet)))))
    assert [flaw.id for flaw in found] == ["CVE-2026-1001"] * 2
    assert len({flaw.bom_ref for flaw in found}) == 2
    assert len(found[0].affects) == len(found[1].affects) == 1


def test_end_of_life_is_no_vulnerability():
    """Only published flaws and malicious packages are; malware without a package is the image's."""
    malware = replace(
        made.end_of_life(), kind=FindingKind.MALWARE, rule="MAL-2026-1", severity=Severity.CRITICAL
    )
    subjects = places(made.report(made.subject(findings=(made.end_of_life(), malware))))
    (flaw,) = vulnerabilities(subjects)
    assert flaw.id == "MAL-2026-1"
    assert flaw.affects[0].ref == subjects[0].ref


def test_a_recommendation_names_the_offer_it_needs():
    """Nobody is told to install what only customers get."""
    paid = Fix(state=FixState.FIXED, version="9+esm1", offer="Ubuntu Pro")
    found = replace(made.findings()[0], fix=paid)
    (flaw,) = vulnerabilities(places(made.report(made.subject(findings=(found,)))))
    assert flaw.recommendation == "Upgrade libssl3 to 9+esm1 (needs Ubuntu Pro)."
