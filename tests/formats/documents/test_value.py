"""Walking through a document of any shape."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.documents.value import items, mapping, text

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_VALUES)
def test_exactly_one_reader_gives_a_value_back_and_the_others_are_empty(value: object) -> None:
    given_back = [mapping(value) is value, items(value) is value, text(value) is value]
    assert sum(given_back) == isinstance(value, dict | list | str)
    assert type(mapping(value)) is dict
    assert type(items(value)) is list
    assert type(text(value)) is str
