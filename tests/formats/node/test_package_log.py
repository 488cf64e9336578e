"""What a package manager notes is told once for each package."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.node.package_log import read_dnf, read_dpkg
from pratique.model.observation import HostPackageChanged

NS = 10**9


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"upgrade nc:amd64 1-1 1-2", HostPackageChanged("nc", "1-2", "1-1", "amd64")),
        (b"install nc <none> 1-2", HostPackageChanged("nc", "1-2")),
        (b"remove nc:all 1-2 <none>", HostPackageChanged("nc", "", "1-2", "all")),
        (b"purge nc:all 1-2 <none>", HostPackageChanged("nc", "", "1-2", "all")),
        (b"status installed nc:amd64 1-2", None),
        (b"configure nc:amd64 1-2 <none>", None),
        (b"startup archives unpack", None),
    ],
)
def test_dpkg(line, expected):
    """Steps between are no change."""
    found = read_dpkg(b"2026-11-22 04:31:46 " + line)
    assert found == (None if expected is None else (1_795_321_906 * NS, expected))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"Installed: nc-x-1.2-3.x86_64", HostPackageChanged("nc-x", "1.2-3", "", "x86_64")),
        (b"Upgrade: nc-1.2-3.x86_64", HostPackageChanged("nc", "1.2-3", "", "x86_64")),
        (b"Upgraded: nc-1.1-3.x86_64", None),
        (b"Erase: nc-1.1-3.x86_64", HostPackageChanged("nc", "", "1.1-3", "x86_64")),
        (b"anything", None),
    ],
)
def test_dnf(line, expected):
    """The old package of an upgrade goes with the new one's line."""
    found = read_dnf(b"2026-11-22T04:31:46+0000 SUBDEBUG " + line)
    assert found == (None if expected is None else (1_795_321_906 * NS, expected))


def test_a_time_that_is_none():
    """The change stands, its time is not known."""
    assert read_dpkg(b"2026-99-22 04:31:46 install nc <none> 1")[0] == 0


@given(st.binary(max_size=200))
def test_never_crashes(line):
    """Any line is a change or none."""
    read_dpkg(line)
    read_dpkg(b"2026-11-22 04:31:46 install " + line)
    read_dnf(line)
    read_dnf(b"2026-11-22T04:31:46+0000 INFO Installed: " + line)
