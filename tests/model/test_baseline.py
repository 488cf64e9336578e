"""The values of a baseline are sets: they sort, compare and travel unchanged."""

import msgspec
from hypothesis import given

from pratique.model.baseline import Baseline
from tests.makers.baselines import baselines


@given(baselines)
def test_a_baseline_travels_unchanged(one: Baseline) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Baseline) == one
    assert min(one.processes, default=None) == next(iter(sorted(one.processes)), None)
    assert len({one, one}) == 1
