"""Baselines merge in any order, and merging again changes nothing."""

import pytest
from hypothesis import given

from pratique.detections.baseline.facts import Fact, Kind
from pratique.detections.baseline.knowing import Known
from pratique.detections.baseline.merging import merged, normal
from pratique.model.baseline import MAX_VALUES, Baseline, Mode
from pratique.model.errors import UsageError
from tests.makers.baselines import baselines


@given(baselines, baselines)
def test_the_order_does_not_matter(one: Baseline, other: Baseline) -> None:
    assert merged((one, other)) == merged((other, one))


@given(baselines)
def test_merging_with_itself_changes_nothing(one: Baseline) -> None:
    assert merged((one, one)) == merged((one,)) == normal(one)
    assert normal(normal(one)) == normal(one)


@given(baselines, baselines, baselines)
def test_the_grouping_does_not_matter(a: Baseline, b: Baseline, c: Baseline) -> None:
    assert merged((merged((a, b)), c)) == merged((a, merged((b, c)))) == merged((a, b, c))


@given(baselines, baselines)
def test_what_one_holds_the_whole_holds(one: Baseline, other: Baseline) -> None:
    known = Known(merged((one, other)))
    for kind in Kind:
        for value in getattr(one, kind.value):
            assert known.outside(Fact(kind, value)) is None


def test_a_kind_that_overflows_says_so() -> None:
    many = tuple(f"/etc/{number}x" for number in range(MAX_VALUES + 1))
    whole = normal(Baseline(digest="", workload="x", writes=many))
    assert len(whole.writes) == MAX_VALUES
    assert whole.full == ("writes",)


def test_only_one_workload_merges() -> None:
    with pytest.raises(UsageError, match="different workloads"):
        merged((Baseline(digest="", workload="x"), Baseline(digest="", workload="y")))
    with pytest.raises(UsageError, match="no baseline"):
        merged(())


def test_modes_that_differ_make_learning() -> None:
    one = Baseline(digest="", workload="x", mode=Mode.ENFORCE)
    other = Baseline(digest="", workload="x", mode=Mode.DETECT)
    assert merged((one, other)).mode is Mode.LEARN
    assert merged((one, one)).mode is Mode.ENFORCE
