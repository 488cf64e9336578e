"""The files of a feed's archive are those that tarfile wrote."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.feeds.feed_archive import archive_files
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.feed_samples import tar
from tests.makers.mutations import mutated, only_format_errors

FILES = {"a/one": b"1" * 700, "a/" + "long" * 60: b"2", "b/ü": b"", "b/two": b"3" * 512}


def walk(content: bytes, max_bytes: int = 1 << 20) -> dict[str, bytes]:
    return dict(archive_files(io.BytesIO(content), lambda name: True, max_bytes))


def test_files_come_out_with_their_names() -> None:
    """Long names, names outside ASCII and empty files included."""
    assert walk(tar(FILES)) == FILES


def test_gnu_long_names() -> None:
    """The GNU form of a long name is understood too."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        member = tarfile.TarInfo("x" * 200)
        member.size = 3
        archive.addfile(member, io.BytesIO(b"abc"))

    assert walk(out.getvalue()) == {"x" * 200: b"abc"}


def test_only_wanted_regular_files() -> None:
    """Folders, links and unwanted files are passed over."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        folder = tarfile.TarInfo("a")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        link = tarfile.TarInfo("a/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        big = tarfile.TarInfo("a/big")
        big.size = 5000
        archive.addfile(big, io.BytesIO(bytes(5000)))
        archive.addfile(tarfile.TarInfo("a/file"))

    found = archive_files(io.BytesIO(out.getvalue()), lambda name: name != "a/big", 100)

    assert dict(found) == {"a/file": b""}


def test_an_archive_without_its_end_is_refused() -> None:
    """Cut between two files it would otherwise look complete."""
    whole = tar({"one": b"1", "two": b"2"})

    for length in (1024, 1500, 2048, 700, 0):
        with pytest.raises(FormatError):
            walk(whole[:length])


def test_one_file_is_bounded() -> None:
    """A wanted file over the bound is refused before it is read."""
    with pytest.raises(LimitExceeded):
        walk(tar(FILES), 600)


@given(mutated(tar({"x/one": b"1" * 20, "x/" + "y" * 150: b"2"})) | st.binary(max_size=600))
def test_anything_is_walked_or_refused(content: bytes) -> None:
    """Nothing but FormatError escapes."""
    only_format_errors(walk, content)
