"""The exec form is JSON, strictly."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.dockerfile.json_form import json_of, looks_like_list
from pratique.formats.dockerfile.tree import Folded


@given(st.lists(st.text()))
def test_every_list_of_strings_is_read(values: list[str]) -> None:
    words = json_of(Folded(json.dumps(values), ((0, 0),)))
    assert words is not None
    assert [word.value for word in words] == values


@pytest.mark.parametrize(
    "text", ["[1]", '["a",]', '["a"] b', '[["a"]]', "a", '["a', "[", '["\\x"]']
)
def test_other_things_are_shell_form(text: str) -> None:
    assert json_of(Folded(text, ((0, 0),))) is None


def test_a_list_that_was_meant() -> None:
    assert looks_like_list(" ['a'] ")
    assert not looks_like_list("[ -f x ] && y")
