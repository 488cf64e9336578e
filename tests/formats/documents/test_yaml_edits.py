"""An edit of YAML changes what it says and nothing else."""

import pytest

from pratique.formats.documents.yaml_edits import replace_value, set_field
from pratique.formats.documents.yaml_nodes import MISSING, read_nodes
from pratique.formats.edits import apply_edits


def made(text: str, at: tuple[str | int, ...], path: tuple[str, ...], value: str = "x") -> str:
    """Return a text with a field set."""
    node = read_nodes(text.encode())[0].root.at(*at)
    return apply_edits(text.encode(), set_field("f", text.encode(), node, path, value)).decode()


@pytest.mark.parametrize(
    ("text", "path", "after"),
    [
        ("a: 1 # c\n", ("b",), "a: 1 # c\nb: x\n"),
        ("a: 1", ("b",), "a: 1\nb: x"),
        ("a: 1\r\nb: 2\r\n", ("c", "d"), "a: 1\r\nb: 2\r\nc:\r\n  d: x\r\n"),
        ("a: {b: 1} # c\n", ("a", "d"), "a: {d: x, b: 1} # c\n"),
        ("a: {}\n", ("a", "d", "e"), "a: {d: {e: x}}\n"),
        ("a: # c\nb: 1\n", ("a", "d"), "a: # c\n  d: x\nb: 1\n"),
        ("a:\n  b: |\n    text\nc: 1\n", ("a", "d"), "a:\n  b: |\n    text\n  d: x\nc: 1\n"),
        ("a: 'old' # c\n", ("a",), "a: x # c\n"),
        ("a:\n    b: 1\n    # end\n", ("a", "c"), "a:\n    b: 1\n    c: x\n    # end\n"),
        ("{a: 1}", ("b",), "{b: x, a: 1}"),
        ("a: text\n", ("a", "b"), "a: text\n"),
        ("a: ~\n", ("a", "b"), "a: ~\n"),
    ],
)
def test_setting_a_field(text: str, path: tuple[str, ...], after: str) -> None:
    """Behind the last field, at its indentation; where that cannot be, nothing changes."""
    assert made(text, (), path) == after


def test_in_a_list() -> None:
    """Items begin behind their dash."""
    assert made("a:\n- b: 1\n- c: 2\n", ("a", 0), ("d",)) == "a:\n- b: 1\n  d: x\n- c: 2\n"


def test_what_is_not_there_is_not_replaced() -> None:
    """There are no bytes to change."""
    assert replace_value("f", MISSING, "x") == ()
