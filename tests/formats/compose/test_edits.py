"""Edits touch what they say and nothing else: comments, order and line ends stay."""

import pytest

from pratique.formats.compose import edits
from pratique.formats.compose.values import Value, values_of
from pratique.formats.documents.yaml_nodes import read_nodes
from pratique.formats.edits import apply_edits
from pratique.model.edit import Edit


def read(text: str) -> tuple[bytes, Value]:
    """Return the bytes and the values of a text."""
    return text.encode(), values_of("f", read_nodes(text.encode())[0].root, {})


def after(content: bytes, found: tuple[Edit, ...]) -> str | None:
    """Return the text after an edit, None where there is none."""
    return apply_edits(content, found).decode() if found else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\nb: 2\n", "a: 1\n"),
        ("a: 1\nb: 2", "a: 1\n"),
        ("a: 1\nb: 2 # why\nc: 3\n", "a: 1\n# why\nc: 3\n"),
        ("a: 1\r\nb: 2\r\nc: 3\r\n", "a: 1\r\nc: 3\r\n"),
        ("é: 1\nb:\n  c: 2\n# end\n", "é: 1\n# end\n"),
        ("a: 1\nb: |\n  x\n  y\nc: 3\n", "a: 1\nc: 3\n"),
        ("b: 2\n", None),
        ("{a: 1, b: 2}\n", None),
        ("a: 1\nb: &x 2\nc: *x\n", None),
        ("a: 1\nb:\n  # kept\n  c: 2\n", None),
    ],
)
def test_remove_field(text: str, wanted: str | None):
    """Whole lines go; what others need stays."""
    content, root = read(text)
    assert after(content, edits.remove_field(content, root, "b")) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("l:\n  - a\n  - b # why\n", "l:\n  - a\n  # why\n"),
        ("l:\n- b\n- c\n", None),
        ("l:\n- a\n- b: 1\n  c: 2\n- d\n", "l:\n- a\n- d\n"),
        ("l: [a, b]\n", None),
    ],
)
def test_remove_item(text: str, wanted: str | None):
    """The second item goes with its dash, where the list is a block."""
    content, root = read(text)
    items = root.at("l")
    second = items.items[1]
    if wanted is None and not items.node.flow:
        second = Value()
    assert after(content, edits.remove_item(content, items, second)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("s:\n  a: 1 # one\n  b: 2\n", "s:\n  a: 1 # one\n  n:\n    - x\n  b: 2\n"),
        ("s:\n  a: 1", "s:\n  a: 1\n  n:\n    - x"),
        ("s:\n  a: |\n    t\n  b: 2\n", "s:\n  a: |\n    t\n  n:\n    - x\n  b: 2\n"),
        ("s:\r\n  a: 1\r\n", "s:\r\n  a: 1\r\n  n:\r\n    - x\r\n"),
        ("s: {a: 1}\n", None),
        ("s:\n  - a: 1\n", None),
    ],
)
def test_add_field(text: str, wanted: str | None):
    """Behind the first field, indented like it."""
    content, root = read(text)
    node = root.at("s").node
    node = node.items[0] if node.items else node
    assert after(content, edits.add_field(content, "f", node, ["n:", "  - x"])) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("l:\n  - a # one\n", "l:\n  - a # one\n  - x\n"),
        ("l:\n- a\nb: 1\n", "l:\n- a\n- x\nb: 1\n"),
        ("l: [a]\n", "l: [a, x]\n"),
        ("l:\n- - a\n", "l:\n- - a\n- x\n"),
        ("l: []\n", None),
    ],
)
def test_add_item(text: str, wanted: str | None):
    """Behind the last one, in either style."""
    content, root = read(text)
    assert after(content, edits.add_item(content, root.at("l"), "x")) == wanted


def test_rewrite():
    """A scalar of one line only; its quotes go with it."""
    content, root = read("a: '1' # one\nb: |\n  x\nc: &d 4\n")

    assert (
        after(content, edits.rewrite(content, root.at("a"), "2"))
        == "a: 2 # one\nb: |\n  x\nc: &d 4\n"
    )
    assert edits.rewrite(content, root.at("b"), "2") == ()
    assert edits.rewrite(content, root.at("c"), "2") == ()
