from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.text import columns, printable
from pratique.reports._ansi import ink
from pratique.reports._blocks import side_by_side, wrapped
from pratique.reports.interface import Style

PLAIN = ink(colour=False)


@given(
    st.lists(st.text(alphabet="ab…日", min_size=1, max_size=8), max_size=20), st.integers(20, 60)
)
def test_wrapped_lines_fit_and_lose_nothing(words: list[str], width: int):
    """Each line fits, and all words that can fit are there in order."""
    lines = wrapped(" ".join(words), width, "- ", "  ")
    assert all(columns(line) <= width for line in lines)
    assert " ".join(line[2:] for line in lines).split() == words


@given(st.text().map(printable), st.integers(20, 60))
def test_words_too_long_for_a_line_are_cut(text: str, width: int):
    """Even a word of a thousand letters leaves no line too wide."""
    assert all(columns(line) <= width for line in wrapped(text * 20, width, "- ", "  "))


@given(st.lists(st.text(max_size=30).map(printable), max_size=10), st.integers(20, 60))
def test_cells_fit_side_by_side(cells: list[str], width: int):
    """Cells fill a line and go on in the next; none is lost."""
    lines = side_by_side([(cell, "") for cell in cells], " | ", Style(width=width), PLAIN)
    assert all(columns(line) <= width for line in lines)
    assert len(lines) <= len(cells)
