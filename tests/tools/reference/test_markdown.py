"""Docstrings keep their meaning as Markdown, and nothing in them becomes markup by accident."""

import pytest

from tools.reference import markdown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Take ``a*b``.", "Take `a*b`.\n"),
        ("Take a*b*.", "Take a\\*b\\*.\n"),
        ("Name <b>.", "Name &lt;b>.\n"),
        ("\nAs follows::\n\n    x = 1", "As follows:\n\n    x = 1\n"),
        ("Do.\n\n>>> f()\n1", "Do.\n\n```pycon\n>>> f()\n1\n```\n"),
    ],
)
def test_prose(said: str, shown: str) -> None:
    """Code stays code, text stays text, examples are fenced."""
    assert markdown.prose(said) == shown


def test_a_table_keeps_its_columns() -> None:
    """A bar or a line break inside a cell does not make another cell."""
    rows = markdown.table(["a", "b"], [["x | y", "1\n2"]]).splitlines()

    assert rows[2] == "| x \\| y | 1 2 |"
    assert len(rows) == 3


def test_the_first_line_may_be_wrapped() -> None:
    """A first paragraph over two lines is one line in a table."""
    assert markdown.first_line("\n    Do a thing\n    with care.\n\n    More.\n    ") == (
        "Do a thing with care."
    )
