import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.rpmdb import berkeley
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers import rpmdb as make
from tests.makers.mutation import damaged

BLOBS = [make.package(f"p{n}", requires=["x"] * (1 + n * 60)) for n in range(12)]
SAMPLES = [make.berkeley(BLOBS, page_size=size, order=o) for size in (512, 4096) for o in "<>"]


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 32768, 65536])
@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("inline", [True, False])
def test_what_is_written_is_read(page_size: int, order: str, inline: bool) -> None:
    """Inline records and chains, both byte orders, all page sizes."""
    content = make.berkeley(BLOBS, page_size=page_size, order=order, inline=inline)

    assert sorted(berkeley.blobs(content)) == sorted(BLOBS)


@given(st.lists(st.binary(min_size=1, max_size=3000), max_size=12))
def test_records_of_any_size_are_read(blobs: list[bytes]) -> None:
    """Sizes around the capacity of a page, too."""
    assert sorted(berkeley.blobs(make.berkeley(blobs, page_size=512))) == sorted(blobs)


@pytest.mark.parametrize("order", ["<", ">"])
def test_rpm_reads_the_same(order: str, need: Callable[[str], str], tmp_path: Path) -> None:
    """Rpm's own reader finds the packages that ours finds."""
    (tmp_path / "Packages").write_bytes(make.berkeley(BLOBS, order=order))
    command = [need("rpm"), "--dbpath", str(tmp_path), "--define", "_db_backend bdb_ro", "-qa"]
    done = subprocess.run([*command, "--qf", "%{NAME}\n"], capture_output=True, text=True)

    assert sorted(done.stdout.split()) == sorted(f"p{n}" for n in range(12))


def test_a_chain_that_loops_ends() -> None:
    """A page serves once; the record is damaged, the others stand."""
    content = bytearray(make.berkeley([BLOBS[11], BLOBS[10]], page_size=512))
    next_of_page_2 = 2 * 512 + 16
    content[next_of_page_2 : next_of_page_2 + 4] = (2).to_bytes(4, "little")

    found = list(berkeley.blobs(bytes(content)))

    assert [type(item) for item in found].count(Damaged) == 1
    assert BLOBS[10] in found


def test_records_that_share_a_chain_do_not_multiply() -> None:
    """The second record that leads to a used page is damaged."""
    content = make.berkeley([BLOBS[11]] * 2, page_size=512)
    second = 2 + -(-len(BLOBS[11]) // (512 - 26))
    item = b"\x03\0\0\0"
    shared = content.replace(item + struct.pack("<I", second), item + struct.pack("<I", 2))

    assert shared != content
    assert sum(isinstance(item, Damaged) for item in berkeley.blobs(shared)) == 1


def test_a_file_that_ends_early_is_told() -> None:
    """What is there is read; the rest is damage."""
    content = make.berkeley(BLOBS, page_size=512)
    found = list(berkeley.blobs(content[: len(content) // 2]))

    assert any(isinstance(item, bytes) for item in found)
    assert "ends early" in [item for item in found if isinstance(item, Damaged)][-1].reason


@pytest.mark.parametrize("size", [0, 1, 511, 513, 131072, 0xFFFFFFFF])
def test_impossible_page_sizes_are_refused(size: int) -> None:
    """Nothing is allocated by a size that the file claims."""
    content = bytearray(SAMPLES[0])
    content[20:24] = size.to_bytes(4, "little")
    with pytest.raises(FormatError, match="page size"):
        list(berkeley.blobs(bytes(content)))


def test_other_files_are_refused() -> None:
    """A b-tree, an encrypted file, a short file."""
    for at, value in ((12, 0x62), (24, 1), (25, 9)):
        content = bytearray(SAMPLES[0])
        content[at] = value
        with pytest.raises(FormatError):
            list(berkeley.blobs(bytes(content)))
    with pytest.raises(FormatError):
        list(berkeley.blobs(SAMPLES[0][:90]))


def test_records_are_bounded() -> None:
    """More packages than the limit are refused."""
    with pytest.raises(LimitExceeded):
        list(berkeley.blobs(SAMPLES[0], Limits(packages=5)))


@given(damaged(SAMPLES))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Only FormatError escapes, and the blobs are no more bytes than the file."""
    try:
        found = list(berkeley.blobs(content))
    except FormatError:
        return
    assert sum(len(item) for item in found if isinstance(item, bytes)) <= len(content)
