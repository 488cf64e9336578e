"""Match deb packages by source name and source version."""

from pratique.matchers.dpkg import ecosystems, match
from pratique.model.advisory import Range
from pratique.model.package import PackageType
from tests.makers.lookup import DEBIAN, UBUNTU, MemoryLookup, advisory, package, statement

LOOKUP = MemoryLookup(
    [advisory("CVE-2024-0001", statement("Debian:12", "gcc-12", Range(fixed="12.2.0-14")))]
)


def test_the_source_counts() -> None:
    """libstdc++6 12.2.0-14+b1 is gcc-12 12.2.0-14, which is fixed; 12.2.0-13+b9 is not."""
    for version, count in (("12.2.0-14", 0), ("12.2.0-13", 1)):
        binary = package(
            PackageType.DEB,
            "libstdc++6",
            version + "+b9",
            source_name="gcc-12",
            source_version=version,
        )
        assert len(match(binary, DEBIAN, LOOKUP).findings) == count


def test_a_package_that_is_its_own_source() -> None:
    """Without a source field the package's own name and version count."""
    assert len(match(package(PackageType.DEB, "gcc-12", "12.2.0-1"), DEBIAN, LOOKUP).findings) == 1
    assert match(package(PackageType.DEB, "gcc-13", "12.2.0-1"), DEBIAN, LOOKUP).findings == ()


def test_another_release_or_distribution_has_other_data() -> None:
    """Debian 12's statements say nothing about Ubuntu."""
    found = package(PackageType.DEB, "gcc-12", "12.2.0-1")
    assert match(found, UBUNTU, LOOKUP).findings == ()
    assert match(found, None, LOOKUP).findings == ()
    assert ecosystems(found, UBUNTU) == ("Ubuntu:22.04:LTS", "Ubuntu:Pro:22.04:LTS")
    assert ecosystems(found, None) == ()


def test_a_version_that_is_none_is_an_unknown() -> None:
    """Never silently skipped, never silently matched."""
    matched = match(package(PackageType.DEB, "gcc-12", "twelve point two"), DEBIAN, LOOKUP)
    assert matched.findings == ()
    assert "not a deb version" in matched.unknowns[0].reason
