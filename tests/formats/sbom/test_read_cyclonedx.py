import json

import pytest

from pratique.formats.sbom._read_cyclonedx import VERSIONS, read_cyclonedx
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded


def bom(*components: object, **more: object) -> bytes:
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": list(components)}
    return json.dumps(document | more).encode()


def library(name: str, **more: object) -> dict:
    return {"type": "library", "name": name, "purl": f"pkg:npm/{name}@1", "bom-ref": name} | more


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_every_listed_version_is_read(version: str):
    """1.2 to 1.7 have the same members as far as they are read."""
    assert read_cyclonedx(bom(library("a"), specVersion=version), DEFAULT).packages[0].name == "a"


def test_nested_components_are_packages_too():
    """Components inside components, and inside the subject, are walked in order."""
    outer = library("a", components=[library("b", components=[library("c")])])
    root = {"component": {"type": "application", "name": "x", "components": [library("d")]}}
    names = [one.name for one in read_cyclonedx(bom(outer, metadata=root), DEFAULT).packages]
    assert names == ["d", "a", "b", "c"]


def test_needs_are_names():
    """References become the names of packages; what leads nowhere is left out."""
    edges = [{"ref": "a", "dependsOn": ["b", "nowhere"]}, {"ref": 5}, None]
    found = read_cyclonedx(bom(library("a"), library("b"), dependencies=edges), DEFAULT)
    assert [one.needs for one in found.packages] == [("b",), ()]


def test_null_members_are_absent_ones():
    """Some tools write null where they mean nothing."""
    empty = dict.fromkeys(("version", "licenses", "properties", "supplier", "components"))
    found = read_cyclonedx(bom(library("a") | empty, dependencies=None, metadata=None), DEFAULT)
    assert found.packages[0].version == ""
    assert found.problems == []


def test_a_malformed_component_costs_itself_only():
    """The others are read, and the damage is said."""
    found = read_cyclonedx(bom(library("a"), library("b", version=1), 7, library("c")), DEFAULT)
    assert [one.name for one in found.packages] == ["a", "c"]
    assert len(found.problems) == 2


def test_bounds():
    """Too many components and unknown versions are refused."""
    with pytest.raises(LimitExceeded):
        read_cyclonedx(bom(*[library("a")] * 3), Limits(packages=2))
    with pytest.raises(FormatError):
        read_cyclonedx(bom(specVersion="1.8"), DEFAULT)
