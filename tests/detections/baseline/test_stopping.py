"""Enough is learnt when it was long enough, and quiet for long enough."""

from msgspec.structs import replace

from pratique.detections.baseline.stopping import Confidence, Criteria, standing
from tests.makers.baselines import SETTLED, WEB_BASELINE
from tests.makers.happenings import SECOND, START


def test_two_quiet_runs_make_sure() -> None:
    assert standing(WEB_BASELINE) == standing(WEB_BASELINE, Criteria())
    assert standing(WEB_BASELINE).confidence is Confidence.HIGH


def test_one_run_never_makes_more_than_medium() -> None:
    said = standing(replace(WEB_BASELINE, runs=SETTLED[:1]))
    assert said.settled
    assert said.confidence is Confidence.MEDIUM
    assert said.lacks == ("1 of 2 runs, for high confidence",)


def test_something_new_begins_the_quiet_anew() -> None:
    late = replace(SETTLED[0], newest_ns=START + 890 * SECOND)
    said = standing(replace(WEB_BASELINE, runs=(late,)))
    assert not said.settled
    assert said.lacks == ("nothing new for 10 s of 300 s",)


def test_what_is_lacking_is_said() -> None:
    short = replace(SETTLED[0], last_ns=START + 400 * SECOND, events=7)
    said = standing(replace(WEB_BASELINE, runs=(short,)))
    assert said.lacks == ("watched for 400 s of 600 s", "7 of 50 events")
    assert said.confidence is Confidence.LOW
