"""Law: no types named means everything, all opens included."""

from pratique.model.interest import EVERYTHING


def test_everything_holds_nothing_back() -> None:
    assert EVERYTHING.types == frozenset()
    assert EVERYTHING.every_open
