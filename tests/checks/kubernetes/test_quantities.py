"""Quantities of resources are compared by what they mean."""

import pytest

from pratique.checks.kubernetes._quantities import quantity


@pytest.mark.parametrize(
    ("less", "more"),
    [("999m", "1"), ("1M", "1Mi"), ("1023Mi", "1Gi"), ("0.5", "1"), ("1k", "1001")],
)
def test_order(less: str, more: str) -> None:
    """Across units."""
    first, second = quantity(less), quantity(more)
    assert first is not None
    assert second is not None
    assert first < second


@pytest.mark.parametrize("text", ["", "1e3", "a", "1 Gi", "-1", "9" * 30])
def test_not_understood(text: str) -> None:
    """Is nothing, never zero."""
    assert quantity(text) is None
