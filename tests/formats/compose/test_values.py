"""Values are what stands in the file, with variables put in and the node kept."""

import pytest

from pratique.formats.compose.values import NOTHING, Value, values_of
from pratique.formats.documents.yaml_nodes import read_nodes


def value(text: str) -> Value:
    """Return the values of a text."""
    return values_of("f", read_nodes(text.encode())[0].root, {"A": "1"})


@pytest.mark.parametrize(
    ("text", "truth"), [("true", True), ("'true'", True), ("y", True), ("NO", False), ("1", None)]
)
def test_truth(text: str, truth: bool | None):
    """Quotes do not count: Compose casts."""
    assert value(f"a: {text}").at("a").truth is truth


def test_what_is_there_and_what_is_not():
    """Null and absent are nothing; an empty list is one."""
    root = value("a:\nb: []\nc: {}\nd: x")

    assert [bool(root.at(key)) for key in "abcde"] == [False, True, True, True, False]
    assert (root.at("b").is_list, root.at("c").is_mapping) == (True, True)
    assert root.at("e", "f") is NOTHING


def test_written_is_what_the_file_itself_says():
    """Without any variable, whatever is set."""
    one = value("a: ${A:-x}${B:-y}${C}").at("a")

    assert (one.text, one.written, one.unset) == ("1y", "xy", ("C",))


def test_one_scalar_is_a_list_of_one():
    """As Compose has it for many fields."""
    assert [one.text for one in value("a: x").at("a").texts()] == ["x"]
    assert [one.text for one in value("a: [x, {}, y]").at("a").texts()] == ["x", "y"]


def test_what_cannot_be_filled_is_told():
    """It is not judged then."""
    told: list[tuple[int, str]] = []
    node = read_nodes(b"a: ${")[0].root
    root = values_of("f", node, {}, lambda line, reason: told.append((line, reason)))

    assert told == [(1, "a ${ that nothing closes")]
    assert root.at("a").unset == ("?",)
