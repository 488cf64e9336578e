import msgspec

from pratique.formats.sbom.cyclonedx import Bom, Component, Vulnerability


def test_field_names_are_those_of_the_specification():
    """What Python cannot spell is renamed; what is unset is not written."""
    assert msgspec.json.encode(Component(type="library", name="x", bom_ref="r")) == (
        b'{"type":"library","name":"x","bom-ref":"r"}'
    )
    assert Bom.__struct_encode_fields__[:4] == (
        "$schema",
        "bomFormat",
        "specVersion",
        "serialNumber",
    )
    assert Vulnerability.__struct_encode_fields__[0] == "bom-ref"
