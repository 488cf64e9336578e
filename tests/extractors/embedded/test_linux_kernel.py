"""Kernels by their own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.embedded.linux_kernel import extract_file
from tests.makers.layer_file import layer_file

BANNER = b"Linux version 6.1.0-37-arm64 (debian-kernel@lists.debian.org) (gcc) #1 SMP"


def releases(content: bytes) -> list[str]:
    return [one.version for one in extract_file(layer_file("boot/vmlinuz-1", content)).packages]


@pytest.mark.parametrize("before", [0, (4 << 20) - 5, 5 << 20])
def test_a_kernel_that_is_not_compressed_by_its_banner(before: int) -> None:
    """The banner is found wherever it stands; its format string is no release."""
    content = b"\x7fELF" + b"Linux version %s\0" + b"\1" * before + BANNER
    assert releases(content) == ["6.1.0-37-arm64"]
    assert releases(b"\0" * 0x38 + b"ARM\x64" + BANNER) == ["6.1.0-37-arm64"]


def test_other_files_say_nothing() -> None:
    """A text with the words, or a header that points nowhere, is no kernel."""
    assert releases(BANNER) == []
    assert releases(b"\0" * 0x202 + b"HdrS" + b"\0" * 8 + b"\xff\xff") == []


@given(st.binary(max_size=700))
def test_any_bytes_are_answered(content: bytes) -> None:
    """Nothing raises."""
    releases(content)
    releases(b"\0" * 0x202 + b"HdrS" + content)
