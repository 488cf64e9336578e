import pytest
from hypothesis import given

from pratique.formats.packages.damaged import CUT, Damaged
from pratique.formats.packages.opkg import OpkgRecord, parse_list, parse_status
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from tests.makers.mutation import damaged
from tests.makers.os_packages import stanza

SAMPLE = b"".join(
    (
        stanza(package="libopenssl3", version="3.0.14-r1", depends="libc (>= 1), libatomic1",
               provides="libopenssl", status="install user installed", architecture="x86_64",
               source="package/libs/openssl", license="Apache-2.0"),
        stanza(package="gone", version="1", status="deinstall user not-installed"),
        stanza(package="held", version="2", status="install hold,user installed"),
    )
)  # fmt: skip


def test_packages_are_read() -> None:
    """OpenWrt's source is the last part of the build folder."""
    first, gone, held = (item for item in parse_status(SAMPLE) if isinstance(item, OpkgRecord))

    assert (first.name, first.version, first.source) == ("libopenssl3", "3.0.14-r1", "openssl")
    assert (first.depends, first.provides) == (("libc", "libatomic1"), ("libopenssl",))
    assert [gone.installed, held.installed] == [False, True]


def test_a_list_is_read() -> None:
    """Mode and symlink target behind a tab are cut off."""
    assert parse_list(b"/etc/a\n/bin/b\t0755\n/lib/c\t0777\t/x\n\n") == ("etc/a", "bin/b", "lib/c")


@pytest.mark.parametrize("bad", [stanza(version="1"), stanza(package="a", status="installed"), stanza(package="a", status="a b installed")])  # fmt: skip
def test_a_damaged_stanza_is_told(bad: bytes) -> None:
    """The stanzas around it stand."""
    assert [type(item) for item in parse_status(SAMPLE + bad)] == [OpkgRecord] * 3 + [Damaged]


def test_a_file_that_ends_inside_a_line_is_told() -> None:
    """A shortened version would look like another one."""
    assert list(parse_status(SAMPLE.strip()))[-1] == CUT


def test_bounds() -> None:
    """Too many packages or files are refused."""
    with pytest.raises(LimitExceeded):
        list(parse_status(SAMPLE, Limits(packages=1)))
    with pytest.raises(LimitExceeded):
        parse_list(b"/a\n/b\n", Limits(owned_files=1))


@given(damaged([SAMPLE, b"/etc/a\n/bin/b\t0755\n"]))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Only FormatError escapes."""
    try:
        list(parse_status(content))
        parse_list(content)
    except FormatError:
        pass
