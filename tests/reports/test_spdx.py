import json

import pytest
from hypothesis import given, settings
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from pratique.model.errors import UsageError
from pratique.model.report import Report
from pratique.reports import spdx
from pratique.reports.interface import Style
from tests.makers import report as made
from tests.reports.golden import golden
from tests.reports.strange import strange_reports

KINDS = made.every_kind()


def document(report: Report) -> dict:
    return json.loads(spdx.render(report, Style()))


def complaints(content: dict) -> list[str]:
    parsed = JsonLikeDictParser().parse(content)
    return [found.validation_message for found in validate_full_spdx_document(parsed)]


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"nothing"}))
def test_passes_the_official_validator(kind: str):
    """spdx-tools parses every document and has nothing to say against it."""
    assert complaints(document(KINDS[kind])) == []


@settings(max_examples=20, deadline=None)
@given(strange_reports())
def test_no_string_of_the_image_breaks_the_document(report: Report):
    """Whatever names, versions and licences say, the document stays valid."""
    assert complaints(document(report)) == []


def test_equals_its_golden():
    """The document looks as it was last reviewed."""
    golden("report.spdx.json", spdx.render(KINDS["typical"], Style()))


def test_an_unknown_version_is_refused():
    """Only 2.3 and 3.0 are written."""
    with pytest.raises(UsageError) as caught:
        spdx.render(KINDS["typical"], Style(sbom_version="2.2"))
    assert caught.value.hint() == "versions: 2.3, 3.0, 3.0.1"


def test_licences_are_expressions_or_spelt_out():
    """What is an SPDX expression is normal; what is not is kept word for word behind a reference."""
    content = document(KINDS["typical"])
    declared = {package["name"]: package["licenseDeclared"] for package in content["packages"]}
    extracted = {
        one["licenseId"]: one["extractedText"] for one in content["hasExtractedLicensingInfos"]
    }
    assert declared["perl-base"] == "Artistic-1.0 OR GPL-1.0-or-later"
    assert declared["libc6"] == "LGPL-2.1-only AND GPL-2.0-only"
    assert extracted[declared["zlib1g"]] == "Zlib AND (MIT"
    assert declared["nginx"] == "NOASSERTION"


def test_relationships_say_what_holds_and_needs_what():
    """The document describes the image, the image contains all, packages depend on packages."""
    content = document(KINDS["typical"])
    names = {package["SPDXID"]: package["name"] for package in content["packages"]}
    edges = {
        (
            names.get(one["spdxElementId"], "document"),
            one["relationshipType"],
            names[one["relatedSpdxElement"]],
        )
        for one in content["relationships"]
    }
    image = "registry.example/shop/web:1.4"
    assert ("document", "DESCRIBES", image) in edges
    assert {(image, "CONTAINS", package.name) for package in made.PACKAGES} <= edges
    assert ("curl", "DEPENDS_ON", "libcurl4") in edges


def test_the_namespace_is_made_from_the_content():
    """Equal reports have equal bytes, different ones different namespaces."""
    first, again = (document(made.every_kind()["typical"]) for _ in range(2))
    assert first == again
    assert first["documentNamespace"] != document(KINDS["empty"])["documentNamespace"]


def test_gaps_are_declared():
    """What was not read is said in the document's comment."""
    assert document(KINDS["incomplete"])["comment"].startswith("Incomplete. var/lib/rpm/Packages")


def test_lockfiles_hold_what_only_they_name():
    """What is declared depends on its lockfile, by scope; what is installed is in the image."""
    content = document(KINDS["languages"])
    names = {package["SPDXID"]: package["name"] for package in content["packages"]}
    edges = {
        (names.get(one["spdxElementId"]), one["relationshipType"], names[one["relatedSpdxElement"]])
        for one in content["relationships"]
    }
    image, lock = "registry.example/shop/web:1.4", "srv/web/package-lock.json"
    assert (lock, "DEPENDENCY_MANIFEST_OF", image) in edges
    assert ("@babel/core", "DEV_DEPENDENCY_OF", lock) in edges
    assert ("semver", "OPTIONAL_DEPENDENCY_OF", lock) in edges
    assert ("semver", "DEPENDENCY_OF", lock) in edges
    assert (image, "CONTAINS", "@babel/core") not in edges
    assert (image, "CONTAINS", "Flask") in edges
    assert ("python3-requests", "CONTAINS", "requests") in edges


def test_programs_have_their_cpes():
    """A program that no package manager knows is named by all its CPE names."""
    packages = {one["name"]: one for one in document(KINDS["languages"])["packages"]}
    refs = packages["nginx"]["externalRefs"]
    assert [one["referenceType"] for one in refs] == ["purl", "cpe23Type", "cpe23Type"]
