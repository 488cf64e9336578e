import json

import pytest

from pratique.formats.sbom._read_spdx3 import read_spdx3
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded

CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"


def read(*graph: dict, limits: Limits = DEFAULT, context: str = CONTEXT):
    return read_spdx3(json.dumps({"@context": context, "@graph": graph}).encode(), limits)


def package(name: str, **more: object) -> dict:
    purl = f"pkg:npm/{name}@1"
    return {"type": "software_Package", "spdxId": f"urn:{name}", "name": name,
            "software_packageUrl": purl} | more  # fmt: skip


def relation(source: str, kind: str, *to: str, **more: object) -> dict:
    return {"type": "Relationship", "from": f"urn:{source}", "relationshipType": kind,
            "to": [f"urn:{one}" for one in to]} | more  # fmt: skip


def test_relationships():
    """Needs, licences (declared before concluded), scopes and suppliers come from other elements."""
    found = read(
        package("a", suppliedBy="urn:org"),
        package("b"),
        package("c"),
        {"type": "Organization", "spdxId": "urn:org", "name": "Some"},
        {"type": "simplelicensing_LicenseExpression", "spdxId": "urn:mit",
         "simplelicensing_licenseExpression": "MIT"},
        {"type": "simplelicensing_LicenseExpression", "spdxId": "urn:own",
         "simplelicensing_licenseExpression": "LicenseRef-x",
         "simplelicensing_customIdToUri": [{"key": "LicenseRef-x", "value": "urn:text"}]},
        {"type": "simplelicensing_SimpleLicensingText", "spdxId": "urn:text",
         "simplelicensing_licenseText": "Do as you like"},
        relation("a", "dependsOn", "b", "none"),
        relation("a", "hasConcludedLicense", "own"),
        relation("a", "hasDeclaredLicense", "mit"),
        relation("b", "hasConcludedLicense", "own"),
        relation("lock", "dependsOn", "b", type="LifecycleScopedRelationship", scope="development"),
        relation("lock", "hasOptionalDependency", "c"),
    )  # fmt: skip
    a, b, c = found.packages
    assert (a.needs, a.licences, a.vendor) == (("b",), ("MIT",), "Some")
    assert (b.licences, b.facts["scope"]) == (("Do as you like",), "development")
    assert c.facts["scope"] == "optional"


def test_a_package_url_may_be_an_external_identifier():
    """Some tools write it there only."""
    element = package("a") | {"software_packageUrl": None, "externalIdentifier": [
        {"externalIdentifierType": "packageUrl", "identifier": "pkg:npm/a@2"}
    ]}  # fmt: skip
    assert read(element).packages[0].purl == "pkg:npm/a@2"


def test_equal_identifiers_hide_nothing():
    """Two packages that bear one IRI are both packages."""
    assert len(read(package("a"), package("a")).packages) == 2


def test_a_malformed_element_costs_itself():
    """The others stand, and the problem is said."""
    found = read(
        package("a"), package("b") | {"name": 5}, {"type": 7}, {"type": "Other", "name": 5}
    )
    assert [one.name for one in found.packages] == ["a"]
    assert len(found.problems) == 2


@pytest.mark.parametrize("context", ["https://spdx.org/rdf/4.0/spdx-context.jsonld", "", "x"])
def test_other_contexts_are_refused(context: str):
    """JSON-LD of other kinds, and versions nobody has read yet, are not guessed at."""
    with pytest.raises(FormatError, match="context"):
        read(package("a"), context=context)
    assert read(context="https://spdx.org/rdf/3.1/spdx-context.jsonld").format == "SPDX 3.1"


def test_the_number_is_bounded():
    """More packages than the limit are refused."""
    with pytest.raises(LimitExceeded):
        read(*(package(f"p{n}") for n in range(4)), limits=Limits(packages=3))
