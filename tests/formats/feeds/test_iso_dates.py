"""Dates of all publishers come out in one comparable form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.feeds.iso_dates import iso_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2018-04-26 17:17:00", "2018-04-26T17:17:00Z"),
        ("2023-09-12 15:15:00 UTC", "2023-09-12T15:15:00Z"),
        ("2024-10-10T12:04:24.575063301Z", "2024-10-10T12:04:24Z"),
        ("2024-10-10T12:04Z", "2024-10-10T12:04:00Z"),
        ("2025-11-21T14:31:32+00:00", "2025-11-21T14:31:32Z"),
        ("2024-11-18T01:00:00+02:00", "2024-11-17T23:00:00Z"),
        ("2024-07-01", "2024-07-01"),
        ("2024-07-01T00:00:00.000", "2024-07-01T00:00:00Z"),
        ("unknown", ""),
        ("", ""),
        ("0001-01-01T00:00:00+23:59", ""),
    ],
)
def test_known_shapes(text: str, date: str) -> None:
    """Each shape a publisher uses is understood; anything else is no date."""
    assert iso_date(text) == date


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_nothing(text: str) -> None:
    """Whatever the text, the result is empty or begins with a day."""
    date = iso_date(text)

    assert date == "" or (date[4] == "-" and date[7] == "-")
