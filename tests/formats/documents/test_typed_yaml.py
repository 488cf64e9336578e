"""A mistake in a file that a person wrote is told with its place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from pratique.formats.documents.typed_yaml import parse_typed
from pratique.model.errors import UsageError


class Step(Struct, forbid_unknown_fields=True):
    name: str
    count: int = 1


class Plan(Struct, forbid_unknown_fields=True):
    title: str
    steps: tuple[Step, ...] = ()


def test_texts_become_what_the_type_says() -> None:
    read = parse_typed(b"title: 7\nsteps:\n- {name: a, count: 3}\n", Plan, "p")
    assert read == Plan("7", (Step("a", 3),))


def test_an_empty_list_is_none_at_all() -> None:
    assert parse_typed(b"title: x\nsteps:\n", Plan, "p") == Plan("x")


def test_an_empty_text_in_quotes_is_a_text() -> None:
    assert parse_typed(b"title: ''\nsteps:\n", Plan, "p") == Plan("")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("title: x\nsteps:\n- name: a\n- name: b\n  count: many\n", r"^p:5:10: steps\[1\].count:"),
        ("title: x\nstep: []\n", r"^p:2:1: .*unknown field `step`"),
        ("steps: []\n", r"^p:1:1: .*missing required field `title`"),
        ("title: x\ntitle: y\n", r"^p:2:1: 'title' stands here twice"),
        ("title: [", r"^p:2:1: not YAML"),
        ("title: &a x", r"^p:1:8: an anchor"),
    ],
)
def test_a_mistake_is_told_with_its_place(content: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        parse_typed(content.encode(), Plan, "p")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Nothing but a UsageError leaves."""
    with suppress(UsageError):
        parse_typed(content, Plan, "p")
