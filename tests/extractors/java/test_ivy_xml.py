"""List the dependencies of an Ivy module."""

import pytest
from hypothesis import given

from pratique.extractors.java import ivy_xml
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

IVY = b"""<ivy-module version="2.0"><dependencies>
<dependency org="g" name="a" rev="1.0" conf="compile,test->default"/>
<dependency org="g" name="b" rev="1.0" conf="test->default"/>
<dependency org="g" name="c" rev="[1.0,2.0)"/><dependency org="g" name="d" rev="latest.release"/>
<dependency org="g" name="e" rev="1.+"/><dependency name="own" rev="1.0"/>
</dependencies></ivy-module>"""


def _extract(content: bytes, path: str = "ivy.xml") -> Extraction:
    return ivy_xml.extract_file(layer_file(path, content))


def test_only_exact_revisions_are_pins() -> None:
    """A dependency of the module's own organisation has no group to be matched by."""
    found = _extract(IVY)

    assert [(one.name, one.scope) for one in found.packages] == [
        ("g:a", ""),
        ("g:b", "development"),
    ]


@pytest.mark.parametrize("content", [b"", b"<x/>", b"<!DOCTYPE x><ivy-module/>"])
def test_another_document_is_refused(content: bytes) -> None:
    """With the reason."""
    with pytest.raises(FormatError):
        _extract(content)


def test_the_module_of_a_dependency_is_passed_over() -> None:
    """It says what its authors used."""
    assert _extract(IVY, "a/node_modules/b/ivy.xml") == Extraction()


@given(mutated(IVY))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
