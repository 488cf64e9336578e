"""Other bases stand in a Dockerfile in place of those it names, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile.rebase import rebase
from pratique.model.errors import FormatError

BASES = {"debian:12": "b:1", "golang:1": "b:2"}


@pytest.mark.parametrize(
    ("before", "after", "used"),
    [
        ("FROM debian:12\n", "FROM b:1\n", ("debian:12",)),
        ("FROM --platform=x debian:12 AS a\n", "FROM --platform=x b:1 AS a\n", ("debian:12",)),
        ("ARG V=12\nFROM debian:${V}\n", "ARG V=12\nFROM b:1\n", ("debian:12",)),
        ("FROM golang:1 AS x\nFROM x\n", "FROM b:2 AS x\nFROM x\n", ("golang:1",)),
        (
            "FROM debian:12\nCOPY --from=golang:1 /a /a\n",
            "FROM b:1\nCOPY --from=b:2 /a /a\n",
            ("debian:12", "golang:1"),
        ),
        ("FROM alpine\n# debian:12\n", "FROM alpine\n# debian:12\n", ()),
        (
            "FROM debian:12\nCOPY --chown=1 --from=golang:1 a b\n",
            "FROM b:1\nCOPY --chown=1 --from=b:2 a b\n",
            ("debian:12", "golang:1"),
        ),
    ],
)
def test_bases_are_put_in(before: str, after: str, used: tuple[str, ...]):
    """As they are written, or as they are once variables are known."""
    found = rebase(before.encode(), BASES)

    assert (found.content.decode(), found.used) == (after, used)


def test_a_stage_of_the_name_of_an_image_is_no_image():
    """FROM means the stage."""
    text = b"FROM a AS debian:12\nFROM debian:12\n"

    assert rebase(text, BASES).content == text


def test_a_base_as_it_is_written():
    """A name with variables can be given as it stands."""
    assert rebase(b"ARG V\nFROM a:$V\n", {"a:$V": "b"}).content == b"ARG V\nFROM b\n"


@given(st.binary(max_size=300))
def test_any_bytes_without_bases(content: bytes):
    """They stay as they are."""
    try:
        assert rebase(content, {}).content == content
    except FormatError:
        pass
