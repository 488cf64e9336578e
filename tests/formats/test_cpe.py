"""Check CPE names against the rules of NISTIR 7695."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.cpe import cpe_name, parse_cpe
from pratique.model.errors import FormatError


@given(st.text("abcz019_-./+!: \\*", min_size=1, max_size=20))
def test_what_is_written_is_read_back(version: str) -> None:
    """Every special character is quoted so that the parts come back."""
    read = parse_cpe(cpe_name("erlang:erlang/otp", version))
    assert (read.product, read.version, read.part) == ("erlang:erlang/otp", version, "a")


@pytest.mark.parametrize(
    "text", ["", "cpe:/a:x:y:1", "cpe:2.3:a:x:y", "cpe:2.3:z:x:y:1:*:*:*:*:*:*:*", "x" * 2000]
)
def test_other_text_is_refused(text: str) -> None:
    """What is no formatted string of version 2.3 is a FormatError."""
    with pytest.raises(FormatError):
        parse_cpe(text)


@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    """No text raises anything but FormatError."""
    try:
        parse_cpe(text)
    except FormatError:
        pass
