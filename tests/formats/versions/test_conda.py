"""Prove the order of conda packages on the ladder its documentation gives."""

import pytest

from pratique.formats.versions.conda import sort_key
from pratique.model.errors import FormatError
from tests.formats.versions.oracle import rises


def test_the_documented_ladder_holds() -> None:
    """VersionOrder's own examples, in their order, and its equalities."""
    ladder = """0.4 0.4.1.rc 0.4.1 0.5a1 0.5b3 0.5C1 0.5 0.9.6 0.960923 1.0 1.1dev1 1.1_ 1.1a1
        1.1.0dev1 1.1.a1 1.1.0rc1 1.1.0 1.1.0post1 1.1post1 1996.07.12 1!0.4.1 1!3.1.1.6 2!0.4.1"""
    assert rises(map(sort_key, ladder.split()))
    for same in (("0.4", "0.4.0"), ("0.4.1.rc", "0.4.1.RC"), ("1.1", "1.1.0"), ("1-2", "1_2")):
        assert sort_key(same[0]) == sort_key(same[1])
    assert sort_key("1.1.0dev1") == sort_key("1.1.dev1")
    assert sort_key("1.1.0post1") == sort_key("1.1.post1")


def test_the_local_part_counts_last() -> None:
    """It decides only between equal versions."""
    assert rises(map(sort_key, ["1.0+dev", "1.0", "1.0+1", "1.0+1.post", "1.0.1"]))


@pytest.mark.parametrize(
    "version", ["", "5.5++", "1!!2", "a!1", "1..2", "1.0/2", "-1_2", "5.5.mw+"]
)
def test_what_conda_refuses_is_refused(version: str) -> None:
    """Its own tests refuse the same."""
    with pytest.raises(FormatError):
        sort_key(version)
