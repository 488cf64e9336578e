"""Law: for each match that has the keyword in it, a region holds its start; what overlaps is one."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.secrets._fallback import Fallback
from pratique.secrets.interface import SecretKind
from pratique.secrets.rule import Rule


def rule(pattern, *keywords):
    return Rule(
        kind=SecretKind(id="a", title="a", pattern=pattern, keywords=keywords, true=(), false=())
    )


def test_regions_that_overlap_are_one():
    assert Fallback((rule(rb"=\w{9}", b"="),)).regions(b"=" * 1000) == [(0, 0, 999)]


def test_regions_apart_stay_apart():
    assert Fallback((rule(rb"x=\w", b"="),)).regions(b"x=1" + b" " * 20 + b"x=2") == [
        (0, 0, 1),
        (0, 22, 24),
    ]


def test_a_rule_without_keywords_may_begin_anywhere():
    assert Fallback((rule(rb"x"),)).regions(b"abc") == [(0, 0, 3)]


@given(st.text(alphabet="ab=K", max_size=60).map(str.encode))
def test_every_match_begins_in_a_region(text):
    one = rule(rb"(?i)[ab]{0,3}k=[ab]{1,4}", b"k=")
    regions = Fallback((one,)).regions(text)
    for match in one.expression.finditer(text):
        assert any(low <= match.start() <= high for _, low, high in regions)
