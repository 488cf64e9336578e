"""Prove the pacman order on the examples of its manual."""

from pratique.formats.versions.alpm import sort_key
from tests.formats.versions.oracle import rises


def test_the_manual_examples_hold() -> None:
    """vercmp(8): alphanumeric, numeric, epoch and release examples, in their order."""
    for line in (
        "1.0a < 1.0b < 1.0beta < 1.0p < 1.0pre < 1.0rc < 1.0 < 1.0.a < 1.0.1",
        "1 < 1.0 < 1.1 < 1.1.1 < 1.2 < 2.0 < 3.0.0",
        "0.9-1 < 1.0-1 < 1.0-2 < 1.0-10 < 1:0.1-1 < 2:0.1-1",
        "1.5-1 < 1.5.b-1 < 1.5.1-1",
    ):
        versions = line.split(" < ")
        assert rises(map(sort_key, versions))
    assert sort_key("2.0") == sort_key("2_0") == sort_key("0:2.0")
    assert sort_key("2_0_a") == sort_key("2.0.a")
    assert sort_key("1..0") > sort_key("1.0")
