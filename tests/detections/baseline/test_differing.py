"""What differs is told from both sides, and a pattern is no difference."""

from hypothesis import given
from msgspec.structs import replace

from pratique.detections.baseline.differing import Difference, differences
from pratique.detections.baseline.merging import normal
from pratique.model.baseline import Baseline, Listening
from tests.makers.baselines import WEB_BASELINE, baselines


def test_both_sides_are_told() -> None:
    new = replace(WEB_BASELINE, listens=(Listening(80), Listening(8443)), writes=())
    found = differences(WEB_BASELINE, new)
    assert Difference("listens", "added", "8443/tcp") in found
    assert Difference("listens", "removed", "443/tcp") in found
    assert ("writes", "removed") in {(one.kind, one.change) for one in found}


@given(baselines)
def test_a_baseline_does_not_differ_from_itself(one: Baseline) -> None:
    assert differences(one, one) == ()
    assert differences(normal(one), one) == ()


def test_a_pattern_holds_what_it_stands_for() -> None:
    one = replace(WEB_BASELINE, writes=("/var/cache/nginx/x",))
    assert not any(two.change == "added" for two in differences(WEB_BASELINE, one))
