"""Prove what is read of a Cargo.lock beyond the extracts of real ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.rust.cargo_lock import extract_file
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file

_SOURCE = 'source = "registry+https://github.com/rust-lang/crates.io-index"'


def _extract(content: bytes | str):
    return extract_file(layer_file("srv/Cargo.lock", content))


def test_the_root_of_old_files_is_a_package():
    """Before 2017 the project stood apart from its crates."""
    found = _extract(
        '[root]\nname = "m"\nversion = "0.1.0"\ndependencies = ["a 1.0.0 (x)"]\n'
        f'[[package]]\nname = "a"\nversion = "1.0.0"\n{_SOURCE}\n'
    )

    assert [(one.name, one.unpublished) for one in found.packages] == [("a", False), ("m", True)]
    assert found.packages[1].depends == ("a@1.0.0",)


def test_a_lock_without_crates_is_empty():
    """A version says that it is one."""
    assert _extract("version = 3\n").packages == ()


@pytest.mark.parametrize("content", ["", "a = 1", "[[package", b"\xff"])
def test_what_is_no_lock_is_refused(content):
    """Nothing in it is not the same as no crates."""
    with pytest.raises(FormatError):
        _extract(content)


@given(st.binary(max_size=200))
def test_arbitrary_bytes_raise_nothing_else(content):
    """Only FormatError."""
    try:
        _extract(b"[[package]]\n" + content)
    except FormatError:
        pass
