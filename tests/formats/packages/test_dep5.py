import pytest
from hypothesis import given

from pratique.formats.packages.dep5 import FILE_BYTES, NAMES, licences
from tests.makers.mutation import damaged

HEAD = b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
SAMPLE = (
    HEAD + b"\nFiles: *\nLicense: GPL-2+\n text\n\nFiles: b\nLicense: Expat\n\nLicense: GPL-2+\n"
)


def test_short_names_are_sorted_and_single() -> None:
    """Each licence stands once, whatever the number of files under it."""
    assert licences(SAMPLE) == ("Expat", "GPL-2+")


@pytest.mark.parametrize("content", [b"", b"License: GPL-2\n", b"It was downloaded from x\n"])
def test_prose_says_nothing(content: bytes) -> None:
    """Only a file that declares the format is believed."""
    assert licences(content) == ()


def test_bounds() -> None:
    """Neither a huge file nor a huge number of names is taken."""
    assert licences(HEAD + b"x" * FILE_BYTES) == ()
    many = HEAD + b"".join(b"\nLicense: x%d\n" % number for number in range(1000))
    assert len(licences(many)) == NAMES


@given(damaged([SAMPLE]))
def test_any_bytes_are_read(content: bytes) -> None:
    """No input raises, and no name holds control characters."""
    assert all(name.isprintable() for name in licences(content))
