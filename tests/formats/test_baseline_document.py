"""A baseline is written for people, and read back equal."""

import pytest
from hypothesis import given

from pratique.detections.baseline.merging import normal
from pratique.formats.baseline_document import read_baseline, write_baseline
from pratique.model.baseline import Baseline
from pratique.model.errors import UsageError
from tests.makers.baselines import WEB_BASELINE, baselines


def test_the_example_is_read_back() -> None:
    written = write_baseline(WEB_BASELINE)
    assert read_baseline(written, "web.yaml") == WEB_BASELINE
    assert b"- db.example.org:5432/tcp" in written


@given(baselines)
def test_what_is_read_is_what_was_written(one: Baseline) -> None:
    one = normal(one)
    found = read_baseline(write_baseline(one), "x")
    assert normal(found) == one


def test_hostile_names_stay_inside_their_quotes() -> None:
    name = "/x\n- path: /bin/evil\x1b[31m\u202e'\""
    found = write_baseline(Baseline(digest="", workload="x", writes=(name,)))
    assert read_baseline(found, "x").writes == (name,)
    assert found.isascii()
    assert b"\x1b" not in found


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("pratique-baseline: 2\nworkload: x", "must be 1"),
        ("pratique-baseline: 1", "x:1:1: .*workload"),
        ("pratique-baseline: 1\nworkload: x\nmode: watch", "x:3:7: mode"),
        ("pratique-baseline: 1\nworkload: x\nwrite: []", "x:3:1: .*`write`"),
        ("pratique-baseline: 1\nworkload: x\ndestinations: [here]", "'here' is no destination"),
        ("pratique-baseline: 1\nworkload: x\ndestinations: [a:99999/tcp]", "no destination"),
        ("pratique-baseline: 1\nworkload: x\nlistens: [80]", "is no port"),
        ("pratique-baseline: 1\nworkload: x\nlistens: [²/tcp]", "is no port"),
    ],
)
def test_a_mistake_refuses_the_file(content: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_baseline(content.encode(), "x")
