"""A mistake in a sequence refuses the file, with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.correlation.language import read_sequence, read_time
from pratique.model.errors import UsageError

HEAD = "pratique-sequence: 1\nname: x\ntitle: t\npriority: Error\nwithin: 1m\n"
STEP = "steps: [{name: a, rules: [r], count: 2}]\n"


def test_a_sequence_is_read() -> None:
    sequence = read_sequence((HEAD + STEP).encode(), "x.yaml")
    assert (sequence.within_ns, sequence.steps[0].count) == (60 * 10**9, 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (HEAD.replace(": 1\n", ": 2\n", 1) + STEP, "must be 1"),
        (HEAD.replace("x", "X y", 1) + STEP, "'X y' is no name"),
        (HEAD, "x.yaml:1:1: .*steps"),
        (HEAD + "steps: [{name: a, rules: [r]}]", "counts once is an alert"),
        (HEAD + "steps: [{name: a, rules: [r], optional: true}]", "1 to 12 steps"),
        (HEAD + "steps: [{name: a, count: 2}]", "fits every alert"),
        (HEAD + "steps: [{name: a, rules: [r], count: 0}]", "count is 1 to"),
        (HEAD + "steps: [{name: a, rules: [r], distinct: x}, {name: b, tags: [t]}]", "distinct"),
        (HEAD + "steps: [{name: a, rule: r}]", "x.yaml:6:19: .*`rule`"),
        (HEAD.replace("1m", "soon") + STEP, "'soon' is no duration"),
        (HEAD.replace("1m", "9d") + STEP, "within is"),
        (HEAD.replace("1m", "0s") + STEP, "within is"),
        (HEAD.replace("Error", "Bad") + STEP, "x.yaml:4:11: priority"),
    ],
)
def test_a_mistake_refuses_the_file(content: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_sequence(content.encode(), "x.yaml")


@given(st.text(max_size=8))
def test_a_duration_is_read_or_refused(text: str) -> None:
    try:
        assert read_time(text, "x") >= 0
    except UsageError as error:
        assert "no duration" in str(error)  # noqa: PT017 - either is right
