import json
from datetime import datetime

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from pratique.model.finding import Suppressor
from pratique.model.report import Report
from pratique.reports import openvex
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
DOCUMENT = {"@context", "@id", "author", "role", "timestamp", "version", "tooling", "statements"}
STATEMENT = {
    *("vulnerability", "products", "status", "status_notes", "justification"),
    *("impact_statement", "action_statement"),
}
STATUSES = {"not_affected", "affected", "fixed", "under_investigation"}


def document(report: Report) -> dict:
    """Return the document, held to the rules of the specification."""
    content = json.loads(openvex.render(report, Style()))
    assert set(content) == DOCUMENT
    assert content["@context"] == "https://openvex.dev/ns/v0.2.0"
    datetime.fromisoformat(content["timestamp"])
    for one in content["statements"]:
        assert set(one) <= STATEMENT
        assert one["status"] in STATUSES
        assert one["vulnerability"]["name"]
        assert ("action_statement" in one) == (one["status"] == "affected")
        reasons = {"justification", "impact_statement"} & set(one)
        assert len(reasons) == (1 if one["status"] == "not_affected" else 0)
        assert one["products"]
    texts = [json.dumps(one, sort_keys=True) for one in content["statements"]]
    assert len(set(texts)) == len(texts)
    return content


def statements(report: Report) -> dict[str, dict]:
    return {one["vulnerability"]["name"]: one for one in document(report)["statements"]}


def test_equals_its_golden():
    """The document looks as it was last reviewed."""
    golden("report.openvex.json", openvex.render(KINDS["languages"], Style()))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_follows_the_specification(kind: str):
    """Every status has what it must say, and no statement is made twice."""
    document(KINDS[kind])


@settings(max_examples=40, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_breaks_the_document(report: Report):
    """Whatever names and reasons say, the rules are kept."""
    document(report)


def test_what_rests_on_evidence_is_ruled_out():
    """The distribution's word and absent functions rule a flaw out, with the reason in words."""
    found = statements(KINDS["languages"])
    assert found["CVE-2023-32681"]["status"] == "fixed"
    assert found["CVE-2023-32681"]["status_notes"].startswith("Debian: fixed in")
    assert found["CVE-2023-45288"]["status"] == "not_affected"
    assert found["CVE-2023-45288"]["justification"] == "vulnerable_code_not_present"
    assert found["CVE-2026-2001"]["justification"] == "component_not_present"
    assert found["CVE-2023-25577"]["action_statement"] == "Upgrade to 2.2.3."
    assert statements(KINDS["typical"])["CVE-2026-1004"]["status"] == "under_investigation"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (Suppressor.DISTRO, "not_affected"),
        (Suppressor.SCOPE, "not_affected"),
        (Suppressor.OS_PACKAGE, "affected"),
        (Suppressor.IGNORE_RULE, "affected"),
        (Suppressor.EXCEPTION, "affected"),
        (Suppressor.NOBODY, "affected"),
    ],
)
def test_a_wish_is_no_evidence(who: Suppressor, status: str):
    """What was ignored or excepted is still affected: nobody showed the contrary."""
    flaw = replace(made.findings()[0], suppressed="because", suppressed_by=who)
    found = statements(made.report(made.subject(findings=(flaw,))))
    assert found["CVE-2026-1001"]["status"] == status
    assert found["CVE-2026-1001"]["status_notes"] == "because"


def test_products_are_images_with_packages_inside():
    """An image is named by package URL and digest; in a folder the packages are the products."""
    (product,) = statements(KINDS["languages"])["CVE-2021-44228"]["products"]
    digest = made.image().digest
    assert product["@id"] == (f"pkg:oci/web@{digest}?repository_url=registry.example/shop/web")
    assert product["hashes"] == {"sha-256": digest.removeprefix("sha256:")}
    assert [one["@id"] for one in product["subcomponents"]] == [
        "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"
    ]
    (folder, _) = statements(KINDS["folder"])["CVE-2026-1001"]["products"]
    assert folder["@id"].startswith("pkg:deb/debian/libssl3@")
    platforms = statements(KINDS["platforms"])["CVE-2026-1004"]["products"]
    assert len({one["@id"] for one in platforms}) == 2


def test_an_exception_is_told_and_makes_nothing_harmless():
    """Who takes the image reads that it is affected, and who accepted that until when."""
    why = "web team: not reachable from outside (until 2027-01-31)"
    flaw = replace(made.findings()[5], suppressed=why, suppressed_by=Suppressor.EXCEPTION)
    (said,) = document(made.report(made.subject(findings=(flaw,))))["statements"]
    assert said["status"] == "affected"
    assert said["action_statement"] == f"Accepted as it is: {why}."
    assert said["status_notes"] == why
