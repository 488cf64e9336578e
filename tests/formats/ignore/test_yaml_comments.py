"""Comments of YAML reach what they stand behind or above."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.ignore.yaml_comments import MOST, yaml_pragmas


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("a: 1 # pratique ignore=x\nb: 2\n", (1, 1)),
        ("# pratique ignore=x -- ours\n\n# more\na:\n  b: 1\n\n  c: 2\nd: 3\n", (4, 7)),
        ("l:\n  # pratique ignore=x\n  - a\n  - b\n", (3, 3)),
        ("a: 1\n# pratique ignore=x", (0, 0)),
        ("a: # pratique ignore=x\n  b: 1\n\n  c: 2\nd: 3\n", (1, 4)),
        ("a:  &all  # pratique ignore=x\n  b: 1\nc: 2\n", (1, 2)),
        ("a:\n# pratique ignore=x\nl:\n- b: 1\n  c: 2\n- d\ne: 3\n", (3, 6)),
        ("l: # pratique ignore=x\n- b: 1\n- d\ne: 3\n", (1, 3)),
        ("# pratique ignore=x\n- b:\n    c: 1\n  d: 2\n- e: 1\n", (2, 4)),
        ("- b: # pratique ignore=x\n    c: 1\n- e: 1\n", (1, 1)),
        ("# pratique ignore=x\na: # more\n- b\nc: 1\n", (2, 3)),
        ("# pratique ignore=x\na: 1\n- b\n", (2, 2)),
        ("a: 1\n# trivy:ignore:x\nb: 1\n", (3, 3)),
        ("a: 1\n# pratique global ignore=x\nb: 1\n", (1, 1 << 30)),
    ],
)
def test_reach(text: str, reach: tuple[int, int]):
    """The line, what is below it, nothing, the file."""
    (one,) = yaml_pragmas(text.encode())
    assert (one.names, (one.first, one.last)) == (("x",), reach)


def test_other_comments_say_nothing():
    """Nor does what only looks like one."""
    assert yaml_pragmas(b"# pratique is good\na: b#pratique ignore=x\n") == ()


def test_bound():
    """No more than the bound."""
    assert len(yaml_pragmas(b"a: 1 # pratique ignore=x\n" * (MOST + 9))) == MOST


@given(st.text("# pratiquegnose=x\n:-", max_size=80))
def test_no_text_breaks_it(text: str):
    """Lines reached lie in the file."""
    for one in yaml_pragmas(text.encode()):
        assert one.first <= one.last
