"""Prove the order of GitHub Actions."""

import pytest

from pratique.formats.versions.github_actions import sort_key, validate
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import rises


def test_releases_are_ordered() -> None:
    """With or without the v."""
    assert rises(map(sort_key, ["v3.9.0", "4", "4.0.1", "v41.0.0"]))


@pytest.mark.parametrize(
    "version", ["v4", "4.1", "main", "8e5e7e5ab8b370d6c329ec480221332ada57f0ab"]
)
def test_what_moves_is_no_version(version: str) -> None:
    """A tag of a major release, a branch and a commit do not say which release they are."""
    with pytest.raises(FormatError):
        validate(version)
    validate("v4.1.2")
