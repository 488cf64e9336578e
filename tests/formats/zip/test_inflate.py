"""Unpack members piece by piece; what is not as declared is refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.zip.archive import ZipArchive
from pratique.formats.zip.inflate import at_once, data_offset, pieces
from pratique.model.errors import FormatError
from tests.makers.zips import Part, zip_of


def _read(part: Part) -> bytes:
    file = io.BytesIO(zip_of([part]))
    (member,) = ZipArchive(file).members()
    return b"".join(pieces(file, member))


@given(st.binary(max_size=5000), st.booleans(), st.integers(1, 200))
def test_what_was_packed_comes_out(content: bytes, deflated: bool, times: int) -> None:
    """Stored and deflated, over the borders of pieces."""
    whole = content * times

    assert _read(Part(name=b"a", content=whole, deflated=deflated)) == whole


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (Part(name=b"a", content=b"x" * 99, size=98), "longer than"),
        (Part(name=b"a", content=b"x" * 99, size=100), "shorter than"),
        (Part(name=b"a", content=b"x" * 99, crc=1), "checksum"),
        (Part(name=b"a", content=b"x", flags=1), "encrypted"),
        (Part(name=b"a", content=b"x", method=14), "method 14"),
        (Part(name=b"a", content=b"x", deflated=False, method=8), "damaged|cut short"),
        (Part(name=b"a", content=b"x", at=3), "no local header"),
        (Part(name=b"a", content=b"x", at=1 << 31), "no local header"),
    ],
)
def test_a_lying_member_is_refused(part: Part, reason: str) -> None:
    """Each in its own words."""
    with pytest.raises(FormatError, match=reason):
        _read(part)


def test_a_member_cut_short_is_refused() -> None:
    """Its packed bytes reach beyond the file, or end before the stream does."""
    content = zip_of([Part(name=b"a", content=bytes(100_000), deflated=False)])
    (member,) = ZipArchive(io.BytesIO(content)).members()

    with pytest.raises(FormatError, match="beyond the end"):
        list(pieces(io.BytesIO(content[:500]), member))


def test_a_bomb_is_stopped_at_its_declared_size() -> None:
    """A member that says 10 bytes and unpacks to 64 MiB never gives more than a piece beyond."""
    file = io.BytesIO(zip_of([Part(name=b"a", content=bytes(64 << 20), size=10)]))
    (member,) = ZipArchive(file).members()

    with pytest.raises(FormatError, match="longer than"):
        next(pieces(file, member))


def test_the_data_start_behind_the_local_header() -> None:
    """The local name may be of another length than the directory's."""
    file = io.BytesIO(zip_of([Part(name=b"a", content=b"x", local_name=b"abcd")]))
    (member,) = ZipArchive(file).members()

    assert data_offset(file, member) == 34


@given(st.binary(max_size=5000), st.integers(1, 60), st.booleans())
def test_a_small_member_in_one_step_is_the_same(content: bytes, times: int, deflated: bool) -> None:
    """Or it is not done in one step: what is stored, and what is large."""
    whole = content * times
    file = io.BytesIO(zip_of([Part(name=b"a", content=whole, deflated=deflated)]))
    (member,) = ZipArchive(file).members()

    small = member.method == 8 and len(whole) <= 1 << 18
    assert at_once(file, member) == (whole if small else None)


@pytest.mark.parametrize(
    "part",
    [
        Part(name=b"a", content=b"x" * 99, size=98),
        Part(name=b"a", content=b"x" * 99, size=100),
        Part(name=b"a", content=b"x" * 99, crc=1),
        Part(name=b"a", content=b"x", flags=1),
        Part(name=b"a", content=b"x", method=14),
        Part(name=b"a", content=b"x", deflated=False, method=8),
        Part(name=b"a", content=b"x", at=3),
        Part(name=b"a", content=bytes(64 << 20), size=10),
        Part(name=b"n" * 300, content=b"x" * 9),
    ],
)
def test_what_is_unusual_is_not_done_in_one_step(part: Part) -> None:
    """The long way says what is wrong with it; a long name only makes it the long way."""
    file = io.BytesIO(zip_of([part]))
    (member,) = ZipArchive(file).members()

    assert at_once(file, member) is None
