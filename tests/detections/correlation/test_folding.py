"""Repeats are counted and told ever more rarely; none is ever lost."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.detections.correlation.folding import STEPS_NS, Folding
from pratique.model.alert import Alert, Priority
from tests.makers.happenings import SECOND, WEB


def alert(words: str, at: float, count: int = 1) -> Alert:
    time = int(at * SECOND)
    return Alert(
        rule="r",
        priority=Priority.WARNING,
        time_ns=time,
        last_ns=time,
        output=words,
        workload=WEB,
        count=count,
    )


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 4000), st.integers(1, 3))),
    st.integers(1, 4),
)
def test_counts_add_up(seen: list[tuple[str, int, int]], most: int) -> None:
    folding = Folding(most)
    told = []
    for words, at, count in sorted(seen, key=lambda one: one[1]):
        told += folding.see(alert(words, at, count))
    told += folding.flush(0, everything=True)

    assert sum(one.count for one in told) == sum(count for *_, count in seen)


def test_the_first_is_told_at_once_and_the_rest_ever_more_rarely() -> None:
    folding = Folding()
    told = [(at, one.count) for at in range(4000) for one in folding.see(alert("x", at))]
    assert [at for at, _ in told] == [0, 10, 70, 670]
    assert [count for _, count in told] == [1, 10, 60, 600]


def test_a_repeat_says_since_when_until_when() -> None:
    folding = Folding()
    for at in (0, 1, 2, 3):
        folding.see(alert("x", at))
    (one,) = folding.flush(11 * SECOND)
    assert (one.time_ns, one.last_ns, one.count) == (SECOND, 3 * SECOND, 3)
    assert folding.flush(12 * SECOND) == []


def test_figures_in_the_words_do_not_make_it_another() -> None:
    folding = Folding()
    assert len(folding.see(alert("pid 7 did it", 0))) == 1
    assert folding.see(alert("pid 8 did it", 1)) == ()
    assert len(folding.see(alert("pid 8 did that", 2))) == 1
    other = replace(alert("pid 8 did it", 3), workload=None)
    assert len(folding.see(other)) == 1


def test_after_a_long_silence_it_is_news_again() -> None:
    folding = Folding()
    folding.see(alert("x", 0))
    assert len(folding.see(alert("x", STEPS_NS[-1] / SECOND + 1))) == 1


def test_a_row_that_must_go_tells_what_it_held() -> None:
    folding = Folding(most=1)
    folding.see(alert("x", 0))
    folding.see(alert("x", 1))
    told = folding.see(alert("y", 2))
    assert [(one.output, one.count) for one in told] == [("y", 1), ("x", 1)]
    assert folding.forgotten == 1


def test_a_long_beginning_does_not_make_two_deeds_one() -> None:
    """Whoever pads what he does to the same beginning is told each time it differs."""
    folding = Folding()
    folding.see(alert("x" * 2000 + "harmless", 1))

    assert [one.count for one in folding.see(alert("x" * 2000 + "deed", 2))] == [1]
    assert list(folding.see(alert("x" * 2000 + "deed", 3))) == []


def test_what_was_quiet_for_long_takes_no_place() -> None:
    """Its next one is news anyway; what is still held back stays."""
    folding = Folding(most=2)
    for words, at in (("x", 0), ("y", 0), ("y", 1)):
        folding.see(alert(words, at))
    assert [one.count for one in folding.flush(4000 * SECOND)] == [1]
    folding.see(alert("z", 4001))
    assert folding.forgotten == 0
    assert folding.flush(8000 * SECOND) == []

    assert [len(folding.see(alert(words, 8000))) for words in "xyz"] == [1, 1, 1]
