import io
import json

import pytest
from hypothesis import given, settings
from spdx_python_model import v3_0_1 as model

from pratique.model.report import Report
from pratique.reports import spdx
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()


def rendered(report: Report) -> bytes:
    return spdx.render(report, Style(sbom_version="3.0"))


def graph(report: Report) -> list[dict]:
    return json.loads(rendered(report))["@graph"]


def parsed(content: bytes) -> model.SHACLObjectSet:
    found = model.SHACLObjectSet()
    model.JSONLDDeserializer().read(io.BytesIO(content), found)
    return found


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_official_model_takes_it(kind: str):
    """The SPDX project's own classes decode every element, and every reference is in the file."""
    content = rendered(KINDS[kind])
    found = parsed(content)
    assert not found.missing_ids
    again = io.BytesIO()
    model.JSONLDSerializer().write(found, again)  # refuses values its shapes forbid
    elements = [one for one in json.loads(again.getvalue())["@graph"] if "spdxId" in one]
    assert len(elements) == len([one for one in json.loads(content)["@graph"] if "spdxId" in one])


@settings(max_examples=20, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_breaks_the_document(report: Report):
    """Whatever names, versions and licences say, the document stays valid."""
    assert not parsed(rendered(report)).missing_ids


def test_equals_its_golden():
    """The document looks as it was last reviewed."""
    golden("report.spdx3.json", rendered(KINDS["languages"]))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_identifiers_are_unique(kind: str):
    """No two elements bear one IRI, whatever relationships there are."""
    names = [one["spdxId"] for one in graph(KINDS[kind]) if "spdxId" in one]
    assert len(names) == len(set(names))


def test_relationships_say_what_holds_and_needs_what():
    """The image contains packages and lockfiles; a lockfile depends on what only it names."""
    elements = graph(KINDS["languages"])
    names = {one["spdxId"]: one.get("name", "") for one in elements if "spdxId" in one}
    edges = {
        (names[one["from"]], one["relationshipType"], one.get("scope", ""), names[target])
        for one in elements
        if "relationshipType" in one
        for target in one["to"]
    }
    image, lock = "registry.example/shop/web:1.4", "srv/web/package-lock.json"
    assert (image, "contains", "", "Flask") in edges
    assert (image, "contains", "", lock) in edges
    assert (image, "hasDependencyManifest", "", lock) in edges
    assert (image, "contains", "", "@babel/core") not in edges
    assert (lock, "dependsOn", "development", "@babel/core") in edges
    assert (lock, "hasOptionalDependency", "", "semver") in edges
    assert ("Flask", "dependsOn", "", "Werkzeug") in edges
    assert ("@babel/core", "dependsOn", "", "semver") in edges
    assert ("python3-requests", "contains", "", "requests") in edges


def test_licences_are_expressions_or_spelt_out():
    """What is an SPDX expression is normal; what is not is kept word for word behind a reference."""
    elements = graph(KINDS["typical"])
    by_id = {one["spdxId"]: one for one in elements if "spdxId" in one}
    declared = {
        by_id[one["from"]]["name"]: by_id[one["to"][0]]
        for one in elements
        if one.get("relationshipType") == "hasDeclaredLicense"
    }
    key = "simplelicensing_licenseExpression"
    assert declared["perl-base"][key] == "Artistic-1.0 OR GPL-1.0-or-later"
    assert declared["libc6"][key] == "LGPL-2.1-only AND GPL-2.0-only"
    (entry,) = declared["zlib1g"]["simplelicensing_customIdToUri"]
    assert declared["zlib1g"][key] == entry["key"]
    assert by_id[entry["value"]]["simplelicensing_licenseText"] == "Zlib AND (MIT"
    assert "nginx" not in declared


def test_iris_are_made_from_the_content():
    """Equal reports have equal bytes, different ones different IRIs."""
    assert rendered(made.every_kind()["typical"]) == rendered(KINDS["typical"])
    first, other = (graph(KINDS[kind])[1]["spdxId"] for kind in ("typical", "clean"))
    assert first == graph(KINDS["typical"])[1]["spdxId"]
    typical, empty = (graph(KINDS[kind])[1]["spdxId"] for kind in ("typical", "empty"))
    assert typical != empty
    assert first == other  # findings are no part of an SBOM


def test_gaps_are_declared():
    """What was not read is said in words, and the contents are called incomplete."""
    elements = graph(KINDS["incomplete"])
    document = next(one for one in elements if one.get("type") == "SpdxDocument")
    assert document["comment"].startswith("Incomplete. var/lib/rpm/Packages")
    contents = [one for one in elements if one.get("relationshipType") == "contains"]
    assert [one["completeness"] for one in contents] == ["incomplete"]


def test_functions_of_programs_are_not_listed():
    """What a linker recorded would be most of the document; it stays out."""
    assert b"http2" not in rendered(KINDS["languages"])
