"""Members of every kind of archive are found with their bytes; damage and bombs are told."""

import bz2
import gzip
import io
import lzma
import tarfile

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.archives import ArchiveKind, kind_of, members
from pratique.formats.zip.archive import Budget
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.zips import jar_of

FILES = {"a/one.txt": b"first", "two": b"second" * 5000}


def tarball() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in FILES.items():
            info = tarfile.TarInfo("./" + name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def ar() -> bytes:
    out = b"!<arch>\n"
    for name, content in (("debian-binary", b"2.0\n"), ("odd", b"abc")):
        out += f"{name + '/':<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode()
        out += content + b"\n" * (len(content) % 2)
    return out


def read(content: bytes, name: str = "x", most: int = 1 << 30) -> dict[str, bytes]:
    kind = kind_of(content[:512])
    assert kind is not None
    found = members(kind, io.BytesIO(content), name, DEFAULT, Budget(most))
    return {one.name: one.content(1 << 20) for one in found}


@pytest.mark.parametrize(
    "packed",
    [
        jar_of(FILES),
        jar_of(FILES, stored=True),
        tarball(),
        gzip.compress(tarball()),
        bz2.compress(tarball()),
        lzma.compress(tarball()),
        zstandard.compress(tarball()),
    ],
    ids=["zip", "stored", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar.zst"],
)
def test_archives_give_their_members(packed: bytes) -> None:
    """Whatever packed them, a tar archive's and a zip archive's members are the same."""
    assert read(packed) == FILES


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_a_packed_file_is_one_member(pack: object) -> None:
    """It has the name of what was packed."""
    assert read(pack(b"body"), "var/log/syslog.1.gz") == {"syslog.1": b"body"}  # type: ignore[operator]


def test_streams_one_behind_the_other_are_one() -> None:
    """pbzip2 and xz -T write several; all of them count."""
    assert read(bz2.compress(b"one") + bz2.compress(b"two"), "f.bz2") == {"f": b"onetwo"}
    assert read(lzma.compress(b"one") + lzma.compress(b"two"), "f.xz") == {"f": b"onetwo"}


def test_ar_members_have_even_places() -> None:
    """A deb package is an ar archive; an odd length is filled up."""
    assert read(ar()) == {"debian-binary": b"2.0\n", "odd": b"abc"}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
def test_what_is_cut_short_is_told(pack: object) -> None:
    """No error becomes an empty archive."""
    with pytest.raises(FormatError):
        read(pack(bytes(range(256)) * 40)[:-20])  # type: ignore[operator]


def test_a_bomb_stops_at_the_budget() -> None:
    """The budget counts what is unpacked, whoever packed it."""
    bomb = bytes(4 << 20)
    for packed in (gzip.compress(bomb), bz2.compress(bomb), lzma.compress(bomb)):
        with pytest.raises(LimitExceeded):
            read(packed, most=1 << 20)


@given(st.sampled_from(list(ArchiveKind)), st.binary(max_size=600))
def test_no_bytes_break_it(kind: ArchiveKind, content: bytes) -> None:
    """Any bytes are members or a FormatError."""
    try:
        for one in members(kind, io.BytesIO(content), "x", DEFAULT, Budget(1 << 20)):
            one.start(16)
            one.content(1 << 20)
    except FormatError:
        pass
