import pytest
from hypothesis import given

from pratique.formats.packages.pacman import parse_desc, parse_files
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import OwnedFile
from tests.makers.mutation import damaged
from tests.makers.os_packages import pacman_section

DESC = pacman_section(
    name=["zlib-ng"], version=["1:2.1-3"], base=["zlib"], arch=["x86_64"], license=["Zlib", "MIT"],
    depends=["glibc>=2.38", "sh"], provides=["zlib=1:1.3", "libz.so=1-64"],
)  # fmt: skip
FILES = pacman_section(
    files=["usr/", "usr/lib/", "usr/lib/libz.so", "etc/z.conf"],
    backup=["etc/z.conf\t0123456789abcdef0123456789abcdef"],
)


def test_a_package_is_read() -> None:
    """Relations lose their versions, lists keep all their lines."""
    record = parse_desc(DESC)

    assert (record.name, record.version, record.base, record.arch) == (
        "zlib-ng", "1:2.1-3", "zlib", "x86_64",
    )  # fmt: skip
    assert record.licences == ("Zlib", "MIT")
    assert record.depends == ("glibc", "sh")
    assert record.provides == ("zlib", "libz.so")


def test_files_are_read_without_folders() -> None:
    """Only configuration files carry a digest."""
    assert parse_files(FILES) == (
        OwnedFile("usr/lib/libz.so", "", False),
        OwnedFile("etc/z.conf", "md5:0123456789abcdef0123456789abcdef", True),
    )


@pytest.mark.parametrize("content", [b"", b"%NAME%\na\n", b"%NAME%\na b\n\n%VERSION%\n1\n"])
def test_a_package_without_name_or_version_is_refused(content: bytes) -> None:
    """It is never an empty package."""
    with pytest.raises(FormatError):
        parse_desc(content)


def test_lines_are_bounded() -> None:
    """A file of more lines than the limit is refused."""
    with pytest.raises(LimitExceeded):
        parse_files(FILES, Limits(owned_files=2))


@given(damaged([DESC, FILES]))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Only FormatError escapes."""
    try:
        parse_files(content)
        parse_desc(content)
    except FormatError:
        pass
