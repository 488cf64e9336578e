from msgspec.structs import replace

from pratique.model.advisory import FixState
from pratique.model.finding import Fix
from pratique.reports import _html_charts as charts
from tests.makers import report as made

LIVE = made.findings()[:10]


def numbers(bars: list[charts.Bar]) -> dict[str, tuple[int, ...]]:
    return {bar.label: tuple(piece.number for piece in bar.segments) for bar in bars}


def test_bars_add_up_to_the_findings():
    """Every finding is in one bar, with parts known or not."""
    assert sum(bar.total for bar in charts.by_severity_and_part(LIVE)) == len(LIVE)
    split = charts.by_severity_and_part(made.in_parts(LIVE))
    assert sum(bar.total for bar in split) == len(LIVE)
    assert numbers(split)["critical"] == (2, 0, 0)
    assert numbers(split)["high"] == (2, 2, 0)


def test_a_fix_that_must_be_bought_is_apart():
    """Free fixes, fixes of an offer and none are three pieces."""
    bought = replace(LIVE[2], fix=Fix(state=FixState.FIXED, version="9", offer="Ubuntu Pro"))
    assert numbers(charts.by_fix([bought, *LIVE[3:6]]))["high"] == (2, 1, 1)


def test_a_flaw_of_many_packages_has_one_age():
    """Ages count flaws; a date that cannot be read is not known, not new."""
    odd = replace(LIVE[9], published="some day")
    ages = numbers(charts.by_age([*LIVE[:2], odd], "2026-03-20T00:00:00Z"))
    assert ages == {"a month": (1,), "3 months": (0,), "a year": (0,), "3 years": (0,), "older": (0,), "not known": (1,)}  # fmt: skip


def test_the_chart_is_read_out_with_every_number():
    """Who cannot see the bars hears them."""
    (head,) = [line for line in charts.charts(made.in_parts(LIVE), made.NOW) if "severity:" in line]
    assert "critical 2 (2 base image); high 4 (2 base image, 2 own layers)" in head


def test_nothing_found_draws_nothing():
    """An empty chart says less than none; a strip of too many layers is none."""
    assert charts.charts((), made.NOW) == []
    assert charts.strip([(1, "x")] * 300) == []
