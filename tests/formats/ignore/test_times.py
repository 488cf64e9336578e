"""Read the days and times at which rules end."""

from datetime import UTC, datetime

import pytest

from pratique.formats.ignore.times import instant


@pytest.mark.parametrize(
    "text", ["2030-01-02", "2030-01-02T00:00:00Z", "2030-01-02T01:00:00+01:00", " 2030-01-02 "]
)
def test_days_and_times_are_instants(text: str) -> None:
    """A day is its midnight in UTC."""
    assert instant(text) == datetime(2030, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "2030-13-01", "30.1.2030"])
def test_what_is_no_date_is_none(text: str) -> None:
    """It is for the reader to refuse or tell."""
    assert instant(text) is None
