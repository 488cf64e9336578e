import msgspec

from pratique.formats.sbom.spdx import Document, Package, Relationship


def test_field_names_are_those_of_the_specification():
    """Camel case, but for SPDXID; what is unset is not written."""
    assert Package.__struct_encode_fields__[:3] == ("SPDXID", "name", "downloadLocation")
    assert "hasExtractedLicensingInfos" in Document.__struct_encode_fields__
    assert msgspec.json.encode(Relationship("a", "CONTAINS", "b")) == (
        b'{"spdxElementId":"a","relationshipType":"CONTAINS","relatedSpdxElement":"b"}'
    )


def test_the_namespace_stands_before_what_the_image_says():
    """The report replaces the first nil UUID, which must be the namespace's."""
    fields = Document.__struct_encode_fields__
    assert fields.index("documentNamespace") < fields.index("name")
