"""A limit may stand in two places; without a number it is none."""

import pytest

from pratique.checks.compose._limits import unlimited
from pratique.checks.compose.interface import scene_of, service


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([], 1),
        (["pids_limit: -1"], 1),
        (["pids_limit: 9"], 0),
        (["deploy: {resources: {limits: {pids: 9}}}"], 0),
        (["pids_limit: ${PIDS}"], 0),
    ],
)
def test_where_a_limit_stands(lines: list[str], count: int) -> None:
    """Here or under deploy; what a variable decides is not judged."""
    assert len(list(unlimited(scene_of(service(*lines)), "pids_limit", "pids", "n"))) == count
