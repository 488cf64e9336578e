import json as reader
import subprocess
import sys

import jsonschema
import msgspec
import pytest

from pratique.reports import json
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden

KINDS = made.every_kind()


def rendered(report: object) -> bytes:
    return json.render(report, Style())  # type: ignore[arg-type]


def test_equals_its_golden():
    """The document looks as it was last reviewed."""
    golden("report.json", rendered(KINDS["typical"]))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_follows_the_published_schema(kind: str):
    """Every document is valid under the schema that is published for it."""
    schema = reader.loads(json.json_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(reader.loads(rendered(KINDS[kind])))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_reads_back_as_the_same_document(kind: str):
    """The schema's own types decode what was written, and writing again gives the same bytes."""
    content = rendered(KINDS[kind])
    again = msgspec.json.decode(content, type=json.Document)
    assert json.json_bytes(again) == content


def test_equal_reports_give_equal_bytes():
    """Nothing but the report enters the bytes."""
    assert rendered(made.every_kind()["platforms"]) == rendered(KINDS["platforms"])


def test_findings_are_whole():
    """Each finding is there with every field, evidence included; its package is one of the list."""
    subject = reader.loads(rendered(KINDS["typical"]))["subjects"][0]
    keys = {package["key"] for package in subject["packages"]}
    assert len(subject["findings"]) == len(made.findings())
    for finding, source in zip(subject["findings"], made.findings(), strict=True):
        assert list(finding) == list(source.__struct_fields__)
        assert finding["evidence"][0]["comparison"] == source.evidence[0].comparison
        assert finding["package"] in keys


def test_summary_counts_what_counts():
    """Suppressed findings are apart, unknown severity is not low, a gap is not complete."""
    summary = reader.loads(rendered(KINDS["typical"]))["subjects"][0]["summary"]
    severities = {"critical": 2, "high": 4, "medium": 1, "low": 1, "negligible": 1, "unknown": 1}
    assert summary["severities"] == severities
    assert (summary["findings"], summary["fixable"], summary["suppressed"]) == (10, 6, 1)
    gap = reader.loads(rendered(KINDS["incomplete"]))["subjects"][0]["summary"]
    assert gap["coverage"] == "incomplete"


def test_no_character_of_the_image_acts_on_a_terminal():
    """Control and bidirectional characters are written as escapes, and read back as they were."""
    name = "a\x9b1m\x7f\u202e\u2028\U000e0041b"
    content = rendered(made.report(made.subject(packages=(made.deb(name, "1"),), findings=())))
    assert all(char == "\n" or char.isprintable() for char in content.decode())
    assert reader.loads(content)["subjects"][0]["packages"][0]["name"] == name


def test_loads_nothing_heavy():
    """Importing the JSON report brings in no terminal, network or database library."""
    code = "import sys, pratique.reports.json; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    heavy = {"rich", "httpx", "sqlite3", "packageurl", "license_expression", "cyclonedx", "asyncio"}
    assert not heavy & set(loaded.stdout.split())
