"""Read the main section of a manifest."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.java.manifest import parse_manifest


def test_lines_of_72_bytes_are_joined() -> None:
    """Also where a character of several bytes is cut."""
    name = "Größe".encode()

    assert parse_manifest(b"Bundle-Name: " + name[:3] + b"\r\n " + name[3:] + b"\r\n") == {
        "bundle-name": "Größe"
    }


def test_the_section_ends_at_an_empty_line() -> None:
    """What follows speaks of single entries; empty lines before the first attribute do not count."""
    content = b"\nA: 1\n\nName: x.class\nB: 2\n"

    assert parse_manifest(content) == {"a": "1"}


def test_the_first_of_equal_names_counts() -> None:
    """Names ignore case."""
    assert parse_manifest(b"A: 1\na: 2\nno attribute\n lost\n") == {"a": "1"}


def test_old_line_ends_are_read() -> None:
    """The specification allows CR alone."""
    assert parse_manifest(b"A: 1\rB: 2\r") == {"a": "1", "b": "2"}


def test_a_value_cannot_grow_without_end() -> None:
    """Sixteen thousand characters are more than any name needs."""
    assert len(parse_manifest(b"A: 1\n" + b" xxxxxxxx\n" * 9000)["a"]) < 20_000


@given(st.binary(max_size=500))
def test_any_bytes_are_read(content: bytes) -> None:
    """A manifest is never an error."""
    assert all(isinstance(value, str) for value in parse_manifest(content).values())
