"""Laws: every value knows its place, no text has a meaning, and what surprises is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.documents.placed_yaml import MisplacedYaml, Placed, parse_placed
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded


def field(content: bytes, *path: str | int) -> Placed:
    """Return a value inside a document."""
    value = parse_placed(content)
    for step in path:
        inside = value.items if isinstance(step, int) else value.fields
        assert inside is not None
        value = inside[step]  # type: ignore[index]
    return value


def test_places_count_from_one() -> None:
    content = b"a: 1\nb:\n  - c: x\n    d: 'y'\n"
    found = field(content, "b", 0, "d")
    assert (found.text, found.line, found.column, found.begins) == ("y", 4, 8, (4, 9))


def test_text_in_block_style_begins_on_the_next_line() -> None:
    found = field(b"a:\n  e: |\n      one\n      two\n", "a", "e")
    assert (found.text, found.begins, found.block) == ("one\ntwo\n", (3, 7), True)


def test_no_text_has_a_meaning() -> None:
    assert [field(b"[no, 1.10, ~, 2026-01-01]", at).text for at in range(4)] == [
        *("no", "1.10"),
        *("~", "2026-01-01"),
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"a: 1\na: 2", (2, 1)),
        (b"a: &x 1\nb: *x", (1, 4)),
        (b"a: !!python/object:os.system x", (1, 4)),
        (b"a: 1\n---\nb: 2", (2, 1)),
        (b"? [x]\n: 1", (1, 3)),
        (b"a: [1\n", (2, 1)),
    ],
)
def test_what_surprises_is_refused_where_it_stands(content: bytes, place: tuple[int, int]) -> None:
    with pytest.raises(MisplacedYaml) as caught:
        parse_placed(content)
    assert (caught.value.line, caught.value.column) == place


def test_depth_and_size_are_bounded() -> None:
    with pytest.raises(LimitExceeded):
        parse_placed(b"[" * 200 + b"]" * 200)
    with pytest.raises(LimitExceeded):
        parse_placed(b"a,\n" * 20, Limits(document_values=10))


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_value_or_a_told_mistake(content: bytes) -> None:
    try:
        found = parse_placed(content)
    except FormatError:
        return
    assert isinstance(found, Placed)
