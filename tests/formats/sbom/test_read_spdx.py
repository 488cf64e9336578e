import json

from pratique.formats.sbom._read_spdx import read_spdx_json
from pratique.kit.limits import DEFAULT


def document(*packages: object, **more: object) -> bytes:
    return json.dumps({"spdxVersion": "SPDX-2.3", "packages": list(packages)} | more).encode()


def package(name: str, purl: str = "", **more: object) -> dict:
    refs = [
        {"referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl", "referenceLocator": purl}
    ]
    return {"name": name, "SPDXID": f"SPDXRef-{name}", "externalRefs": refs if purl else []} | more


def test_what_holds_packages_is_none():
    """Images, folders and lock files without a package URL are passed over, by purpose or by name."""
    found = read_spdx_json(
        document(
            package("image", primaryPackagePurpose="CONTAINER"),
            package("image2", "pkg:oci/x@sha256:00"),
            package("lock", SPDXID="SPDXRef-Application-1"),
            package("a", "pkg:npm/a@1"),
            package("nameless"),
        ),
        DEFAULT,
    )
    assert [one.name for one in found.packages] == ["a", "nameless"]


def test_the_operating_system_is_told_by_purpose_or_name():
    """Newer Trivy gives a purpose, older only an identifier."""
    for sign in (
        {"primaryPackagePurpose": "OPERATING-SYSTEM"},
        {"SPDXID": "SPDXRef-OperatingSystem-1"},
    ):
        found = read_spdx_json(document(package("alpine", versionInfo="3.16.0", **sign)), DEFAULT)
        assert [(one.id, one.version) for one in found.distros] == [("alpine", "3.16.0")]


def test_layers_of_trivy_in_annotations_and_attributions():
    """Both places that Trivy has used are read."""
    layer = "sha256:" + "d4" * 32
    for place in (
        {"annotations": [{"comment": f"LayerDiffID: {layer}"}]},
        {"attributionTexts": [f"LayerDiffID: {layer}"]},
    ):
        (one,) = read_spdx_json(document(package("a", "pkg:npm/a@1", **place)), DEFAULT).packages
        assert one.facts["layer:diff_id"] == layer


def test_licences_are_spelt_out():
    """A reference becomes its text; declared comes before concluded; nothing stays nothing."""
    extracted = [{"licenseId": "LicenseRef-1", "name": "Beerware", "extractedText": "…"}]
    found = read_spdx_json(
        document(
            package("a", "pkg:npm/a@1", licenseDeclared="LicenseRef-1", licenseConcluded="MIT"),
            package("b", "pkg:npm/b@1", licenseDeclared="NONE", licenseConcluded="MIT"),
            package("c", "pkg:npm/c@1", licenseDeclared="NOASSERTION"),
            hasExtractedLicensingInfos=extracted,
        ),
        DEFAULT,
    )
    assert [one.licences for one in found.packages] == [("Beerware",), ("MIT",), ()]


def test_needs_in_either_direction():
    """``A DEPENDS_ON B`` and ``B DEPENDENCY_OF A`` say the same."""
    for left, kind, right in (("a", "DEPENDS_ON", "b"), ("b", "DEPENDENCY_OF", "a")):
        edge = {
            "spdxElementId": f"SPDXRef-{left}",
            "relationshipType": kind,
            "relatedSpdxElement": f"SPDXRef-{right}",
        }
        content = document(
            package("a", "pkg:npm/a@1"), package("b", "pkg:npm/b@1"), relationships=[edge]
        )
        assert [one.needs for one in read_spdx_json(content, DEFAULT).packages] == [("b",), ()]
