"""Header fields are read as Go reads them, and refused where Go refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.tar.header import checksum_holds, number, octal, prefix, string
from pratique.model.errors import FormatError
from tests.makers import layer as make


@pytest.mark.parametrize("field", [b"8\0", b"-1\0", b"+7", b"0o7", b"1_0", b"1 1", b"x"])
def test_what_is_no_octal_number_is_refused(field: bytes) -> None:
    """Everything that Python's ``int`` would let through included."""
    with pytest.raises(FormatError):
        octal(field)


@given(st.integers(-(1 << 63), (1 << 63) - 1))
def test_base256_is_read_back(value: int) -> None:
    """All of 64 bits, both signs."""
    assert number(make.base256(value, 12)) == value


def test_base256_over_64_bits_is_refused() -> None:
    """No field makes a number that does not fit the model."""
    with pytest.raises(FormatError):
        number(b"\x80" + b"\x7f" * 11)
    with pytest.raises(FormatError):
        octal(b"7" * 23)


@given(st.binary(min_size=512, max_size=512))
def test_a_checksum_is_the_plain_sum(block: bytes) -> None:
    """The fast sum is exact, for any bytes; any other stored value is refused."""
    total = sum(block[:148]) + sum(block[156:]) + 8 * 32
    signed = total - 256 * sum(byte > 127 for byte in block[:148] + block[156:])
    for stored in (total, total + 1, total - 65521):
        if stored < 0:
            continue
        framed = block[:148] + b"%06o\0 " % stored + block[156:]
        assert checksum_holds(framed) == (stored in (total, signed))


def test_a_checksum_that_is_no_number_does_not_hold() -> None:
    """Garbage in the field is a wrong checksum, not an error."""
    assert not checksum_holds(make.header(b"f", checksum=b"garbage!"))
    assert not checksum_holds(make.header(b"f", checksum=b"999999\0 "))
    assert checksum_holds(
        make.header(b"f", checksum=b"%7o\0" % sum(make.header(b"f", checksum=b" " * 8)))
    )


def test_prefixes() -> None:
    """Ustar has 155 bytes, star 131, v7 none, GNU its times unless they are no numbers."""
    assert prefix(make.header(b"f", prefix=b"p" * 155)) == b"p" * 155
    star = bytearray(make.header(b"f", prefix=b"p" * 155))
    star[508:512] = b"tar\0"
    assert prefix(bytes(star)) == b"p" * 131
    assert prefix(make.header(b"f", magic=b"", prefix=b"p")) == b""
    gnu = b"ustar  \0"
    assert prefix(make.header(b"f", magic=gnu, prefix=b"14700000000\0")) == b""
    assert prefix(make.header(b"f", magic=gnu, prefix=b"some/folder")) == b"some/folder"
    assert prefix(make.header(b"f", magic=gnu, prefix=b"some/\xff")) == b""


def test_strings_end_at_the_first_nul() -> None:
    """Whatever follows it."""
    assert string(b"a\0b\0") == b"a"
    assert string(b"full") == b"full"
