"""Match apk packages by origin."""

from pratique.matchers.apk import ecosystems, match
from pratique.model.advisory import FixState, Range
from pratique.model.distro import Distro
from pratique.model.package import PackageType
from tests.makers.lookup import ALPINE, MemoryLookup, advisory, package, statement

FIX = statement("Alpine:v3.20", "openssl", Range(fixed="3.3.2-r1"), state=FixState.FIXED)
NEVER = statement("Alpine:v3.20", "openssl", state=FixState.NOT_AFFECTED)


def test_the_origin_counts() -> None:
    """libcrypto3 is openssl; the fixed revision itself is clean."""
    lookup = MemoryLookup([advisory("CVE-2024-0001", FIX, feed="alpine-secdb")])
    for version, count in (("3.3.2-r0", 1), ("3.3.2-r1", 0), ("3.3.2_rc1-r5", 1), ("3.3.10-r0", 0)):
        found = package(PackageType.APK, "libcrypto3", version, source_name="openssl")
        assert len(match(found, ALPINE, lookup).findings) == count


def test_never_affected_silences_osv() -> None:
    """Secdb's fix "0" is the publisher's no."""
    open_range = statement("Alpine:v3.20", "openssl", Range())
    records = [
        advisory("CVE-2024-0001", NEVER, feed="alpine-secdb"),
        advisory("ALPINE-CVE-2024-0001", open_range, upstream=("CVE-2024-0001",)),
    ]
    found = package(PackageType.APK, "openssl", "3.3.2-r0")
    assert match(found, ALPINE, MemoryLookup(records)).findings == ()
    assert len(match(found, ALPINE, MemoryLookup(records[1:])).findings) == 1


def test_a_version_that_apk_refuses_is_an_unknown() -> None:
    """Text like 3.3-r sorts somewhere, but no apk would install it."""
    lookup = MemoryLookup([advisory("CVE-2024-0001", FIX)])
    matched = match(package(PackageType.APK, "openssl", "3.3-r"), ALPINE, lookup)
    assert matched.findings == ()
    assert len(matched.unknowns) == 1


def test_rolling_distributions_have_one_ecosystem() -> None:
    """Wolfi has no releases."""
    found = package(PackageType.APK, "openssl", "3.3-r0")
    assert ecosystems(found, Distro(id="wolfi", version="20230201")) == ("Wolfi",)
    assert ecosystems(found, None) == ()
