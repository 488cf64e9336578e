"""Prove that what is no glide.lock is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.go.glide_lock import extract_file
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file


@pytest.mark.parametrize("content", ["", "a: 1", "[", "- imports"])
def test_what_is_no_lock_is_refused(content):
    """Nothing in it is not the same as no imports."""
    with pytest.raises(FormatError):
        extract_file(layer_file("glide.lock", content))


def test_an_import_without_a_version_is_said():
    """It is left out."""
    found = extract_file(layer_file("glide.lock", "imports:\n- name: a.b/c\n- 5\n"))

    assert (found.packages, len(found.unknowns)) == ((), 1)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_nothing_else(content):
    """Only FormatError."""
    try:
        extract_file(layer_file("glide.lock", b"imports:\n" + content))
    except FormatError:
        pass
