import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.php._serialized import Plain, parse_serialized
from pratique.model.errors import FormatError, LimitExceeded


def serialized(value: Plain) -> bytes:
    if value is None:
        return b"N;"
    if isinstance(value, str):
        raw = value.encode()
        return b's:%d:"%s";' % (len(raw), raw)
    inner = b"".join(serialized(key) + serialized(one) for key, one in value.items())
    return b"a:%d:{%s}" % (len(value), inner)


TREES = st.recursive(
    st.none() | st.text(max_size=20),
    lambda inner: st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(TREES)
def test_what_was_written_is_read(value: Plain) -> None:
    """Text is counted in bytes, and may hold what looks like structure."""
    assert parse_serialized(serialized(value)) == value


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_value_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised."""
    try:
        parse_serialized(content)
    except FormatError:
        pass


@pytest.mark.parametrize("content", [b'O:8:"stdClass":0:{}', b"r:1;", b's:9:"a";', b"a:1:{", b""])
def test_objects_references_and_cut_text_are_format_errors(content: bytes) -> None:
    """No registry of PEAR holds any."""
    with pytest.raises(FormatError):
        parse_serialized(content)


def test_depth_is_bounded() -> None:
    """A million arrays in each other are refused, not followed."""
    with pytest.raises(LimitExceeded):
        parse_serialized(b"a:1:{i:0;" * 1_000_000)
