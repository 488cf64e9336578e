"""Doubt what is flawed in name only."""

import pytest

from pratique.matchers import rpm
from pratique.matchers._doubts import doubt_of, doubt_of_update
from pratique.matchers.dpkg import match
from pratique.model.advisory import Range
from pratique.model.distro import Distro
from pratique.model.finding import Confidence
from pratique.model.package import PackageType
from tests.makers.lookup import DEBIAN, MemoryLookup, advisory, package, statement


@pytest.mark.parametrize(
    ("name", "doubtful"),
    [
        ("linux-libc-dev", True),
        ("linux-libc-dev-arm64-cross", True),
        ("linux-headers-6.1.0-18-amd64", True),
        ("linux-headers", True),
        ("kernel-headers", True),
        ("kernel-rt-headers", True),
        ("linux-glibc-devel", True),
        ("linux-api-headers", True),
        ("linux-image-6.1.0-18-amd64", False),
        ("kernel-core", False),
        ("libc6-dev", False),
    ],
)
def test_kernel_headers_hold_no_code(name: str, doubtful: bool) -> None:
    """The headers, not the kernel itself nor other headers."""
    assert bool(doubt_of(package(PackageType.DEB, name, "6.1"))) is doubtful


def test_a_doubtful_finding_is_kept_and_says_why() -> None:
    """Low confidence, with the reason in the evidence."""
    lookup = MemoryLookup([advisory("CVE-2024-0001", statement("Debian:12", "linux", Range()))])
    found = package(
        PackageType.DEB, "linux-libc-dev", "6.1-1", source_name="linux", source_version="6.1-1"
    )
    (finding,) = match(found, DEBIAN, lookup).findings
    assert finding.confidence is Confidence.LOW
    assert finding.evidence[0].note.startswith("headers only")


@pytest.mark.parametrize(
    ("title", "names", "doubtful"),
    [
        ("Security update for buildah", ("libgpg-error0", "libgpg-error"), True),
        ("Security update for libgpg-error", ("libgpg-error0", "libgpg-error"), False),
        ("Security update for python-requests", ("python3-requests", "python-requests"), False),
        ("Security update for the Linux Kernel", ("kernel-default", "kernel-default"), False),
        ("Security update for the Linux Kernel", ("util-linux", "util-linux"), True),
        ("Security update for curl, openssl-1_1", ("libopenssl1_1", "openssl-1_1"), False),
        ("Security update for X", ("x", ""), True),
        ("Important: buildah security update", ("libgpg-error0", ""), False),
        ("", ("zlib", ""), False),
    ],
)
def test_an_update_may_be_about_another_package(
    title: str, names: tuple[str, str], doubtful: bool
) -> None:
    """SUSE's titles name what an update is for; other publishers' titles say nothing here."""
    assert bool(doubt_of_update(title, names)) is doubtful


def test_a_bystander_of_an_update_has_medium_confidence() -> None:
    """Kept, with the title as the reason; high again where an update for the package says so."""
    sles, fixed = Distro(id="sles", version="15.3"), Range(fixed="1.42-1")
    module = "SUSE:Linux Enterprise Module for Basesystem 15 SP3"
    about = statement(module, "libgpg-error", fixed)
    other = advisory(
        "SUSE-SU-2022:1-1", about, related=("CVE-2024-0001",), title="Security update for buildah"
    )
    own = advisory(
        "SUSE-SU-2022:2-1",
        about,
        related=("CVE-2024-0001",),
        title="Security update for libgpg-error",
    )
    found = package(PackageType.RPM, "libgpg-error", "1.29-1")
    (finding,) = rpm.match(found, sles, MemoryLookup([other])).findings
    assert finding.confidence is Confidence.MEDIUM
    assert "'Security update for buildah'" in finding.evidence[0].note
    (finding,) = rpm.match(found, sles, MemoryLookup([other, own])).findings
    assert finding.confidence is Confidence.HIGH


def test_a_flaw_that_one_update_fixed_and_a_later_one_names_again_is_doubtful() -> None:
    """It is kept: the later update may complete the fix."""
    here = package(PackageType.DEB, "openssl", "3.0.1-2")
    cve = ("CVE-2024-0001",)
    first = advisory(
        "DSA-1-1", statement("Debian:12", "openssl", Range(fixed="3.0.1-2")), related=cve
    )
    later = advisory(
        "DSA-2-1", statement("Debian:12", "openssl", Range(fixed="3.0.1-9")), related=cve
    )
    (finding,) = match(here, DEBIAN, MemoryLookup([first, later])).findings
    assert finding.confidence is Confidence.LOW
    assert "DSA-1-1 calls the installed version fixed" in finding.evidence[0].note
    (sure,) = match(here, DEBIAN, MemoryLookup([later])).findings
    assert sure.confidence is Confidence.HIGH
