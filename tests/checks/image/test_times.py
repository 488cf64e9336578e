"""Times of configs are read as RFC 3339 has them; anything else is none."""

import pytest

from pratique.checks.image._times import instant


@pytest.mark.parametrize("text", ["2026-01-20T10:00:00Z", "2026-01-20T11:00:00.123456789+01:00"])
def test_times(text: str) -> None:
    """With any number of digits behind the point, always with an offset."""
    found = instant(text)

    assert found is not None
    assert found.tzinfo is not None
    assert found.utctimetuple().tm_hour == 10


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01T00:00:00Z", "20260120", "9" * 500])
def test_no_times(text: str) -> None:
    """Nothing of the image is an exception."""
    assert instant(text) is None
