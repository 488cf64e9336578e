"""Prove what is said of crates that programs record."""

import json
import zlib

import pytest

from pratique.extractors.rust.cargo_auditable import extract_file
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Scope
from tests.makers.layer_file import layer_file
from tests.makers.program_files import elf_of


def _extract(*crates: dict[str, object]):
    record = zlib.compress(json.dumps({"packages": crates}).encode())
    return extract_file(layer_file("usr/bin/t", elf_of({".dep-v0": record})))


@pytest.mark.parametrize(
    ("source", "unpublished"),
    [("crates.io", False), ("git", False), ("local", True), ("registry", True), ("", True)],
)
def test_only_crates_that_may_be_published_are_matched(source, unpublished):
    """A crate of equal name that is not from crates.io has nothing to do with its advisories."""
    found = _extract({"name": "rand", "version": "0.8.5", "source": source})

    assert found.packages[0].unpublished is unpublished


def test_what_only_macros_needed_is_for_development():
    """It is not in the program."""
    found = _extract({"name": "syn", "version": "2.0.0", "source": "crates.io", "kind": "build"})

    assert found.packages[0].scope is Scope.DEVELOPMENT


def test_dependencies_are_named_with_their_versions():
    """A program may hold two versions of a crate; positions outside the list are none."""
    needs = {"name": "a", "version": "1.0.0", "source": "crates.io", "dependencies": [1, 99, -1]}

    found = _extract(needs, {"name": "b", "version": "2.0.0", "source": "crates.io"})

    assert found.packages[0].depends == ("b@2.0.0",)


def test_impossible_names_are_left_out_and_said():
    """They come from the image, and go to terminals."""
    found = _extract({"name": "a b", "version": "1"}, {"name": "c", "version": "1"})

    assert [one.name for one in found.packages] == ["c"]
    assert "1 crates with impossible names" in found.unknowns[0].reason


def test_dependencies_without_end_are_a_limit():
    """Each may name every crate."""
    crate = {"name": "a", "version": "1", "dependencies": [0] * 600_000}

    with pytest.raises(LimitExceeded):
        _extract(crate)


def test_a_damaged_record_is_refused():
    """It is not a program without crates."""
    with pytest.raises(FormatError):
        extract_file(layer_file("t", elf_of({".dep-v0": b"x"})))


def test_other_files_are_nothing():
    """Neither packages nor Unknowns."""
    assert extract_file(layer_file("t", elf_of({".text": b"x"}))).packages == ()
    assert extract_file(layer_file("t", b"MZ is a text")).packages == ()
