"""Read the header of Python's core metadata."""

import email

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages.python_metadata import parse_metadata, requirement_name


def test_the_first_of_repeated_fields_counts() -> None:
    """As importlib.metadata has it, whatever the case of the field's name."""
    found = parse_metadata(b"name: a\r\nVersion: 1\r\nName: b\r\nVERSION: 2\r\n")

    assert (found.name, found.version) == ("a", "1")


def test_a_line_that_is_no_field_ends_the_header() -> None:
    """As the reader of e-mails has it."""
    assert parse_metadata(b"Name: a\nno field here\nVersion: 1\n").version == ""
    assert parse_metadata(b"\nName: a\n").name == ""


@pytest.mark.parametrize(
    ("header", "licences"),
    [
        ("License-Expression: MIT OR Apache-2.0\nLicense: x\n", ("MIT OR Apache-2.0",)),
        ("License: MIT\nClassifier: License :: OSI Approved :: BSD License\n", ("MIT",)),
        (
            "License: UNKNOWN\nClassifier: License :: OSI Approved :: BSD License\n"
            "Classifier: License :: Public Domain\nClassifier: License :: OSI Approved\n",
            ("BSD License", "Public Domain"),
        ),
        ("License: Copyright (c)\n   All rights\n", ()),
        ("License: " + "x" * 200 + "\n", ()),
        ("", ()),
    ],
)
def test_licences_are_those_stated(header: str, licences: tuple[str, ...]) -> None:
    """An expression, a short word, classifiers; a whole text is no name."""
    assert parse_metadata(b"Name: a\n" + header.encode()).licences == licences


def test_names_that_are_no_words_are_empty() -> None:
    """So nothing that acts on a terminal becomes a name."""
    assert parse_metadata(b"Name: a\x1b[2J\nVersion: 1 2\n").name == ""
    assert parse_metadata(b"Name: a\nVersion: 1 2\n").version == ""


@given(st.lists(st.sampled_from(["Name: a", "Version: 1", " x", "Summary: y", "", "z"])))
def test_names_equal_those_of_the_reader_of_e_mails(lines: list[str]) -> None:
    """It is what importlib.metadata reads with."""
    text = "\n".join(lines)
    message = email.message_from_string(text)
    expected = (message.get("name") or "").split("\n")[0]

    found = parse_metadata(text.encode())

    if "\n" not in (message.get("name") or ""):
        assert found.name == expected


@given(st.text(max_size=60))
def test_a_requirement_begins_with_its_name(text: str) -> None:
    """The name is what stands before any mark."""
    assert text.startswith(requirement_name(text))
