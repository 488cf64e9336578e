import json

import pytest
import zstandard
from hypothesis import given

from pratique.formats.packages.chisel import ChiselPackage, ChiselPath, parse_manifest
from pratique.formats.packages.damaged import Damaged
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.mutation import damaged
from tests.makers.os_packages import chisel_manifest

SAMPLE = chisel_manifest(
    {"kind": "package", "name": "libc6", "version": "2.39-0", "sha256": "00", "arch": "amd64"},
    {"kind": "path", "path": "/lib/", "slices": ["libc6_libs"]},
    {"kind": "path", "path": "/lib/a", "slices": ["libc6_libs", "b_c"], "sha256": "a" * 64},
    {"kind": "path", "path": "/etc/b", "slices": ["b_c"], "sha256": "a", "final_sha256": "b"},
    {"kind": "slice", "name": "libc6_libs"},
    {"kind": "content", "slice": "libc6_libs", "path": "/lib/a"},
)


def test_packages_and_files_are_read() -> None:
    """Folders are left out; a file changed after installation has its final digest."""
    assert list(parse_manifest(SAMPLE)) == [
        ChiselPackage("libc6", "2.39-0", "amd64"),
        ChiselPath("lib/a", ("b", "libc6"), "a" * 64),
        ChiselPath("etc/b", ("b",), "b"),
    ]


def test_a_damaged_line_is_told_and_the_rest_stands() -> None:
    """No JSON, wrong types, endless nesting, a package without version."""
    for line in (
        b"{",
        b"[1]",
        b'{"kind":1}',
        b'{"x":' + b"[" * 5000,
        b'{"kind":"package","name":"a"}',
    ):
        found = list(parse_manifest(zstandard.compress(zstandard.decompress(SAMPLE) + line)))

        assert [type(item) for item in found].count(Damaged) == 1
        assert isinstance(found[0], ChiselPackage)


def test_a_manifest_that_ends_early_is_told() -> None:
    """The header says how many lines there are."""
    text = b"\n".join(zstandard.decompress(SAMPLE).split(b"\n")[:3])

    assert isinstance(list(parse_manifest(zstandard.compress(text)))[-1], Damaged)


@pytest.mark.parametrize("content", [b"x", zstandard.compress(b"{}"), zstandard.compress(b"x\ny")])
def test_another_file_is_refused(content: bytes) -> None:
    """No zstd, no header."""
    with pytest.raises(FormatError):
        list(parse_manifest(content))


def test_bounds() -> None:
    """A bomb, an endless line, too many lines."""
    head = json.dumps({"jsonwall": "1.0", "count": 1}).encode() + b"\n"
    for text in (head + b"\n" * (65 << 20), head + b"x" * (1 << 20)):
        with pytest.raises(LimitExceeded):
            list(parse_manifest(zstandard.compress(text)))
    with pytest.raises(LimitExceeded):
        list(parse_manifest(SAMPLE, Limits(owned_files=2)))


@given(damaged([SAMPLE]))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Only FormatError escapes."""
    try:
        list(parse_manifest(content))
    except FormatError:
        pass
