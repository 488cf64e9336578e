from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.ruby._ruby_text import literals


@given(st.text(max_size=300))
def test_any_line_ends(line: str) -> None:
    """What is found is a part of the line."""
    assert all(text in line for text in literals(line))


def test_a_quote_that_is_not_closed_gives_nothing() -> None:
    """Half a literal is none."""
    assert literals('"a" "b') == ["a"]
