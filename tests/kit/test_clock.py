"""Time comes from one place, and SOURCE_DATE_EPOCH decides it where it is set."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.kit.clock import booted_ns, iso, now, steady_ns
from pratique.model.errors import UsageError


@given(st.integers(min_value=0, max_value=253402300799))
def test_source_date_epoch_is_the_time(seconds: int) -> None:
    """Any second up to the year 9999 is taken as it is."""
    assert seconds == now({"SOURCE_DATE_EPOCH": str(seconds)}).timestamp()


def test_without_it_the_clock_decides() -> None:
    """The time is UTC, in whole seconds, and is that of this moment."""
    moment = now({})

    assert moment.tzinfo == UTC
    assert moment.microsecond == 0
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=5)


def test_an_empty_value_is_no_value() -> None:
    """A variable that is set to nothing counts as unset, as for other tools."""
    assert now({"SOURCE_DATE_EPOCH": ""}).year >= 2026


@pytest.mark.parametrize("text", ["yesterday", "1.5", "1e9", "9" * 30, "9" * 5000, "-" * 3])
def test_what_is_no_number_of_seconds_is_a_usage_error(text: str) -> None:
    """A typing error is said aloud with a hint, not replaced by the clock."""
    with pytest.raises(UsageError) as caught:
        now({"SOURCE_DATE_EPOCH": text})

    assert len(str(caught.value)) < 120
    assert "git log" in caught.value.hint()


@given(st.datetimes(timezones=st.just(UTC)))
def test_iso_keeps_the_second(moment: datetime) -> None:
    """Reading the text back gives the same second, and the text has 20 characters in every year."""
    text = iso(moment)

    assert moment.replace(microsecond=0) == datetime.fromisoformat(text)
    assert len(text) == 20


def test_iso_says_utc_whatever_the_zone() -> None:
    """A moment of another zone is converted, not relabelled."""
    moment = datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))

    assert iso(moment) == "2025-12-31T23:00:00Z"


def test_whoever_sets_the_clock_changes_no_time_of_what_is_watched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An hour back or forth: what came later has the later time, and the machine started when it did."""
    before, booted = steady_ns(), booted_ns()
    for hours in (-1, 1):
        wall = time.time_ns() + hours * 3600 * 10**9
        monkeypatch.setattr(time, "time_ns", lambda wall=wall: wall)
        after = steady_ns()
        monkeypatch.undo()
        assert 0 <= after - before < 600 * 10**9
        assert booted_ns() == booted
        before = after
