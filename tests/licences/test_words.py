"""What the matching guidelines call insignificant is gone; every word keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.licences._words import plain, spans, words


@pytest.mark.parametrize(
    "line",
    [
        "Copyright (c) 2020 Somebody <a@example.org>",
        "# Copyright 1999-2020 Somebody",
        " * (C) 2001 Somebody",
        "Copyright [yyyy] [name of copyright owner]",
        "© 2020 Somebody",
    ],
)
def test_lines_of_copyright_do_not_count(line: str) -> None:
    """In comments and templates too."""
    assert words(f"{line}\nUse it.") == ["use", "it"]


def test_sentences_about_copyright_count() -> None:
    """They are a part of the licence."""
    assert "notice" in words("The above copyright notice shall be kept in all copies.")


@given(st.text(max_size=300))
def test_words_stand_where_spans_say(text: str) -> None:
    """And lines are as many as before."""
    kept = plain(text)

    assert [kept[start:end] for start, end in spans(kept)] == words(text)
    assert kept.count("\n") == text.count("\n")
