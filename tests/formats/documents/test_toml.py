"""TOML of an image."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.documents.toml import parse_toml
from pratique.model.errors import FormatError, LimitExceeded


def test_a_lockfile_is_read_as_written() -> None:
    content = b'[[package]]\nname = "serde"\nversion = "1.10"\ndependencies = ["a", "b 2"]\n'
    (package,) = parse_toml(content)["package"]  # type: ignore[misc]
    assert package == {"name": "serde", "version": "1.10", "dependencies": ["a", "b 2"]}


@pytest.mark.parametrize(
    "content",
    [
        b"a = " + b"[" * 100_000,
        b"a" + b".a" * 100_000 + b" = 1",
        b"[a" + b".a" * 100_000 + b"]",
        b"x = {a" + b".a" * 100_000 + b" = 1}",
        b"a = [" + b"1," * 1_000_001 + b"]",
    ],
)
def test_what_would_take_all_memory_is_refused(content: bytes) -> None:
    """A dotted key of n parts costs the decoder n * n."""
    with pytest.raises(LimitExceeded):
        parse_toml(content)


def test_dots_inside_strings_are_no_parts_of_a_key() -> None:
    """A list of many file names on one line is common."""
    names = ", ".join(f'"file-{n}.tar.gz"' for n in range(100))
    assert len(parse_toml(f"files = [{names}]".encode())["files"]) == 100  # type: ignore[arg-type]


@pytest.mark.parametrize("content", [b"a", b"a = 1\na = 2", b"\xff = 1", b"a = 2020-13-45"])
def test_what_is_no_toml_is_a_format_error(content: bytes) -> None:
    with pytest.raises(FormatError):
        parse_toml(content)


@given(st.binary() | st.text(alphabet="a=[]{}.\"'\n#1e,-").map(str.encode))
def test_any_bytes_give_a_document_or_a_format_error(content: bytes) -> None:
    try:
        assert isinstance(parse_toml(content), dict)
    except FormatError:
        pass
