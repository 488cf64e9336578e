from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.php._wordpress import HEADER_BYTES, header_fields


def test_the_header_ends_after_8_kib() -> None:
    """WordPress looks no further, so neither do we."""
    text = b"<?php /*" + b" " * HEADER_BYTES + b"\nVersion: 1.0\n*/"

    assert "version" not in header_fields(text)


def test_line_ends_of_every_kind_part_fields() -> None:
    """Old editors wrote carriage returns alone."""
    assert header_fields(b"/*\rPlugin Name: A\r\nVersion: 1.0\r*/")["version"] == "1.0"


@given(st.binary(max_size=400))
def test_any_bytes_end(content: bytes) -> None:
    """No field holds a line end."""
    assert all("\n" not in value for value in header_fields(content).values())
