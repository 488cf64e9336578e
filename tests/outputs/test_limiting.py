"""What comes too often is folded, never dropped."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.outputs.limiting import Limiter, Rate
from tests.makers.alerts import NOW_NS, alert

SECOND = 10**9
RATE = Rate(burst=3, every_s=10)


def at(seconds, **changed):
    return alert(time_ns=NOW_NS + int(seconds * SECOND), workload=None, **changed)


def test_a_burst_goes_through_and_the_rest_folds() -> None:
    """Three at once; the other ninety-seven are one alert with their count and both its times."""
    limiter = Limiter(RATE)
    out = [told for number in range(100) for told in limiter.take(at(number / 100))]

    (rest,) = limiter.flush()
    assert len(out) == 3
    assert rest.count == 97
    assert rest.time_ns == at(0.03).time_ns
    assert rest.last_ns == at(0.99).time_ns


def test_what_was_held_goes_out_in_time() -> None:
    """With the next one when a token is there, or when somebody asks."""
    limiter = Limiter(RATE)
    for _ in range(5):
        limiter.take(at(0))

    assert limiter.due(NOW_NS + 9 * SECOND) == []
    (told,) = limiter.due(NOW_NS + 11 * SECOND)
    assert told.count == 2
    assert limiter.held == 0


def test_rules_and_containers_do_not_share() -> None:
    """A noisy rule does not silence another."""
    limiter = Limiter(RATE)
    for _ in range(50):
        limiter.take(at(0))

    assert limiter.take(at(0, rule="other"))


kinds = st.tuples(st.integers(0, 5), st.integers(0, 100), st.integers(1, 4))


@given(st.lists(kinds, max_size=80), st.integers(1, 4))
def test_counts_are_kept(stream, keys) -> None:
    """However many rules share however few places: what went in comes out, and the table is bounded."""
    limiter, out = Limiter(RATE, max_keys=keys), []
    for rule, seconds, count in stream:
        out += limiter.take(at(seconds, rule=str(rule), count=count))
        out += limiter.due(NOW_NS + seconds * SECOND)
        assert limiter.held <= keys
    out += limiter.flush()

    for name in {str(rule) for rule, _, _ in stream}:
        went_in = sum(count for rule, _, count in stream if str(rule) == name)
        assert sum(one.count for one in out if one.rule == name) == went_in
