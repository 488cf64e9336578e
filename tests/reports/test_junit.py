from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from pratique.model.report import Report
from pratique.reports import junit
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
STATES = ("failure", "error", "skipped")


def parsed(report: Report) -> ElementTree.Element:
    root = ElementTree.fromstring(junit.render(report, Style()))
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        assert {case.tag for case in suite} <= {"testcase"}
        assert int(suite.attrib["tests"]) == len(suite) > 0
        for state, count in zip(STATES, ("failures", "errors", "skipped"), strict=True):
            assert int(suite.attrib[count]) == len(suite.findall(f"testcase/{state}"))
        for case in suite:
            assert set(case.attrib) == {"classname", "name"}
            assert {one.tag for one in case} <= {*STATES, "system-out"}
            assert len(case) <= 1
    return root


@pytest.mark.parametrize("kind", ["contraband", "everything", "languages"])
def test_equals_its_golden(kind: str):
    """The document looks as it was last reviewed."""
    golden(f"report-{kind}.junit.xml", junit.render(KINDS[kind], Style()))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_figures_add_up(kind: str):
    """Every suite has at least one case and counts its own."""
    parsed(KINDS[kind])


@settings(max_examples=60, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_breaks_the_document(report: Report):
    """Whatever names say, the document is well formed and of the same shape."""
    parsed(report)


def test_the_threshold_decides_what_failed():
    """Findings below the threshold pass, ungraded ones are errors, suppressed ones skipped."""
    root = parsed(KINDS["typical"])
    names = {state: root.findall(f".//{state}/..") for state in (*STATES, "system-out")}
    assert len(names["failure"]) == 6
    assert [case.attrib["name"] for case in names["error"]] == ["[unknown] CVE-2026-1008"]
    assert [case.attrib["name"] for case in names["skipped"]] == ["[high] CVE-2026-1009"]
    assert len(names["system-out"]) == 3
    assert len(parsed(KINDS["file"]).findall(".//failure")) == 10


def test_gaps_are_errors():
    """What was not looked at never looks like a test that passed."""
    root = parsed(KINDS["incomplete"])
    assert [case.attrib["classname"] for case in root.iter("testcase")] == ["rpm", "database"]
    assert len(root.findall(".//error")) == 2


def test_each_reason_of_a_verdict_is_a_case():
    """A denial failed, a doubt is an error, a warning passed."""
    cases = ElementTree.fromstring(junit.render(KINDS["contraband"], Style())).iter("testcase")
    judged = {
        case.get("name"): case[0].tag
        for case in cases
        if case.get("classname") == "policy baseline"
    }
    assert judged == {
        "[deny] malware": "failure",
        "[deny] exploited-flaw": "failure",
        "[undecided] unread-database": "error",
        "[warn] root-user": "system-out",
    }
