import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.rpmdb import ndb
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers import rpmdb as make
from tests.makers.mutation import damaged

BLOBS = [make.package(f"p{n}", requires=["x"] * (1 + n * 60)) for n in range(12)]
SAMPLE = make.ndb(BLOBS)


@given(st.lists(st.binary(min_size=1, max_size=300), max_size=12), st.integers(1, 3))
def test_what_is_written_is_read(blobs: list[bytes], pages: int) -> None:
    """Blobs of any size, tables of slots of several pages."""
    assert list(ndb.blobs(make.ndb(blobs, slot_pages=pages))) == blobs


def test_free_slots_are_no_packages() -> None:
    """A removed package leaves a slot with index 0."""
    assert list(ndb.blobs(make.ndb([BLOBS[0], b"", BLOBS[2]]))) == [BLOBS[0], BLOBS[2]]


def test_a_blob_that_was_changed_is_damaged() -> None:
    """The checksum covers head and data; the other packages stand."""
    at = SAMPLE.index(b"BlbS") + 40
    content = SAMPLE[:at] + b"\xff" + SAMPLE[at + 1 :]

    found = list(ndb.blobs(content))

    assert found == [Damaged("package 1 does not match its checksum"), *BLOBS[1:]]


def test_slots_that_overlap_do_not_multiply() -> None:
    """The blocks of all slots together are no more than the file has."""
    whole = struct.pack("<4sIII", b"Slot", 1, 0, len(SAMPLE) // 16)
    content = SAMPLE[:32] + whole * 200 + SAMPLE[32 + 3200 :]

    found = list(ndb.blobs(content))

    assert len(found) == 2
    assert all(isinstance(item, Damaged) for item in found)


def test_a_file_that_ends_early_is_told() -> None:
    """In the table of slots or in the blobs."""
    for length in (2000, len(SAMPLE) - 100):
        assert isinstance(list(ndb.blobs(SAMPLE[:length]))[-1], Damaged)


@pytest.mark.parametrize("content", [b"", b"RpmP", b"RpmP" + b"\xff" * 40, b"RpmP" + bytes(40)])
def test_other_files_are_refused(content: bytes) -> None:
    """No header, an unknown version, no slots."""
    with pytest.raises(FormatError):
        list(ndb.blobs(content))


def test_records_are_bounded() -> None:
    """More packages than the limit are refused."""
    with pytest.raises(LimitExceeded):
        list(ndb.blobs(SAMPLE, Limits(packages=5)))


@given(damaged([SAMPLE]))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Only FormatError escapes, and the blobs are no more bytes than the file."""
    try:
        found = list(ndb.blobs(content))
    except FormatError:
        return
    assert sum(len(item) for item in found if isinstance(item, bytes)) <= len(content)
