import pytest

from pratique.extractors.os._identity import PATHS, identify
from tests.makers.os_packages import os_release
from tests.makers.tree import Link, MemoryTree

ALPINE = os_release(id="alpine", version_id="3.18.9")


@pytest.mark.parametrize(
    ("files", "distro_id", "version"),
    [
        ({"etc/os-release": ALPINE}, "alpine", "3.18.9"),
        ({"usr/lib/os-release": ALPINE, "etc/os-release": Link("../usr/lib/os-release")}, "alpine", "3.18.9"),
        ({"usr/lib/os-release": ALPINE}, "alpine", "3.18.9"),
        ({"etc/alpine-release": b"3.10.9\n"}, "alpine", "3.10.9"),
        ({"etc/redhat-release": b"CentOS release 6.10 (Final)\n"}, "centos", "6.10"),
        ({"etc/redhat-release": b"Red Hat Enterprise Linux Server release 6.10 (S)\n", "etc/oracle-release": b"Oracle Linux Server release 6.10\n"}, "ol", "6.10"),
        ({"etc/system-release": b"Amazon Linux AMI release 2018.03\n"}, "amzn", "2018.03"),
        ({"etc/debian_version": b"12.15\n", "etc/lsb-release": b"DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=18.04\n"}, "ubuntu", "18.04"),
        ({"etc/debian_version": b"12.15\n"}, "debian", "12"),
        ({"etc/SuSE-release": b"SUSE Linux Enterprise Server 11\nVERSION = 11\nPATCHLEVEL = 4\n"}, "sles", "11.4"),
    ],
)  # fmt: skip
def test_every_place_is_asked(files: dict[str, bytes], distro_id: str, version: str) -> None:
    """os-release first, the most specific file next."""
    found = identify(MemoryTree(files))

    assert found.distro is not None
    assert (found.distro.id, found.distro.version) == (distro_id, version)
    assert found.unknowns == ()


def test_scratch_and_busybox_name_nothing() -> None:
    """No distribution, no complaint."""
    found = identify(MemoryTree({"bin/busybox": b"\x7fELF"}))

    assert (found.distro, found.unknowns) == (None, ())


def test_an_unreadable_file_is_told_and_the_next_is_asked() -> None:
    """A damaged os-release does not hide the distribution."""
    found = identify(MemoryTree({"etc/os-release": b"\xff\xfe", "etc/alpine-release": b"3.10.9"}))

    assert found.distro is not None
    assert found.distro.id == "alpine"
    assert [unknown.location for unknown in found.unknowns] == ["etc/os-release"]


@pytest.mark.parametrize(
    ("repositories", "version"),
    [
        (b"https://x/alpine/v3.18/main\n", "3.18.9"),
        (b"https://x/alpine/v3.1/main\n", "3.1"),
        (b"https://x/alpine/edge/main\n", "edge"),
        (b"https://x/alpine/v3.18/main\nhttps://x/alpine/edge/testing\n", "3.18.9"),
        (b"", "3.18.9"),
    ],
)
def test_configured_repositories_beat_the_release_file(repositories: bytes, version: str) -> None:
    """They say where packages come from, where they all say the same."""
    found = identify(MemoryTree({"etc/os-release": ALPINE, "etc/apk/repositories": repositories}))

    assert found.distro is not None
    assert found.distro.version == version


def test_all_files_that_are_read_are_in_the_patterns() -> None:
    """Otherwise their bytes would not be kept."""
    assert "etc/os-release" in PATHS
    assert "etc/apk/repositories" in PATHS
    assert all(not path.startswith("/") for path in PATHS)
