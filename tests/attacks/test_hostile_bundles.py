"""A bundle of advisories made to hurt whoever imports it is refused, small and soon."""

import tarfile
from pathlib import Path

import pytest
import zstandard
from msgspec.structs import replace

from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError
from pratique.pipelines.carry_db import import_bundle


def extended_header(size: int) -> bytes:
    """Return the header of a PAX header."""
    member = tarfile.TarInfo("x")
    member.type, member.size = tarfile.XHDTYPE, size
    return member.tobuf(tarfile.GNU_FORMAT)


def refused(file: Path, folder: Path) -> str:
    """Import, and return why that was refused; nothing but the lock may be left behind."""
    with pytest.raises(FormatError) as caught:
        import_bundle(file, folder, replace(DEFAULT, memory_bytes=100 << 20))
    assert [one.name for one in folder.iterdir()] == [".import.lock"]
    return str(caught.value)


def test_extended_headers_one_behind_the_other(tmp_path):
    """The reader calls itself for each."""
    file = tmp_path / "b.tar.zst"
    file.write_bytes(zstandard.compress(extended_header(0) * 30_000 + bytes(1024)))
    assert "headers" in refused(file, tmp_path / "shards")


def test_an_extended_header_without_end(tmp_path):
    """Three gigabytes behind some kilobytes; the reader would hold it whole."""
    file = tmp_path / "b.tar.zst"
    packer = zstandard.ZstdCompressor().compressobj()
    with file.open("wb") as out:
        out.write(packer.compress(extended_header(3 << 30)))
        for _ in range(300):
            out.write(packer.compress(bytes(1 << 20)))
        out.write(packer.flush())
    assert "headers" in refused(file, tmp_path / "shards")
