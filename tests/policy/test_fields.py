"""Law: a field is what it should be, or the mistake is told at its place."""

import pytest

from pratique.formats.documents.placed_yaml import parse_placed
from pratique.model.errors import UsageError
from pratique.policy._fields import Fields

KNOWN = ("a", "b", "c")


def fields(content: str) -> Fields:
    return Fields(parse_placed(content.encode()), "p", "a thing", KNOWN)


def test_what_is_there_is_returned() -> None:
    found = fields("a: x\nb: [y, z]\nc: 1.5")
    assert (found.text("a"), found.texts("b"), found.number("c")) == ("x", ("y", "z"), 1.5)
    assert found.texts("a") == ("x",)
    assert found.choice("a", ("x", "w")) == "x"
    assert found.names() == KNOWN


def test_what_is_absent_has_its_default() -> None:
    found = fields("{}")
    assert (found.text("a"), found.texts("b"), found.has("c")) == ("", (), False)
    assert found.choice("a", ("x",), "x") == "x"
    assert found.items("b", 3) == ()


@pytest.mark.parametrize(
    ("content", "ask", "said"),
    [
        ("[a]", "text", "p:1:1: a thing is a mapping"),
        ("d: 1", "text", "p:1:4: a thing has no key 'd'"),
        ("a: [x]", "text", "p:1:4: a is text"),
        ("a: ' '", "text", "p:1:4: a is empty"),
        ("b: x", "text", "p:1:1: a thing needs a"),
        ("a: [x, {}]", "texts", "p:1:8: a is a list of text"),
        ("a: []", "texts", "p:1:4: a is empty"),
        ("a: -1", "number", "p:1:4: '-1' is no number of days"),
        ("a: nan", "number", "p:1:4: 'nan' is no number of days"),
        ("a: Bad", "name", "p:1:4: 'Bad' is no id"),
    ],
)
def test_a_mistake_is_told_at_its_place(content: str, ask: str, said: str) -> None:
    def read() -> object:
        found = fields(content)
        asked = {
            "text": lambda: found.text("a", needed=True),
            "texts": lambda: found.texts("a", needed=True),
            "number": lambda: found.number("a"),
            "name": lambda: found.name("a"),
        }
        return asked[ask]()

    with pytest.raises(UsageError) as caught:
        read()
    assert str(caught.value).startswith(said)


def test_lists_are_bounded() -> None:
    with pytest.raises(UsageError, match="more than 1 b"):
        fields("b: [x, y]").items("b", 1)


def test_an_expression_knows_where_it_begins() -> None:
    assert fields("a: 'x'").expression("a").column == 5
    block = fields("a: |\n   x").expression("a")
    assert (block.line, block.column, block.block) == (2, 4, True)
