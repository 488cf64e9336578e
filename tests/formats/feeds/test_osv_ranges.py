"""Prove that pairs of events hold exactly the versions that OSV's evaluation calls affected."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.feeds.osv_ranges import Event, pairs, widest

_NUMBERS = st.lists(st.integers(1, 30), min_size=1, max_size=8, unique=True).map(sorted)


def _events(numbers):
    return [
        Event(introduced=str(n)) if at % 2 == 0 else Event(fixed=str(n))
        for at, n in enumerate(numbers)
    ]


@given(_NUMBERS, st.integers(0, 31))
def test_pairs_hold_what_the_events_hold(numbers, version):
    """A version is in a pair exactly when the last event at or before it is an introduction."""
    before = [at for at, number in enumerate(numbers) if number <= version]

    found = pairs(_events(numbers), "SEMVER")

    held = any(
        int(one.introduced) <= version and (not one.fixed or version < int(one.fixed))
        for one in found
    )
    assert held == bool(before and before[-1] % 2 == 0)


def test_events_that_do_not_alternate_have_no_pairs():
    """Two introductions in a row, or an end before any, are not guessed at."""
    assert pairs([Event(introduced="0"), Event(introduced="2")], "SEMVER") is None
    assert pairs([Event(fixed="2")], "SEMVER") is None


def test_widest_takes_all_after_each_introduction():
    """Of two introductions both count, without an end."""
    found = widest([Event(introduced="1"), Event(introduced="3"), Event(fixed="4")], "SEMVER")

    assert [(one.introduced, one.fixed) for one in found] == [("1", ""), ("3", "")]
