"""What waits arrives in order and at least once, however long and often the receiver is away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.journal import Journal
from pratique.outputs.channels.interface import NotDelivered
from pratique.outputs.delivery import NEVER, Courier, Pacing, Round

PACING = Pacing(jitter=lambda: 1.0, batch=4)


class Script:
    """A receiver that does what it is told: an exception, or None for taking everything."""

    def __init__(self, *answers):
        self.answers, self.got = list(answers), []

    def send(self, records):
        """Answer by the script; then take everything."""
        answer = self.answers.pop(0) if self.answers else None
        if answer is None:
            self.got += records
            return
        self.got += records[: answer.taken]
        raise answer

    def close(self):
        """Nothing is open."""


@pytest.fixture
def journal(tmp_path):
    """Give an empty journal."""
    made = Journal(tmp_path / "j", sync="never")
    yield made
    made.close()


def filled(journal, count):
    for number in range(count):
        journal.append(b"%d" % number)
    return [b"%d" % number for number in range(count)]


def test_a_receiver_that_is_away_for_a_minute(journal) -> None:
    """The waits double up to the cap; then everything arrives, in order, once."""
    wanted = filled(journal, 10)
    channel = Script(*[NotDelivered("away")] * 6)
    courier, now, waits = Courier(journal, channel, None, PACING), 0.0, []
    while (wait := courier.step(now)) != NEVER:
        waits.append(wait)
        now += wait

    assert waits[:6] == [1, 2, 4, 8, 16, 32]
    assert now == 63
    assert channel.got == wanted
    assert courier.failures == 6
    assert courier.away_since_s == 0


def test_it_is_not_asked_before_its_time(journal) -> None:
    """Also when something new was told meanwhile."""
    filled(journal, 1)
    channel = Script(NotDelivered("busy", wait_s=100))
    courier = Courier(journal, channel, None, PACING)

    assert courier.step(5) == 100
    assert courier.step(6) == 99
    assert channel.got == []
    assert courier.step(105) == NEVER


def test_what_was_taken_is_not_sent_again(journal) -> None:
    """A receiver that took two of four gets the third next."""
    wanted = filled(journal, 4)
    channel = Script(NotDelivered("broke", taken=2))
    courier = Courier(journal, channel, None, PACING)
    courier.step(0)
    courier.step(60)

    assert channel.got == wanted


def test_one_that_is_refused_is_set_aside(journal, tmp_path) -> None:
    """The others go on, and it can be looked at."""
    wanted = filled(journal, 4)
    aside = Journal(tmp_path / "aside")
    channel = Script(NotDelivered("HTTP 400", taken=1, refused=True))
    courier = Courier(journal, channel, aside, PACING)
    while courier.step(0) == 0.0:
        pass

    assert channel.got == [wanted[0], *wanted[2:]]
    assert aside.read(9).records == (wanted[1],)
    assert courier.refused == 1
    aside.close()


def test_waits_are_bounded() -> None:
    """After years of failing, still the cap."""
    assert Pacing(jitter=lambda: 1.0).wait_s(10_000) == 60.0
    assert Pacing(jitter=lambda: 0.0).wait_s(1) == 0.5


answers = st.one_of(st.none(), st.integers(0, 3).map(lambda taken: NotDelivered("no", taken=taken)))


@given(st.lists(answers, max_size=12), st.integers(0, 20))
@settings(max_examples=60)
def test_any_receiver(tmp_path_factory, answers, count) -> None:
    """Whatever it takes and refuses: in the end it has everything, in order, nothing twice."""
    journal = Journal(tmp_path_factory.mktemp("any") / "j", sync="never")
    wanted = filled(journal, count)
    usable = [one for one in answers if one is None or one.taken < min(count, 1)]
    channel, now = Script(*usable), 0.0
    courier = Courier(journal, channel, None, PACING)
    while (wait := courier.step(now)) != NEVER:
        now += wait
    journal.close()

    assert channel.got == wanted


def test_a_thread_delivers_what_is_told(journal) -> None:
    """Also what was told before it began and right before it ends."""
    wanted = filled(journal, 5)
    channel = Script()
    walking = Round(Courier(journal, channel, None, PACING), "x")
    for number in range(5, 50):
        journal.append(b"%d" % number)
        wanted.append(b"%d" % number)
        walking.told()
    walking.end(30)

    assert walking.ended
    assert channel.got == wanted


def test_an_end_does_not_wait_for_a_receiver_that_is_away(journal) -> None:
    """What it has not taken stays in the journal."""
    filled(journal, 3)
    walking = Round(Courier(journal, Script(*[NotDelivered("away")] * 99), None, PACING), "x")
    walking.end(30)

    assert walking.ended
    assert journal.waiting == 3
