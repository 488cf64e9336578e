"""Patterns match as fnmatch(3) does, prefixes as Falco's path tree, both in bounded time."""

import fnmatch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.detections.rules.paths import (
    MAX_PLAIN,
    glob_matcher,
    prefix_matcher,
    split_prefixes,
)


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_a_pattern_matches_as_pythons_own(pattern: str, text: str) -> None:
    """Stars and question marks mean what they mean elsewhere."""
    assert glob_matcher(pattern)(text) == fnmatch.fnmatchcase(text, pattern)


@pytest.mark.parametrize(
    ("pattern", "holds", "fails"),
    [
        ("[ab]x", "bx", "cx"),
        ("[!ab]x", "cx", "ax"),
        ("\\*", "*", "a"),
        ("[a", "[a", "a"),
        ("[z-a]", "[z-a]", "z"),
        ("a*\n", "ab\n", "ab"),
    ],
)
def test_sets_and_escapes(pattern: str, holds: str, fails: str) -> None:
    """What is no set is taken by its letters."""
    assert glob_matcher(pattern)(holds)
    assert not glob_matcher(pattern)(fails)


def test_case_is_ignored_on_request() -> None:
    """As ``iglob`` asks."""
    assert glob_matcher("*.SH", ignore_case=True)("a.sh")
    assert not glob_matcher("*.SH")("a.sh")


def test_many_stars_do_not_take_forever() -> None:
    """A pattern made to be slow ends all the same."""
    assert not glob_matcher("*a" * 40 + "b")("a" * 4000)


def test_a_path_lies_at_or_below_a_prefix() -> None:
    """Whole parts count, doubled and closing slashes do not."""
    below = prefix_matcher(["/etc/", "/usr//bin"])

    assert all(map(below, ("/etc", "/etc/", "/etc/ssh/x", "//etc/x")))
    assert not any(map(below, ("/etcetera", "/", "etc", "/usr/sbin")))


def test_everything_lies_below_the_root() -> None:
    """A prefix ``/`` holds of every path."""
    assert prefix_matcher(["/"])("/any/thing")


def test_a_wildcard_stays_within_its_part() -> None:
    """``/home/*/.ssh`` does not cross a folder."""
    below = prefix_matcher(["/home/*/.ssh", "/opt/v?"])

    assert below("/home/app/.ssh/id")
    assert below("/opt/v1")
    assert not below("/home/app/x/.ssh")
    assert not below("/opt/v12")


@given(
    st.sets(st.from_regex(r"(/[ab]{1,2}){1,3}", fullmatch=True), max_size=8),
    st.from_regex(r"(/[ab]{1,2}){1,4}", fullmatch=True),
)
def test_many_prefixes_answer_as_few(paths: set[str], path: str) -> None:
    """The two ways to look agree."""
    filler = {f"/filler/{number}" for number in range(MAX_PLAIN + 1)}
    plainly = any(path == one or path.startswith(f"{one}/") for one in paths)

    assert prefix_matcher(paths)(path) == plainly
    assert prefix_matcher(paths | filler)(path) == plainly


def test_prefixes_are_told_from_patterns() -> None:
    """A path without wildcards can be looked up."""
    assert split_prefixes(["/", "/etc/"]) == (frozenset({"/", "/etc"}), ("/", "/etc/"))
