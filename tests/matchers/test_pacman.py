"""Match packages of Arch Linux by name and base."""

from pratique.matchers.pacman import ecosystems, match
from pratique.model.advisory import Range
from pratique.model.distro import Distro
from pratique.model.package import PackageType
from tests.makers.lookup import MemoryLookup, advisory, package, statement

ARCH = Distro(id="arch", name="Arch Linux")
LOOKUP = MemoryLookup(
    [
        advisory(
            "AVG-1",
            statement("Arch Linux", "curl", Range(fixed="8.0.1-1")),
            statement("Arch Linux", "gcc", Range(fixed="1:2-1")),
            feed="arch",
            upstream=("CVE-2024-0001", "CVE-2024-0002"),
        )
    ]
)


def test_a_group_fans_out() -> None:
    """An AVG for two CVEs is two findings on a package below the fix, none at it."""
    rules = [
        f.rule for f in match(package(PackageType.ALPM, "curl", "8.0.0-9"), ARCH, LOOKUP).findings
    ]
    assert rules == ["CVE-2024-0001", "CVE-2024-0002"]
    assert match(package(PackageType.ALPM, "curl", "8.0.1-1"), ARCH, LOOKUP).findings == ()


def test_a_split_package_is_also_judged_by_its_base() -> None:
    """gcc-libs is built from gcc; an epoch counts."""
    found = package(PackageType.ALPM, "gcc-libs", "9.9-1", source_name="gcc")
    assert len(match(found, ARCH, LOOKUP).findings) == 2
    assert match(found, None, LOOKUP).findings == ()


def test_a_derivative_has_no_data() -> None:
    """Manjaro's packages are its own."""
    found = package(PackageType.ALPM, "curl", "1-1")
    assert ecosystems(found, ARCH) == ("Arch Linux",)
    assert ecosystems(found, Distro(id="manjaro", like=("arch",))) == ()
    assert len(match(package(PackageType.ALPM, "curl", "a b"), ARCH, LOOKUP).unknowns) == 1
