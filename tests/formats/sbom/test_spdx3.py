import msgspec

from pratique.formats.sbom import spdx3


def test_names_are_those_of_the_context():
    """Fields have the names of the JSON-LD context; what is unset is left out."""
    package = spdx3.Package(
        id="urn:x", creation_info=spdx3.CREATION_INFO, name="a", purpose="library", version="1"
    )
    assert msgspec.to_builtins(package) == {
        "type": "software_Package",
        "spdxId": "urn:x",
        "creationInfo": "_:creation",
        "name": "a",
        "software_primaryPurpose": "library",
        "software_packageVersion": "1",
    }
