"""Every built-in sequence fires on its own samples of attack, and on none of its honest ones."""

import pytest

from pratique.detections.correlation.built_in import built_in
from pratique.detections.correlation.language import Sequence, read_sequence
from pratique.detections.correlation.samples import alerts_of, try_samples

TWO = b"""
pratique-sequence: 1
name: two-steps
title: t
priority: Error
within: 1m
steps: [{name: a, rules: [a]}, {name: b, rules: [b]}]
fires: [{name: x, alerts: [{rule: a}]}]
silent: [{name: y, alerts: [{rule: a}, {rule: b, at: 1s}]}]
"""


@pytest.mark.parametrize("sequence", built_in(), ids=lambda sequence: sequence.name)
def test_samples_fire_and_stay_silent(sequence: Sequence) -> None:
    tried = list(try_samples(sequence))
    assert {one.wanted for one in tried} == {True, False}
    assert [one.sample.name for one in tried if one.fired != one.wanted] == []


@pytest.mark.parametrize("sequence", built_in(), ids=lambda sequence: sequence.name)
def test_every_step_is_needed(sequence: Sequence) -> None:
    """A sample that fires does not fire without its last alert."""
    sample = sequence.fires[0]
    short = type(sample)(name="short", alerts=sample.alerts[:-1])
    cut = read_again(sequence, short)
    assert [one.fired for one in try_samples(cut)] == [False]


def read_again(sequence: Sequence, sample: object) -> Sequence:
    from msgspec.structs import replace

    return replace(sequence, fires=(sample,), silent=())


def test_a_wrong_sample_is_seen_to_be_wrong() -> None:
    tried = list(try_samples(read_sequence(TWO, "two.yaml")))
    assert [(one.wanted, one.fired) for one in tried] == [(True, False), (False, True)]


def test_a_repeated_alert_stays_in_order_of_time() -> None:
    (sample,) = read_sequence(TWO, "x").silent
    times = [alert.time_ns for alert in alerts_of(sample)]
    assert times == sorted(times)
