"""Nothing that a workload named acts on the terminal."""

from msgspec.structs import replace

from pratique.cli.baseline_words import (
    difference_lines,
    shown_lines,
    table_lines,
    verified_lines,
)
from pratique.detections.baseline.differing import differences
from pratique.detections.baseline.verifying import Refusal, Verification
from tests.makers.baselines import WEB_BASELINE

NAME = "/x\x1b[31m\n\u202ey"


def test_names_are_made_harmless() -> None:
    one = replace(WEB_BASELINE, workload=NAME, image=NAME, writes=(NAME,), names=(NAME,))
    refusal = Refusal(profile="mounts", reason=NAME, process=NAME, time_ns=0)
    lines = [
        *table_lines([one]),
        *shown_lines(one),
        *difference_lines(differences(WEB_BASELINE, one)),
        *verified_lines(Verification(acts=1, refusals=(refusal,), left_out=2)),
    ]
    assert all(line.isprintable() for line in lines)
    assert "and 2 more" in lines[-2]


def test_long_lists_are_cut_and_partial_ones_named() -> None:
    many = tuple(f"/srv/{number}" for number in range(100))
    lines = shown_lines(replace(WEB_BASELINE, writes=many, full=("writes",), syscalls_whole=False))
    assert "    … 40 more: -o json" in lines
    assert "  written: 100 (not all: too many)" in lines
    assert any("did not count them" in line for line in lines)
    assert "nothing was tried out" in verified_lines(Verification(acts=0, refusals=()))[0]
