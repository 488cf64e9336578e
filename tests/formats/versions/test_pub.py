"""Prove that Dart's build part counts."""

from pratique.formats.versions.pub import sort_key
from tests.formats.versions.oracle import rises


def test_the_build_part_counts() -> None:
    """pub_semver: none, then numbers, then words."""
    ladder = ["1.0.0-pre", "1.0.0-pre+1", "1.0.0", "1.0.0+1", "1.0.0+10", "1.0.0+a", "1.0.1-dev"]
    assert rises(map(sort_key, ladder))
