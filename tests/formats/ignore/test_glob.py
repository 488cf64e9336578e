"""Match paths with globs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.ignore.glob import glob_matches


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("usr/share/x.jar", "usr/share/x.jar", True),
        ("/usr/share/x.jar", "usr/share/x.jar", True),
        ("usr/share", "usr/share/x.jar", False),
        ("*.jar", "x.jar", True),
        ("*.jar", "usr/x.jar", False),
        ("**/*.jar", "x.jar", True),
        ("**/*.jar", "usr/share/x.jar", True),
        ("usr/**", "usr/share/x.jar", True),
        ("usr/**", "usr", True),
        ("usr/**/java/**/x.jar", "usr/a/b/java/x.jar", True),
        ("usr/**/java/x.jar", "usr/a/b/x.jar", False),
        ("usr/?/x", "usr/a/x", True),
        ("usr/?/x", "usr/ab/x", False),
        ("usr/[ab]/x", "usr/b/x", True),
        ("usr/[^ab]/x", "usr/b/x", False),
        ("usr/{a,b}/{x,y}.jar", "usr/b/y.jar", True),
        ("usr/{a,b}/x", "usr/c/x", False),
        ("usr/{a", "usr/{a", True),
        ("", "usr", False),
    ],
)
def test_globs_mean_what_doublestar_means(pattern: str, path: str, matches: bool) -> None:
    """Of its documentation, and both sides of each wildcard."""
    assert glob_matches(pattern, path) is matches


def test_a_hostile_path_costs_little() -> None:
    """Many wildcards over a path made for them."""
    assert not glob_matches("/".join(["**", "a*a*a*a*b"] * 20), "/".join(["a" * 30] * 100))


@given(
    pattern=st.text(alphabet="ab*?[]{},/^!", max_size=30), path=st.text(alphabet="ab/", max_size=30)
)
def test_any_pattern_matches_or_not(pattern: str, path: str) -> None:
    """Nothing is raised."""
    glob_matches(pattern, path)


@given(path=st.from_regex(r"[a-z]{1,3}(/[a-z]{1,3}){0,4}", fullmatch=True))
def test_two_stars_match_everything(path: str) -> None:
    """And a path matches itself."""
    assert glob_matches("**", path)
    assert glob_matches(path, path)
