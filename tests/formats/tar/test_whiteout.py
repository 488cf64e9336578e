"""A name deletes only what it says, in its own directory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.tar.whiteout import as_whiteout


@pytest.mark.parametrize(
    ("path", "kind", "target"),
    [
        (".wh.a", "WHITEOUT", "a"),
        ("d/e/.wh.a", "WHITEOUT", "d/e/a"),
        ("d/.wh..hidden", "WHITEOUT", "d/.hidden"),
        (".wh..wh..opq", "OPAQUE", ""),
        ("d/.wh..wh..opq", "OPAQUE", "d"),
    ],
)
def test_what_is_deleted(path: str, kind: str, target: str) -> None:
    """The sibling, or all below the directory."""
    found = as_whiteout(path)
    assert found is not None
    assert (found.kind.name, found.path) == (kind, target)


@pytest.mark.parametrize("path", [".wh.", ".wh..", ".wh...", "d/.wh..wh.plnk", ".wh..wh..opqX"])
def test_what_deletes_nothing(path: str) -> None:
    """Names that would reach the directory itself or its parent, and AUFS's own."""
    assert as_whiteout(path) is None


@given(st.text(max_size=10).filter(lambda name: "/" not in name))
def test_never_outside_its_directory(name: str) -> None:
    """Whatever the name."""
    found = as_whiteout(f"d/.wh.{name}")
    assert found is None or found.path == "d" or found.path.startswith("d/")
    assert found is None or ".." not in found.path.split("/")
