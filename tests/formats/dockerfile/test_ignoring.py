"""A ``.dockerignore`` leaves out what Docker's documentation says, and any text is read in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile.ignoring import cleaned, leaves_out, patterns_of

CASES = (
    (["*/temp*"], "some/temporary.txt", True),
    (["*/temp*"], "some/temp/a/b", True),
    (["*/temp*"], "temporary.txt", False),
    (["*/*/temp*"], "a/b/temporary.txt", True),
    (["temp?"], "tempa", True),
    (["temp?"], "temp", False),
    (["**/*.go"], "a/b/c.go", True),
    (["**/*.go"], "c.go", True),
    (["*.md", "!README.md"], "README.md", False),
    (["*.md", "!README*.md", "README-secret.md"], "README-secret.md", True),
    (["*.md", "README-secret.md", "!README*.md"], "README-secret.md", False),
    (["/.git"], ".git/config", True),
    (["**/node_modules"], "a/node_modules/b/c.js", True),
    (["a/**"], "a/b/c", True),
    (["a/**/c"], "a/c", True),
    (["a/**/c"], "a/x/y/c", True),
    (["[a-c].txt"], "b.txt", True),
    (["[^a].txt"], "a.txt", False),
    (["# x", "  "], "x", False),
    (["."], "a", False),
)


@pytest.mark.parametrize(("lines", "path", "out"), CASES)
def test_documented_cases(lines: list[str], path: str, out: bool) -> None:
    """The examples of the documentation, and what they say of folders."""
    assert leaves_out(patterns_of(lines), path) is out


@given(st.lists(st.text("ab*?/[]^!\\.", max_size=30), max_size=8), st.text("ab/.", max_size=40))
def test_any_text_is_read(lines: list[str], path: str) -> None:
    """Nothing raises, and taking everything back in at the end leaves nothing out."""
    leaves_out(patterns_of(lines), path)

    assert not leaves_out(patterns_of([*lines, "!**"]), path or "a")


@given(st.text("ab/.", max_size=20))
def test_cleaning_twice_changes_nothing(path: str) -> None:
    """A cleaned path has no dots and no slash at its ends."""
    once = cleaned(path)

    assert cleaned(once) == once
    assert not once.startswith("/")
    assert ".." not in once.split("/")
