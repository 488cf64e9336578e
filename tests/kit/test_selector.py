"""One selector says what all patterns say together."""

from fnmatch import fnmatchcase

from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.kit.selector import Selector, as_selector
from pratique.model.units import Patterns

WORD = st.text("ab.", min_size=1, max_size=3)
GLOB = st.text("ab.*", min_size=1, max_size=3)
PATH = st.lists(WORD, min_size=1, max_size=3).map("/".join)


def wants(patterns: Patterns, path: str) -> bool:
    """Say what the docstring of ``Patterns`` says, word by word."""
    folder, _, name = path.rpartition("/")
    return (
        path in patterns.paths
        or name in patterns.names
        or any(f"/{path}".endswith(suffix) for suffix in patterns.suffixes)
        or folder in patterns.folders
        or any(path.startswith(f"{tree}/") for tree in patterns.trees)
        or any(folder == place and name.endswith(end) for place, end in patterns.endings)
        or any(matches(glob.split("/"), path.split("/")) for glob in patterns.globs)
    )


def matches(glob: list[str], path: list[str]) -> bool:
    """Whether the last parts of a path match a glob, part by part."""
    pairs = zip(glob, path[-len(glob) :], strict=True) if len(path) >= len(glob) else ()
    found = [fnmatchcase(part, wanted) for wanted, part in pairs]
    return bool(found) and all(found)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.builds(
            Patterns,
            paths=st.lists(PATH, max_size=2).map(tuple),
            names=st.lists(WORD, max_size=2).map(tuple),
            suffixes=st.lists(st.one_of(WORD, PATH.map("/".__add__)), max_size=2).map(tuple),
            folders=st.lists(st.one_of(PATH, st.just("")), max_size=2).map(tuple),
            trees=st.lists(PATH, max_size=2).map(tuple),
            globs=st.lists(st.lists(GLOB, min_size=1, max_size=3).map("/".join), max_size=2).map(
                tuple
            ),
            endings=st.lists(st.tuples(PATH, WORD), max_size=2).map(tuple),
            max_bytes=st.integers(1, 9),
        ),
        max_size=3,
    ),
    PATH,
)
def test_the_largest_limit_of_those_that_want_it(patterns: list[Patterns], path: str) -> None:
    """And 0 when none does."""
    expected = max((p.max_bytes for p in patterns if wants(p, path)), default=0)
    assert Selector(patterns).limit(path) == expected
    assert Selector(patterns).may_want(path) or not expected


def test_compiled_once() -> None:
    """A selector is taken as it is, patterns are compiled."""
    selector = Selector([Patterns(names=("x",))])
    assert as_selector(selector) is selector
    assert as_selector([Patterns(names=("x",))]).limit("a/x") > 0
