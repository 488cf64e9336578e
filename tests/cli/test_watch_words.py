"""Law: what a watch could not do is said in its last line, in plain words, and nothing where all is well."""

from types import SimpleNamespace

from pratique.cli.watch_words import lacking, notes, waiting
from pratique.outputs.delivery import Standing


def watch(count: int, *unjudged: str, **standing: Standing) -> SimpleNamespace:
    """Return what is asked of a watch."""
    outlets = SimpleNamespace(standing=lambda: standing)
    return SimpleNamespace(given_up=lambda: count, unjudged=lambda: unjudged, outlets=outlets)


def test_what_got_no_answer() -> None:
    """With the count, on the screen and in the last line."""
    assert notes(watch(3)) == ("3 look-ups in containers got no answer",)
    assert lacking(watch(3)) == ", 3 look-ups in containers got no answer"
    assert (notes(watch(0)), lacking(watch(0))) == ((), "")


def test_who_has_no_baseline() -> None:
    """The first by name, the others by number; names are made harmless."""
    assert notes(watch(0, "db", "w\x1beb")) == ("no baseline for db, w\ufffdeb",)
    assert notes(watch(0, *"abcde")) == ("no baseline for a, b, c and 2 more",)


def test_what_nobody_took() -> None:
    """By receiver; one that took everything is not named."""
    assert waiting(watch(0, siem=Standing(waiting=2), file=Standing())) == ", 2 wait for siem"
