"""Techniques and tactics are told from tags of any other kind."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.outputs._tags import tactics, techniques
from tests.makers.alerts import texts


@given(st.lists(texts))
def test_any_tags_can_be_read(tags) -> None:
    """Hostile tags are no techniques."""
    assert set(techniques(tags)) <= set(tags)
    tactics(tags)


def test_near_misses_are_none() -> None:
    """A technique has four digits, and three below."""
    assert techniques(("T105", "T10590", "T1059.4", "xT1059", "T1059\n")) == ()
    assert tactics(("execution",)) == ()
