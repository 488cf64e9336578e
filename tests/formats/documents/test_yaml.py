"""YAML of an image."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.formats.documents.yaml import parse_yaml
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded


def test_scalars_stay_the_text_they_are_and_null_is_empty() -> None:
    """A version 1.10 read as a number would become 1.1."""
    content = b"a: 1.10\nb: no\nc: ~\nd: 2020-01-01\ne: 'null'\nf: !!str 12\ng:\n"
    expected = {"a": "1.10", "b": "no", "c": "", "d": "2020-01-01", "e": "null", "f": "12", "g": ""}
    assert parse_yaml(content) == expected


def test_the_first_document_is_read_and_the_later_of_two_keys_wins() -> None:
    assert parse_yaml(b"a: 1\na: 2\n---\nb: 3\n") == {"a": "2"}
    assert parse_yaml(b"") == ""


@pytest.mark.parametrize(
    "content",
    [
        b"a: &x [1]\nb: *x\n",
        b"!!python/object/apply:os.system [id]\n",
        b"a: !ruby/object:Gem::Requirement {}\n",
        b"? {a: 1}\n: 2\n",
        b"a: b: c\n",
        b"\xff\xfe\xff",
    ],
)
def test_aliases_objects_and_what_is_no_yaml_are_format_errors(content: bytes) -> None:
    with pytest.raises(FormatError):
        parse_yaml(content)


def test_depth_and_number_of_values_are_bounded() -> None:
    with pytest.raises(LimitExceeded):
        parse_yaml(b"[" * 1000)
    with pytest.raises(LimitExceeded):
        parse_yaml(b"[a, b, c]", replace(DEFAULT, document_values=2))
    with pytest.raises(LimitExceeded):
        parse_yaml(b"- a\n- b\n- c\n", replace(DEFAULT, document_values=2))


@given(st.binary() | st.text(alphabet="a:- \n[]{}&*!?'\"|>%@#,").map(str.encode))
def test_any_bytes_give_a_value_or_a_format_error(content: bytes) -> None:
    try:
        assert isinstance(parse_yaml(content), dict | list | str)
    except FormatError:
        pass
