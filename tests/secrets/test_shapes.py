"""Law: what a shape makes, its own expression matches, whole; what is shorter it does not."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.secrets.shapes import ALPHABETS, shape
from pratique.secrets.values import entropy

TEXTS = st.lists(
    st.one_of(
        st.sampled_from(("ab_", "key-", ".", "{live|test}", "{uuid}", "+")),
        st.builds(
            lambda name, least, more: f"{{{name}:{least}-{least + more}}}",
            st.sampled_from(sorted(set(ALPHABETS) - {"pad"})),
            st.integers(1, 40),
            st.integers(0, 20),
        ),
    ),
    min_size=1,
    max_size=6,
).map("".join)


@given(TEXTS, st.integers(0, 2**32))
def test_what_a_shape_makes_it_matches(text: str, seed: int) -> None:
    made = shape(text)
    for value in (made.fill(Random(seed)), made.shortest(Random(seed))):
        assert re.fullmatch(made.regex, value.encode())


@given(TEXTS, st.integers(0, 2**32))
def test_one_character_less_than_the_shortest_is_no_match(text: str, seed: int) -> None:
    made = shape("ab{hex:3}" + text)
    assert not re.fullmatch(made.regex, made.shortest(Random(seed)).encode()[:4])


@given(TEXTS, st.integers(0, 2**32))
def test_a_value_starts_with_a_head(text: str, seed: int) -> None:
    made = shape(text)
    value = made.fill(Random(seed)).lower().encode()
    assert not made.heads or value.startswith(made.heads)


def test_every_sample_letter_is_of_its_class() -> None:
    for ranges, letters in ALPHABETS.values():
        assert re.fullmatch(f"[{ranges}]+", letters)


@pytest.mark.parametrize("text", ["{hex:32}", "{alnum:36}", "{lower:20}", "{url:43}", "{digit:16}"])
def test_random_values_have_the_entropy_that_is_asked(text: str) -> None:
    """Of ten thousand values none falls short."""
    made = shape(text)
    random = Random(4)
    assert min(entropy(made.fill(random).encode()) for _ in range(10_000)) >= made.entropy


def test_one_letter_over_and_over_has_not() -> None:
    made = shape("tok_{hex:32}")
    assert entropy(made.fill_with("x").encode()) < made.entropy
