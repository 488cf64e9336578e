"""Prove which modules of a go.mod are built with."""

from pratique.extractors.go.go_mod import extract_file
from tests.makers.layer_file import layer_file


def _rows(text: str) -> list[tuple[str, str]]:
    found = extract_file(layer_file("srv/go.mod", "module m\n" + text))
    assert all(one.declared for one in found.packages)
    return [(one.name, one.version) for one in found.packages]


def test_a_replacement_of_one_version_goes_before_one_of_all():
    """And one of another version does not count."""
    text = """
        require a.b/c v1.0.0
        require a.b/d v1.0.0
        replace a.b/c => a.b/any v3.0.0
        replace a.b/c v1.0.0 => a.b/one v2.0.0
        replace a.b/d v1.1.0 => a.b/other v9.0.0
    """

    assert _rows(text) == [("a.b/d", "v1.0.0"), ("a.b/one", "v2.0.0")]


def test_an_excluded_requirement_is_left_out():
    """Go passes over it; which version it takes instead is not in the file."""
    assert _rows("require a.b/c v1.0.0\nexclude a.b/c v1.0.0\n") == []


def test_the_toolchain_named_is_not_the_one_that_builds():
    """Directives that are no modules are passed over."""
    assert _rows("go 1.21\ntoolchain go1.21.5\ntool a.b/c/cmd\ngodebug x=1\n") == []
