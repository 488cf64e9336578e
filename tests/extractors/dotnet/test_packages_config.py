"""List the packages of a .NET Framework project."""

import pytest
from hypothesis import given

from pratique.extractors.dotnet import packages_config
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

CONFIG = b"""<?xml version="1.0"?><packages>
<package id="jQuery" version="3.4.1" targetFramework="net48" allowedVersions="[3,4)" />
<package id="StyleCop" version="5.0" developmentDependency="True" />
<package id="NoVersion" /></packages>"""


def _extract(content: bytes) -> Extraction:
    return packages_config.extract_file(layer_file("srv/packages.config", content))


def test_versions_are_exact() -> None:
    """A package without one is told."""
    found = _extract(CONFIG)

    assert [(one.name, one.version, one.scope) for one in found.packages] == [
        ("StyleCop", "5.0", "development"),
        ("jQuery", "3.4.1", ""),
    ]
    assert len(found.unknowns) == 1


@pytest.mark.parametrize("content", [b"", b"<configuration/>", b"<!DOCTYPE x><packages/>"])
def test_another_document_is_refused(content: bytes) -> None:
    """With the reason."""
    with pytest.raises(FormatError):
        _extract(content)


@given(mutated(CONFIG))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
