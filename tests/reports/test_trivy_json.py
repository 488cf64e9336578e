"""
Trivy publishes no schema of its report; its types in Go are written out here as one.

A reader in Go refuses a whole file for one time or digest that it cannot parse.
"""

import json

import jsonschema
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from pratique.model.finding import FindingKind
from pratique.model.report import Report
from pratique.reports import trivy_json
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
TEXT = {"type": "string"}
NAMED = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "items": TEXT}
MOMENT = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$",
}
DIGEST = {"type": "string", "pattern": "^sha(256|512):[0-9a-f]{64,128}$"}
SEVERITY = {"enum": ["UNKNOWN", "LOW", "MEDIUM", "HIGH", "CRITICAL"]}
LINE = {"type": "integer", "minimum": 0}


def of(required: dict, **optional: object) -> dict:
    properties = required | optional
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}  # fmt: skip


def every(item: dict) -> dict:
    return {"type": "array", "items": item, "minItems": 1}


LAYER = of({}, Size=LINE, Digest=DIGEST, DiffID=DIGEST, CreatedBy=TEXT)
CVSS = of({}, V2Vector=TEXT, V3Vector=TEXT, V40Vector=TEXT, V2Score={"type": "number"}, V3Score={"type": "number"}, V40Score={"type": "number"})  # fmt: skip
FLAW = of(
    {"VulnerabilityID": NAMED, "PkgID": NAMED, "PkgName": TEXT, "InstalledVersion": TEXT, "Severity": SEVERITY},
    VendorIDs=TEXTS, PkgPath=TEXT, FixedVersion=TEXT, SeveritySource=TEXT, PrimaryURL=TEXT, Fingerprint=TEXT,
    PkgIdentifier=of({}, PURL=NAMED, UID=TEXT), Layer=LAYER, Title=TEXT, Description=TEXT, References=TEXTS,
    Status={"enum": ["unknown", "not_affected", "affected", "fixed", "under_investigation", "will_not_fix", "fix_deferred", "end_of_life"]},
    DataSource=of({"ID": NAMED, "Name": NAMED, "URL": TEXT}), PublishedDate=MOMENT, LastModifiedDate=MOMENT,
    CweIDs={"type": "array", "items": {"type": "string", "pattern": "^CWE-[0-9]+$"}},
    VendorSeverity={"type": "object", "additionalProperties": {"enum": [0, 1, 2, 3, 4]}},
    CVSS={"type": "object", "additionalProperties": CVSS},
)  # fmt: skip
CODE_LINE = of({"Number": LINE, "Content": TEXT, "IsCause": {}, "Annotation": TEXT, "Truncated": {}, "FirstCause": {}, "LastCause": {}})  # fmt: skip
CHECK = of(
    {"Type": NAMED, "ID": NAMED, "Title": TEXT, "Description": TEXT, "Message": TEXT, "Severity": SEVERITY, "Status": {"enum": ["PASS", "FAIL", "EXCEPTION"]}},
    Resolution=TEXT, PrimaryURL=TEXT, References=TEXTS, Layer=LAYER,
    CauseMetadata=of({}, Provider=TEXT, Service=TEXT, StartLine=LINE, EndLine=LINE),
)  # fmt: skip
SECRET = of(
    {"RuleID": NAMED, "Category": NAMED, "Severity": SEVERITY, "Title": TEXT, "StartLine": LINE, "EndLine": LINE, "Match": NAMED,
     "Code": of({"Lines": {"anyOf": [every(CODE_LINE), {"type": "null"}]}})},
    Layer=LAYER,
)  # fmt: skip
LICENCE = of({"Severity": SEVERITY, "Category": {"enum": ["forbidden", "restricted", "reciprocal", "notice", "permissive", "unencumbered", "unknown"]}, "PkgName": TEXT, "FilePath": TEXT, "Name": TEXT, "Text": TEXT, "Confidence": {"type": "number", "maximum": 1}, "Link": TEXT})  # fmt: skip
RESULT = of(
    {"Target": TEXT, "Class": {"enum": ["os-pkgs", "lang-pkgs", "config", "secret", "license", "license-file"]}},
    Type=TEXT, Vulnerabilities=every(FLAW), Secrets=every(SECRET), Licenses=every(LICENCE),
    MisconfSummary=of({"Successes": LINE, "Failures": LINE}), Misconfigurations=every(CHECK),
    ExperimentalModifiedFindings=every(of({"Type": {"const": "vulnerability"}, "Status": NAMED, "Statement": TEXT, "Source": TEXT, "Finding": FLAW})),
)  # fmt: skip
CONFIG = of({"architecture": TEXT, "os": TEXT, "rootfs": of({"type": TEXT, "diff_ids": {"type": "array", "items": DIGEST}})}, created=MOMENT, config={})  # fmt: skip
SCHEMA = of({
    "SchemaVersion": {"const": 2}, "CreatedAt": MOMENT, "ArtifactName": TEXT,
    "ArtifactType": {"enum": ["container_image", "filesystem", "cyclonedx"]},
    "Metadata": of({}, Size=LINE, OS=of({"Family": NAMED, "Name": TEXT}, EOSL={"const": True}), ImageID=DIGEST,
                   DiffIDs={"type": "array", "items": DIGEST}, RepoTags=TEXTS, RepoDigests=TEXTS, ImageConfig=CONFIG, Layers=every(LAYER)),
    "Results": {"type": "array", "items": RESULT},
})  # fmt: skip


def document(report: Report) -> dict:
    content = json.loads(trivy_json.render(report, Style()))
    jsonschema.Draft202012Validator(SCHEMA).validate(content)
    return content


def listed(report: Report, what: str) -> list[dict]:
    return [one for result in document(report)["Results"] for one in result.get(what, ())]


def test_equals_its_golden():
    """The report looks as it was last reviewed."""
    golden("report.trivy.json", trivy_json.render(KINDS["contraband"], Style()))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_has_the_types_that_importers_decode(kind: str):
    """Every field is one of Trivy's and of its type."""
    document(KINDS[kind])


@settings(max_examples=60, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_breaks_the_report(report: Report):
    """Whatever names, dates and links say, the types are kept."""
    document(report)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_that_counts_is_dropped(kind: str):
    """Each finding stands once, whatever its kind; the end of life is a fact of the system."""
    report = KINDS[kind]
    lists = (
        "Vulnerabilities",
        "Misconfigurations",
        "Secrets",
        "Licenses",
        "ExperimentalModifiedFindings",
    )
    told = [one for what in lists for one in listed(report, what)]
    gaps = [one for one in told if one.get("ID") == "incomplete-scan"]
    ended = FindingKind.END_OF_LIFE
    findings = [one for s in report.subjects for one in s.findings if one.kind is not ended]
    assert len(told) - len(gaps) == len(findings)


def test_a_gap_is_no_clean_report():
    """What was not looked at arrives as a failed check of unknown severity."""
    (gap,) = [one for one in listed(KINDS["incomplete"], "Misconfigurations") if "Packages" in one["Message"]]  # fmt: skip
    assert (gap["ID"], gap["Severity"]) == ("incomplete-scan", "UNKNOWN")
    assert listed(KINDS["inventory"], "Misconfigurations")
    assert not listed(KINDS["clean"], "Misconfigurations")


def test_packages_stand_under_their_kind():
    """Of a language those share a target that Trivy lists together; a lockfile is its own."""
    results = document(KINDS["languages"])["Results"]
    found = {(one["Target"], one["Class"], one["Type"]) for one in results}
    assert ("registry.example/shop/web:1.4 (debian 12)", "os-pkgs", "debian") in found
    assert ("Java", "lang-pkgs", "jar") in found
    assert ("/srv/web/package-lock.json", "lang-pkgs", "npm") in found
    paths = {one["PkgName"]: one.get("PkgPath") for one in listed(KINDS["languages"], "Vulnerabilities")}  # fmt: skip
    assert paths["org.apache.logging.log4j:log4j-core"].startswith("srv/app.jar!")


def test_scores_go_by_source():
    """Each source has its vectors; the severity is the one that every report shows."""
    first = listed(KINDS["typical"], "Vulnerabilities")[0]
    assert first["CVSS"]["nvd"]["V3Score"] == 9.8
    assert first["CVSS"]["nvd"]["V2Vector"] == "AV:N/AC:L/Au:N/C:P/I:P/A:P"
    assert first["VendorSeverity"] == {"debian": 4, "nvd": 3}


def test_a_secret_is_its_mask():
    """The match and the line of code show what may be shown, never more."""
    first, second = listed(KINDS["contraband"], "Secrets")
    assert first["Match"] == first["Code"]["Lines"][0]["Content"] == "AKIA…(20)"
    assert (first["StartLine"], second["RuleID"]) == (12, "generic-password")


def test_a_tag_is_no_port():
    """The repository of a digest ends at its tag, not at the port of its host."""
    image = replace(made.image(), name="registry.example:5000/shop/web")
    content = document(made.report(made.subject(image=image)))
    (digest,) = content["Metadata"]["RepoDigests"]
    assert digest.startswith("registry.example:5000/shop/web@sha256:")
