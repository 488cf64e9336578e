"""An archive's index says where members lie, and no header makes it say anything else."""

import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.image.tar_index import index_tar, looks_like_tar, normal_name
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.image import tar_of


def reader(content):
    return lambda size, offset: content[offset : offset + size]


def bytes_of(content, name, limits=DEFAULT):
    member = index_tar(reader(content), len(content), limits).find(name)
    return None if member is None else content[member.offset : member.offset + member.size_bytes]


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1, max_size=300)


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
@given(files=st.dictionaries(NAMES, st.binary(max_size=1500), max_size=6))
def test_finds_what_tarfile_wrote(form, files):
    """Every member is found with its bytes, whatever its name and the dialect."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    whole = buffer.getvalue()

    for name, content in files.items():
        if normal_name(name) == name:
            assert bytes_of(whole, name) == content


def test_links():
    """Symlinks and hardlinks lead to bytes inside the archive; loops and ways out to none."""
    content = tar_of(
        {
            "a.tar": b"bytes",
            "x/layer.tar": "../a.tar",
            "y/layer.tar": "../x/layer.tar",
            "loop1": "loop2",
            "loop2": "loop1",
            "out": "../../../etc/passwd",
            "absolute": "/a.tar",
        }
    )

    assert bytes_of(content, "y/layer.tar") == b"bytes"
    assert bytes_of(content, "absolute") == b"bytes"
    assert bytes_of(content, "loop1") is None
    assert bytes_of(content, "out") is None
    assert bytes_of(content, "./x//layer.tar") == b"bytes"
    assert bytes_of(content, "../a.tar") is None


def test_repeated_names():
    """The last of two members with one name counts, and the name is noted."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        for text in (b"one", b"two"):
            info = tarfile.TarInfo("./same")
            info.size = 3
            tar.addfile(info, io.BytesIO(text))
    content = buffer.getvalue()

    index = index_tar(reader(content), len(content), DEFAULT)

    assert index.repeated == {"same"}
    assert bytes_of(content, "same") == b"two"


def test_a_size_beyond_the_end():
    """A member that claims more than the file holds ends with the file."""
    content = tar_of({"big": b"x" * 600})[: 512 + 600]

    assert bytes_of(content, "big") == b"x" * 600


def test_sparse_members_have_no_bytes_in_place():
    """A sparse member is not handed out: its bytes do not lie in one stretch."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        info = tarfile.TarInfo("holes")
        info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}
        info.size = 5
        tar.addfile(info, io.BytesIO(b"12345"))
    content = buffer.getvalue()

    assert bytes_of(content, "holes") is None


def test_bounds():
    """Entries and extended headers are bounded."""
    many = tar_of({str(number): b"" for number in range(5)})
    long = tar_of({"n" * 4000: b""})

    with pytest.raises(LimitExceeded, match="4 entries"):
        index_tar(reader(many), len(many), Limits(entries=4))
    with pytest.raises(LimitExceeded, match="extended"):
        index_tar(reader(long), len(long), Limits(header_bytes=1000))
    assert len(index_tar(reader(many), len(many), Limits(entries=5)).members) == 5


def test_damage():
    """A header with a wrong checksum ends the reading with an error, not with a short list."""
    content = bytearray(tar_of({"a": b"1", "b": b"2"}))
    content[1024 + 5] ^= 1

    with pytest.raises(FormatError, match="byte 1024"):
        index_tar(reader(bytes(content)), len(content), DEFAULT)
    assert looks_like_tar(bytes(content))
    assert not looks_like_tar(bytes(512))
    assert not looks_like_tar(b"short")


@given(st.integers(0, 1535), st.binary(min_size=1, max_size=12))
def test_any_header_is_read_or_refused(offset, noise):
    """No damage makes the index raise anything but FormatError or point outside the file."""
    content = bytearray(tar_of({"a" * 120: b"1", "b": "a"}))
    content[offset : offset + len(noise)] = noise
    content = bytes(content)

    try:
        index = index_tar(reader(content), len(content), DEFAULT)
    except FormatError:
        return
    for member in index.members.values():
        assert 0 <= member.offset <= member.offset + member.size_bytes <= len(content)
