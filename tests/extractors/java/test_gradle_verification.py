"""List the packages whose files Gradle verifies."""

import pytest
from hypothesis import given

from pratique.extractors.java import gradle_verification
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

METADATA = b"""<?xml version="1.0"?><verification-metadata><components>
<component group="g" name="code" version="1"><artifact name="code-1.jar"/></component>
<component group="g" name="parent" version="1"><artifact name="parent-1.pom"/></component>
<component group="g" name="trusted" version="1"/>
<component group="g" version="1"><artifact name="x.jar"/></component>
</components></verification-metadata>"""


def _extract(content: bytes, path: str = "gradle/verification-metadata.xml") -> Extraction:
    return gradle_verification.extract_file(layer_file(path, content))


def test_a_component_counts_when_it_has_code() -> None:
    """Or names no files at all; one without a name is told."""
    found = _extract(METADATA)

    assert [one.name for one in found.packages] == ["g:code", "g:trusted"]
    assert len(found.unknowns) == 1


@pytest.mark.parametrize("content", [b"", b"<x/>", b"<!DOCTYPE x><verification-metadata/>"])
def test_what_is_no_metadata_is_refused(content: bytes) -> None:
    """A document type too."""
    with pytest.raises(FormatError):
        _extract(content)


def test_the_file_of_a_dependency_is_passed_over() -> None:
    """It says what its authors used."""
    assert _extract(METADATA, "a/node_modules/b/verification-metadata.xml") == Extraction()


@given(mutated(METADATA))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
