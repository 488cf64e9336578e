"""Prove what is read of a modules.txt beyond the extracts of real ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.go.go_vendor import extract_file
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file


def _extract(content: bytes | str, path: str = "srv/vendor/modules.txt"):
    return extract_file(layer_file(path, content))


def test_a_module_replaced_by_a_folder_is_left_out():
    """It has no version."""
    assert _extract("# a.b/c v1.0.0 => ./c\na.b/c\n").packages == ()


def test_a_header_that_is_not_understood_is_said():
    """Once for the file."""
    found = _extract("# a.b/c\na.b/c\n# a.b/d v1 extra words\na.b/d\n")

    assert found.packages == ()
    assert "2 entries" in found.unknowns[0].reason


def test_what_a_dependency_vendored_is_not_listed():
    """Nor is text that is none."""
    assert _extract("# a.b/c v1.0.0\na.b/c\n", "node_modules/x/vendor/modules.txt").packages == ()
    with pytest.raises(FormatError):
        _extract(b"\xff")


@given(st.text(max_size=200))
def test_arbitrary_text_raises_nothing(text):
    """Every text is lines."""
    _extract(text)
