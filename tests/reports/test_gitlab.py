"""The official schema is not in this repository; its demands are written out here."""

import base64
import json
import re
import uuid

import jsonschema
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from pratique.model.report import Remediation, Report
from pratique.reports import gitlab
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
NAMED = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"}
LINK = {"type": "string", "pattern": "^https?://.+"}


def of(required: dict, **optional: object) -> dict:
    return {"type": "object", "properties": required | optional, "required": list(required)}


def every(item: dict, **more: object) -> dict:
    return {"type": "array", "items": item} | more


TOOL = of({"id": NAMED, "name": NAMED, "version": NAMED, "vendor": of({"name": NAMED})})
PACKAGE = of({"package": of({"name": {"type": "string"}}), "version": {"type": "string"}})
SCHEMA = of(
    {
        "version": {"const": "15.2.1"},
        "scan": of(
            {
                "analyzer": TOOL,
                "scanner": TOOL,
                "start_time": MOMENT,
                "end_time": MOMENT,
                "status": {"enum": ["success", "failure"]},
                "type": {"const": "container_scanning"},
            },
            messages=every(of({"level": {"enum": ["info", "warn", "fatal"]}, "value": NAMED})),
        ),
        "vulnerabilities": every(
            of(
                {
                    "id": NAMED,
                    "identifiers": every(
                        of({"type": NAMED, "name": NAMED, "value": NAMED}, url=LINK), minItems=1
                    ),
                    "location": of(
                        {"dependency": PACKAGE, "operating_system": NAMED, "image": NAMED}
                    ),
                },
                name={"type": "string", "maxLength": 255},
                description={"type": "string", "maxLength": 1048576},
                severity={"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
                solution={"type": "string", "maxLength": 7000},
                links=every(of({"url": LINK})),
                cvss_vectors=every(of({"vendor": NAMED, "vector": NAMED}), minItems=1, maxItems=10),
            )
        ),
    },
    schema=LINK,
    remediations=every(
        of({"fixes": every(of({"id": NAMED}), minItems=1), "summary": NAMED, "diff": NAMED})
    ),
)


def document(report: Report) -> dict:
    content = json.loads(gitlab.render(report, Style()))
    jsonschema.Draft7Validator(SCHEMA).validate(content)
    return content


def test_equals_its_golden():
    """The report looks as it was last reviewed."""
    golden("report.gitlab.json", gitlab.render(KINDS["languages"], Style()))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_has_what_the_schema_demands(kind: str):
    """Fields, bounds and patterns of schema 15.2.1 are kept, and identifiers are unique."""
    found = document(KINDS[kind])["vulnerabilities"]
    names = [uuid.UUID(one["id"]) for one in found]
    if kind != "platforms":  # there one flaw in one image name is one finding
        assert len(set(names)) == len(names)


@settings(max_examples=40, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_breaks_the_report(report: Report):
    """Whatever names, scores and links say, the demands are kept."""
    document(report)


def test_patches_are_remediations_of_what_is_told():
    """A patch names the findings it clears by their ids in this report; one that clears none is left."""
    kind = KINDS["typical"]
    counted = [one for one in kind.subjects[0].findings if not one.suppressed and one.rule]
    patches = (
        Remediation(summary="Upgrade it", clears=(counted[0].id,), patch=b"--- a/x\n+++ b/x\n"),
        Remediation(summary="Nothing", clears=("elsewhere",), patch=b"--- a/y\n"),
    )
    found = document(replace(kind, remediations=patches))
    (one,) = found["remediations"]

    assert base64.b64decode(one["diff"]) == patches[0].patch
    assert one["summary"] == "Upgrade it"
    names = {each["id"]: each["identifiers"][0]["name"] for each in found["vulnerabilities"]}
    assert [names[fix["id"]] for fix in one["fixes"]] == [counted[0].rule]


def test_texts_are_inert_markdown():
    """GitLab shows texts as Markdown: names stand in code spans, descriptions are escaped."""
    odd = made.deb("@team `x` <img src=x>", "1")
    flaw = made.finding("CVE-2026-1", odd, made.Severity.HIGH, "2", description="a <b> [c](d)")
    (found,) = document(made.report(made.subject(packages=(odd,), findings=(flaw,))))[
        "vulnerabilities"
    ]
    assert found["solution"] == "Upgrade ``@team `x` <img src=x>`` to `2`"
    assert found["description"] == r"a \<b\> \[c\]\(d\)"


def test_identifiers_outlive_a_build():
    """A finding keeps its own from tag to digest of one version to the next."""
    first = document(KINDS["typical"])["vulnerabilities"]
    assert all(re.fullmatch(r"[0-9a-f-]{36}", one["id"]) for one in first)
    assert first[0]["identifiers"][0] == {
        "type": "cve",
        "name": "CVE-2026-1001",
        "value": "CVE-2026-1001",
        "url": "https://www.cve.org/CVERecord?id=CVE-2026-1001",
    }
    assert first[0]["cvss_vectors"][0]["vector"].startswith("CVSS:3.1/AV:N")


def test_gaps_and_suppressed_findings_are_messages():
    """A blocking gap is a failure; what does not count is left out and counted."""
    assert document(KINDS["incomplete"])["scan"]["status"] == "failure"
    scan = document(KINDS["languages"])["scan"]
    assert scan["status"] == "success"
    assert scan["messages"][0]["value"].startswith("Left out: 2 not in the program")


def test_identifiers_survive_a_new_tag():
    """The id rests on kind, rule, package, place and repository, not on tag or digest."""
    ids = []
    for name in ("shop/web:1.4", "shop/web:1.5"):
        subject = made.subject(image=made.image(name), findings=(*made.findings(), *made.others()))
        ids.append([one["id"] for one in document(made.report(subject))["vulnerabilities"]])
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])


def test_two_secrets_of_one_kind_in_one_file_are_two():
    """GitLab would take one id for one finding."""
    secret = made.others()[1]
    subject = made.subject(findings=(secret, replace(secret, line=30, id="other")))
    found = document(made.report(subject))["vulnerabilities"]
    assert len({one["id"] for one in found}) == 2


def test_contraband_has_its_place_as_dependency():
    """A secret is told by its mask and where it stands, and that it still ships."""
    found = {
        one["identifiers"][0]["name"]: one
        for one in document(KINDS["contraband"])["vulnerabilities"]
    }
    secret = found["aws-access-key"]
    assert secret["location"]["dependency"]["package"]["name"] == "srv/web/.env:12"
    assert "`AKIA…(20)`" in secret["description"]
    assert "still shipped" in secret["description"]
    assert "network-copyleft-licence" not in found
