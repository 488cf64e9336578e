"""Law: every match of an expression has, within its bounds, a match of what is sought instead."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.formats.expression.shape import MAX_WIDTH, shape_of, widened
from pratique.model.errors import FormatError

EXPRESSIONS = (
    rb"\bghp_[0-9A-Za-z]{36,255}(?![0-9A-Za-z])",
    rb"(?i)[\w.-]{0,20}?(?:adaf|bea)(?:[ \t\w.-]{0,5})[\s'\"]{0,3}(?:=|>|:=)[\s=]{0,5}([a-z0-9_-]{4})(?:[\s;]|\\[nr]|$)",
    rb"---(?:RSA |EC )?KEY---(?P<secret>[\s\S]{4,60}?)---END",
    rb"(?s:a.b){1,3}(?<!c)[^x]",
    rb"(?:a|bc|def){2,4}\d{2}",
    rb"x(?:yz?){1,2}(?=q)",
    rb"(?:^|\W)a{2,400}",
    rb"ab{0}(?:c{0,0}d){1,3}",
    rb"(?:(?<![a-z])(?i:adfb)|(?<=[a-z])Adfb)(?:e{0,4}?(?:f{0,3}g){0,9}|h)[.-]{2,9}",
)
ALPHABET = st.sampled_from(list(b"ghp_AZ09adfbe.-'\"=> :\n;\\nRSAKEYND xyzqc\xff"))


@pytest.mark.parametrize("pattern", EXPRESSIONS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_sought_ends_within_reach_of_every_match(pattern, data):
    expression = re.compile(pattern)
    shape = shape_of(expression)
    text = data.draw(st.from_regex(expression)) + bytes(data.draw(st.lists(ALPHABET, max_size=30)))
    for match in expression.finditer(text):
        assert match.end() - match.start() <= shape.width
        ends = range(match.start() + shape.least, match.start() + shape.reach + 1)
        sought = re.compile(shape.sought)
        assert any(
            found.end() == end
            for start in range(max(0, match.start()), match.end() + 1)
            for end in ends
            if (found := sought.match(text, start, end)) is not None
        )


@pytest.mark.parametrize("pattern", [rb"a*", rb"", rb"(?=a)", rb"\b"])
def test_an_expression_that_may_match_nothing_is_refused(pattern):
    with pytest.raises(FormatError):
        shape_of(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern", [rb"a+", rb"x[\s\S]{1,90000}", rb"(?:a{1,999}){1,999}", rb"(a)b\1"]
)
def test_an_expression_without_a_bound_is_refused(pattern):
    with pytest.raises(FormatError):
        shape_of(re.compile(pattern))


def test_a_look_ahead_is_measured_and_a_far_one_refused():
    assert shape_of(re.compile(rb"ab(?=c{1,20}d)")).ahead == 21
    with pytest.raises(FormatError):
        shape_of(re.compile(rb"ab(?=[\s\S]{0,4000}d)"))


def test_a_long_match_may_be_asked_for_by_its_beginning():
    shape = shape_of(re.compile(rb"-----BEGIN KEY-----[\s\S]{10,9000}?-----END KEY-----"))
    assert shape.reach < 64
    assert 9000 < shape.width < MAX_WIDTH


def test_what_may_be_there_or_not_is_not_counted_and_no_word_is_sought_twice():
    shape = shape_of(re.compile(rb"(?:(?i:adfb)|Adfb)[a-z ]{0,24}=[0-9]{8}"))
    assert shape.sought == b"(?:(?i:adfb))[a-z ]*\\x3d[0-9]{8}"
    assert (shape.least, shape.reach) == (13, 37)


def test_what_is_sought_goes_on_until_fixed_letters_are_in_it():
    shape = shape_of(re.compile(rb"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}"))
    assert shape.sought == b"[A-Za-z0-9]{76}AZDO"


@pytest.mark.parametrize("pattern", EXPRESSIONS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_widened_matches_wherever_the_expression_does(pattern, data):
    text = data.draw(st.from_regex(re.compile(pattern)))
    assert re.search(widened(pattern), text)


def test_nothing_is_sought_for_what_may_match_nothing():
    assert widened(rb"^a{0,9}(?:b|)$") == b""
