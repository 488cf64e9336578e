"""Prove that functions are sorted by module, and that names may not cost memory without bound."""

import pytest

from pratique.extractors.go._linked import MAX_PACKAGES, STDLIB, sort_functions
from pratique.formats.programs.go_buildinfo import BuildInfo, Module
from pratique.model.errors import LimitExceeded

_INFO = BuildInfo("go1.22.0", "a.b/m/cmd", Module("a.b/m", "v1"), (Module("a.b/m/sub", "v1"),))
_ALWAYS = ("main.main", "runtime.main")


def test_the_longest_module_path_takes_a_function():
    """A module may lie inside another's path."""
    found = sort_functions((*_ALWAYS, "a.b/m/sub/p.F", "a.b/m/subs.F"), _INFO, "linux", "amd64")

    assert found.modules["a.b/m/sub"].packages == ("a.b/m/sub/p",)
    assert found.modules["a.b/m"].packages == ("a.b/m/cmd", "a.b/m/subs")
    assert found.modules[STDLIB].packages == ("runtime",)
    assert found.strangers == ()


def test_packages_of_no_module_are_strangers():
    """A dot in the first part says that it is not the standard library's."""
    names = (*_ALWAYS, "c.d/e.F", "x" * 2000 + "/y.F")

    assert sort_functions(names, _INFO, "", "").strangers == ("c.d/e", "x" * 2000 + "/y")


def test_too_many_packages_are_a_limit():
    """Each costs memory."""
    with pytest.raises(LimitExceeded):
        sort_functions((f"p{n}.F" for n in range(MAX_PACKAGES + 1)), _INFO, "", "")
