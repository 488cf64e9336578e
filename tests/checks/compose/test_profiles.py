"""Two services can run at once unless their profiles have none in common."""

import pytest

from pratique.checks.compose._profiles import together
from pratique.checks.compose.interface import scene_of


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [("[]", "[a]", True), ("[a]", "[b]", False), ("[a, b]", "[b]", True), ("[]", "[]", True)],
)
def test_profiles(mine: str, theirs: str, wanted: bool) -> None:
    """One without profiles always runs."""
    text = f"services: {{x: {{image: i, profiles: {mine}}}, y: {{image: i, profiles: {theirs}}}}}"
    one, other = scene_of(text).services

    assert together(one, other) is together(other, one) is wanted
