"""PAX records are read as Go reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.tar import pax
from pratique.model.errors import FormatError
from tests.makers.layer import record


@given(
    st.dictionaries(
        st.binary(min_size=1, max_size=9).filter(lambda k: not {0, 61} & {*k}),
        st.binary(max_size=120),
    )
)
def test_records_come_back(wanted: dict[bytes, bytes]) -> None:
    """Any value, NULs and newlines included; empty values take back and so are dropped."""
    for key in (b"path", b"linkpath", b"uname", b"gname"):  # of these a NUL is refused
        wanted.pop(key, None)
    body = b"".join(record(key, value) for key, value in wanted.items())
    assert pax.records(body) == {key: value for key, value in wanted.items() if value}


def test_the_later_of_two_wins() -> None:
    """Within one header."""
    assert pax.records(record(b"path", b"a") + record(b"path", b"b")) == {b"path": b"b"}


@pytest.mark.parametrize(
    "body",
    [
        b"x path=a\n",
        b"5 a\n",
        b"3 =\n",
        b"0 a=b\n",
        b"7 a=bcX",
        b"99999999999999999999999 a=b\n",
        b"6 =ab\n",
        record(b"path", b"a\0b"),
        record(b"k\0", b"v"),
        b"noblank",
        record(b"GNU.sparse.numbytes", b"1"),
        record(b"GNU.sparse.offset", b"1") * 2,
    ],
)
def test_malformed_records_are_refused(body: bytes) -> None:
    """Wrong lengths, no key, NUL where it may not be, sparse pairs out of turn."""
    with pytest.raises(FormatError):
        pax.records(body)


@given(st.binary(max_size=60))
def test_any_bytes_fail_cleanly(body: bytes) -> None:
    """Only ``FormatError``."""
    try:
        pax.records(body)
    except FormatError:
        pass


@pytest.mark.parametrize(
    "value", [b"", b"1.5", b"1_0", b"0x1", b"9" * 400, b"9" * 5000, b"inf", b"--1"]
)
def test_bad_numbers(value: bytes) -> None:
    """No number, or more than 64 bits; 5000 digits take no time."""
    with pytest.raises(FormatError):
        pax.integer(value)


@pytest.mark.parametrize(
    ("value", "expected"), [(b"0", 0), (b"1.999", 1), (b"-1.0", -1), (b"-1.5", -2), (b"+3", 3)]
)
def test_times_round_down(value: bytes, expected: int) -> None:
    """Whole seconds, towards the past."""
    assert pax.seconds(value) == expected


@pytest.mark.parametrize("value", [b"1.x", b"1e5", b"nan", b"."])
def test_bad_times(value: bytes) -> None:
    """Refused, not guessed."""
    with pytest.raises(FormatError):
        pax.seconds(value)


def test_attributes_of_both_writers() -> None:
    """SCHILY's wins; broken base64 is kept as it stands; the number is bounded."""
    found = {
        b"LIBARCHIVE.xattr.user.%61": b"aGk=",
        b"LIBARCHIVE.xattr.user.b": b"*",
        b"SCHILY.xattr.user.a": b"S",
        b"other": b"x",
    }
    assert pax.xattrs(found)[0] == "user.a=53"
    assert len(pax.xattrs(found)) == 2
    many = {b"SCHILY.xattr.%05d" % n: b"v" for n in range(1000)}
    assert len(pax.xattrs(many)) == 256
