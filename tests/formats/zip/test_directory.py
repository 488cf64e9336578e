"""Find the directory that Java takes, and walk it within bounds."""

import io
import struct

import pytest
from msgspec.structs import replace

from pratique.formats.zip.directory import Directory, find_directory, walk
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.zips import Part, jar_of, zip_of

PARTS = (Part(name=b"a/b", content=b"hello"), Part(name=b"c", content=b"world", deflated=False))


def _found(content: bytes) -> Directory:
    return find_directory(io.BytesIO(content), DEFAULT)


def _names(content: bytes) -> list[str]:
    return [member.name for member in walk(_found(content), DEFAULT)]


@pytest.mark.parametrize(
    "content",
    [
        zip_of(PARTS),
        zip_of(PARTS, wide=True),
        zip_of(PARTS, before=b"#!/bin/sh\nexec java -jar $0\n"),
        zip_of(PARTS, before=b"#!/bin/sh\n", wide=True),
        zip_of(PARTS, comment=b"PK\5\6 is only said here"),
        zip_of(PARTS) + b"trailing",
        zip_of(PARTS, count=7),
        jar_of({"a/b": b"", "c": b""}),
    ],
)
def test_the_members_are_found(content: bytes) -> None:
    """Whatever stands before, behind and in the end record."""
    assert _names(content) == ["a/b", "c"]


def test_a_prefix_moves_every_offset() -> None:
    """A self-executing jar: offsets count from the archive, members are found in the file."""
    plain, moved = zip_of(PARTS), zip_of(PARTS, before=b"#!/bin/sh\n")

    first = [member.offset for member in walk(_found(plain), DEFAULT)]

    assert [member.offset for member in walk(_found(moved), DEFAULT)] == [at + 10 for at in first]


def test_more_members_than_two_bytes_can_count() -> None:
    """Old tools let the count wrap; the directory's bytes count."""
    parts = [Part(name=b"%d" % number, deflated=False) for number in range(65_600)]

    assert len(_names(zip_of(parts))) == 65_600


def test_a_zip64_record_that_contradicts_the_end_record_is_not_taken() -> None:
    """Neither is one that its locator places outside the file."""
    content = zip_of(PARTS, wide=True)
    end = content.rindex(b"PK\5\6")
    lying = content[: end + 8] + struct.pack("<4H2L", 1, 1, 1, 1, 9, 9)[4:] + content[end + 20 :]
    outside = content.replace(b"PK\6\7", b"PK\6\6")

    for bad in (lying, outside):
        with pytest.raises(FormatError):
            _names(bad)


def test_figures_of_64_bits_are_read_where_the_narrow_ones_are_full() -> None:
    """Sizes and offset stand in the extra field in a fixed order."""
    (first, _) = walk(_found(zip_of(PARTS, wide=True)), DEFAULT)

    assert (first.size_bytes, first.offset) == (5, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no end of central directory"),
        (b"no archive", "no end of central directory"),
        (zip_of(PARTS)[:-30], "no end of central directory"),
        (zip_of(PARTS)[60:], "start after its end|larger than the file|damaged"),
        (zip_of(PARTS).replace(b"PK\1\2", b"PK\1\3"), "damaged after 0 entries"),
    ],
)
def test_what_is_no_archive_is_refused(content: bytes, reason: str) -> None:
    """Nothing is guessed from local headers: no class loader reads those."""
    with pytest.raises(FormatError, match=reason):
        _names(content)


def test_entries_are_bounded() -> None:
    """However small each is."""
    directory = _found(zip_of(PARTS))

    with pytest.raises(LimitExceeded, match="zip_entries"):
        list(walk(directory, replace(DEFAULT, zip_entries=1)))


def test_the_directory_is_bounded() -> None:
    """Before it is read."""
    with pytest.raises(LimitExceeded, match="zip_directory_bytes"):
        find_directory(io.BytesIO(zip_of(PARTS)), replace(DEFAULT, zip_directory_bytes=10))


def test_a_file_full_of_end_records_is_given_up() -> None:
    """Each one that does not fit costs reads all over the file."""
    record = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 1)

    with pytest.raises(LimitExceeded, match="doubtful"):
        _found(record * 1000 + b"xyz")


def test_only_the_wanted_are_made() -> None:
    """The name is raw: a filter sees the bytes."""
    members = walk(_found(zip_of(PARTS)), DEFAULT, lambda name: name == b"c")

    assert [member.name for member in members] == ["c"]


def test_names_that_are_no_text_stay_different() -> None:
    """Two names of other bytes never become one."""
    content = zip_of(
        [Part(name=b"\xff"), Part(name=b"\xfe"), Part(name=b"a\0b"), Part(name=b"../x")]
    )

    assert len(set(_names(content))) == 4
