"""Doubt what is flawed in name only."""

import pytest

from pratique.matchers._doubts import doubt_of
from pratique.matchers.dpkg import match
from pratique.model.advisory import Range
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
