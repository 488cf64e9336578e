"""What a destination lost is told once, with its number and its reason."""

import pytest

from pratique.model.alert import Detector, Priority
from pratique.outputs.delivery import Standing
from pratique.outputs.troubles import LOST, Troubles

PLACE = "json=https://siem.example/in"


@pytest.mark.parametrize(
    ("standing", "count", "words"),
    [
        (Standing(dropped=3), 3, "3 dropped, the oldest first"),
        (Standing(not_kept=1), 1, "1 not kept"),
        (Standing(damaged=2), 2, "2 unreadable"),
        (Standing(refused=4, last_error="HTTP 400"), 4, "4 refused by the receiver"),
        (Standing(cut_bytes=17), 0, "17 bytes of the spool's end were torn"),
        (Standing(dropped=1, damaged=1), 2, "; 1 unreadable in the spool"),
    ],
)
def test_a_loss_is_told_once(standing: Standing, count: int, words: str) -> None:
    """With its place, and what the receiver said last."""
    troubles = Troubles(PLACE)
    told = troubles.news(standing, 5, "node-1")

    assert told is not None
    assert (told.rule, told.priority, told.detector) == (LOST, Priority.CRITICAL, Detector.SENSOR)
    assert (told.count, told.time_ns, told.node) == (count, 5, "node-1")
    assert words in told.output
    assert f"Alerts for {PLACE}: " in told.output
    assert standing.last_error in told.output
    assert dict(told.fields) == {"destination": PLACE, "lost": str(count)}
    assert troubles.news(standing, 6, "node-1") is None


def test_only_what_is_new_is_told() -> None:
    """Counts go on from the start of the watch; the alert has what came since the last one."""
    troubles = Troubles(PLACE)
    troubles.news(Standing(dropped=3, refused=1), 1, "")
    told = troubles.news(Standing(dropped=10, refused=1), 2, "")

    assert told is not None
    assert told.count == 7
    assert "refused" not in told.output


def test_a_receiver_that_is_away_has_lost_nothing() -> None:
    """What waits is not lost, and failures are no losses."""
    away = Standing(waiting=100, failures=9, away_since_s=60.0, last_error="refused", delivered=3)

    assert Troubles(PLACE).news(away, 1, "") is None
