"""Hold what one VEX document says."""

from pratique.formats.vex.document import MAX_TEXT, words


def test_free_text_is_one_bounded_line() -> None:
    """Line breaks become spaces; what is too long says so."""
    assert words("a\n\tb") == "a b"
    cut = words("x" * 3 * MAX_TEXT)
    assert (len(cut), cut[-1]) == (MAX_TEXT, "…")
