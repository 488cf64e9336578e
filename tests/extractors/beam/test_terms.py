import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.beam._terms import elixir_terms, erlang_terms
from pratique.model.errors import FormatError, LimitExceeded


def test_comments_and_strings_hide_brackets() -> None:
    """In each language its own comments."""
    assert erlang_terms("{a, \"}\", 'b]', 1.5} % }\n.") == [("a", "}", "b]", "1.5")]
    assert elixir_terms('%{"a": {:b, "}"}} # }') == [["a", ("b", "}")]]


def test_elixir_maps_are_read_in_all_spellings() -> None:
    """Atoms, quoted atoms and arrows."""
    assert elixir_terms('%{a: 1, "b": :"c d", "e" => true}') == [
        ["a", "1", "b", "c d", "e", "true"]
    ]


@pytest.mark.parametrize("text", ["{", "]", "{]", "[}", '{"'])
def test_brackets_that_do_not_match_are_format_errors(text: str) -> None:
    """Half a file is not a short one."""
    for read in (erlang_terms, elixir_terms):
        with pytest.raises(FormatError):
            read(text)


def test_depth_and_time_are_bounded() -> None:
    """A million brackets are refused; half a million open strings end at once."""
    with pytest.raises(LimitExceeded):
        erlang_terms("[" * 1_000_000)
    elixir_terms('"' + '\\"' * 500_000)


@given(st.text(max_size=200) | st.text(alphabet="{}[]<>%#:\"'\\ab1,. \n", max_size=80))
def test_any_text_ends_in_terms_or_a_format_error(text: str) -> None:
    """Nothing else is raised."""
    for read in (erlang_terms, elixir_terms):
        try:
            read(text)
        except FormatError:
            pass
