"""A stretch goes to the licence that explains most of it; repetition costs no memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.licences import _texts
from pratique.licences._sketch import Reference, reference_of, sketch_of
from pratique.licences._texts import _fullest, _fullest_of, recognise
from pratique.model.errors import LimitExceeded

SHORT = [f"w{n}" for n in range(60)]
LONG = [*SHORT, *(f"x{n}" for n in range(30))]


def known(**texts: list[str]) -> Reference:
    return reference_of(tuple(sketch_of(name, words) for name, words in texts.items()))


REFERENCE = known(short=SHORT, long=LONG)


def test_the_part_is_not_told_beside_the_whole() -> None:
    """Either is found alone."""
    assert [one.expression for one in recognise(LONG, REFERENCE)] == ["long"]
    assert [one.expression for one in recognise(SHORT, REFERENCE)] == ["short"]


def test_a_text_that_lacks_too_much_is_not_told() -> None:
    """Half of it may be anything."""
    assert recognise(SHORT[:30], REFERENCE) == []
    (found,) = recognise(SHORT[:45], REFERENCE)
    assert found.share < _texts.LIKELY


def test_words_between_do_not_hide_a_text_and_far_ones_do_not_make_it() -> None:
    """Its parts must stand near each other."""
    between = [*SHORT[:30], "a1", "a2", *SHORT[30:]]
    apart = [*SHORT[:30], *(f"z{n}" for n in range(500)), *SHORT[30:]]

    assert [one.expression for one in recognise(between, REFERENCE)] == ["short"]
    assert recognise(apart, REFERENCE) == []


def test_a_text_that_stands_there_twice_is_told_twice() -> None:
    """Once more behind other words; what one licence took is not left for its cousin."""
    words = [*LONG, *(f"z{n}" for n in range(200)), *LONG, "a1", *SHORT]

    assert [one.expression for one in recognise(words, REFERENCE)] == ["long", "long", "short"]


def test_repetition_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of nothing but one licence's words, over and over, is given up."""
    monkeypatch.setattr(_texts, "HITS", 1000)

    with pytest.raises(LimitExceeded):
        recognise(SHORT * 50, REFERENCE)


@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 9)), min_size=1, max_size=40),
    st.integers(1, 60),
    st.integers(0, 8),
)
def test_the_fullest_stretch_is_found_in_parts(
    hits: list[tuple[int, int]], reach: int, least: int
) -> None:
    """Cut into blocks, most of which are passed over, it is the one that a walk over all finds."""
    ordered = sorted({at: (at, one) for at, one in hits}.values())
    whole = _fullest_of(ordered, reach)
    found = _fullest(ordered, reach, least)
    if whole[0] >= max(least, 1):
        assert found == whole
    else:
        assert found[0] < max(least, 1)
    most = max(len({one for at, one in ordered if end - reach <= at <= end}) for end, _ in ordered)
    assert whole[0] == most
