import pytest

from pratique.extractors.os.expectation import missing_databases
from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType, Purl
from pratique.model.unknown import Weight
from tests.makers.tree import DIRECTORY, MemoryTree

EMPTY = MemoryTree({"bin/sh": b""})


def package(kind: PackageType) -> Package:
    return Package(type=kind, name="a", version="1", purl=Purl("pkg:x/a"))


@pytest.mark.parametrize(
    "distro_id", ["debian", "ubuntu", "alpine", "wolfi", "centos", "sles", "arch"]
)
def test_a_known_distribution_without_packages_is_blocking(distro_id: str) -> None:
    """Absent, empty or unreadable: never clean."""
    (unknown,) = missing_databases(Distro(id=distro_id, version="1"), (), EMPTY)

    assert unknown.weight == Weight.BLOCKING
    assert distro_id in unknown.reason


def test_packages_of_another_manager_do_not_count() -> None:
    """A wheel, or a stray rpm, is no Debian."""
    others = (package(PackageType.PYPI), package(PackageType.RPM))

    assert missing_databases(Distro(id="debian"), others, EMPTY)
    assert not missing_databases(Distro(id="debian"), (package(PackageType.DEB),), EMPTY)


def test_a_derivative_is_its_parent() -> None:
    """ID_LIKE says which package manager to expect."""
    distro = Distro(id="somebodys", like=("rhel", "fedora"))

    assert missing_databases(distro, (), EMPTY)[0].weight == Weight.BLOCKING
    assert not missing_databases(distro, (package(PackageType.RPM),), EMPTY)


def test_openwrt_has_two_managers() -> None:
    """opkg, and apk since 25.12."""
    for kind in (PackageType.OPKG, PackageType.APK):
        assert not missing_databases(Distro(id="openwrt"), (package(kind),), EMPTY)


def test_a_manager_that_is_not_read_is_blocking() -> None:
    """Gentoo's packages are there, but nobody looked."""
    (unknown,) = missing_databases(Distro(id="gentoo"), (), EMPTY)

    assert unknown.weight == Weight.BLOCKING
    assert "portage" in unknown.reason


def test_an_unknown_distribution_is_told() -> None:
    """Coverage only: it may have no packages at all."""
    (unknown,) = missing_databases(Distro(id="somebodys"), (), EMPTY)

    assert unknown.weight == Weight.COVERAGE
    assert not missing_databases(Distro(id="somebodys"), (package(PackageType.APK),), EMPTY)


def test_scratch_and_busybox_are_fine() -> None:
    """Nothing names a distribution, nothing is expected."""
    assert missing_databases(None, (), EMPTY) == ()


def test_a_folder_of_a_manager_without_its_packages_is_blocking() -> None:
    """Deleting os-release and the database hides nothing."""
    tree = MemoryTree({"var/lib/dpkg/info/bash.list": b"/bin/bash\n", "var/lib/rpm": DIRECTORY})

    (unknown,) = missing_databases(None, (), tree)

    assert (unknown.location, unknown.weight) == ("var/lib/dpkg", Weight.BLOCKING)
    assert missing_databases(None, (package(PackageType.DEB),), tree) == ()
