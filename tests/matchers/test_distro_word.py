"""Hear the distribution on flaws of libraries that are part of its packages."""

import pytest

from pratique.matchers.matching import match_packages
from pratique.model.advisory import Advisory, FixState, Range
from pratique.model.distro import Distro
from pratique.model.finding import Finding, Suppressor
from pratique.model.package import Package, PackageType
from tests.makers.lookup import (
    ALPINE,
    DEBIAN,
    UBUNTU,
    MemoryLookup,
    advisory,
    package,
    statement,
)

CVE = "CVE-2023-0001"
UPSTREAM = advisory(
    "GHSA-x", statement("PyPI", "django", Range(fixed="4.2.1")), aliases=(CVE, "PYSEC-1")
)
OS = package(PackageType.DEB, "python3-django", "3:3.2.19-1+deb12u1", source_name="python-django")
PART = package(PackageType.PYPI, "Django", "3.2.19", owner=OS.key, location="PKG-INFO")


def on(
    *said: Advisory, distro: Distro = DEBIAN, packages: tuple[Package, ...] = (OS, PART)
) -> Finding:
    """Return the finding on the library."""
    found = match_packages(packages, distro, MemoryLookup([UPSTREAM, *said])).findings
    return next(one for one in found if one.package == PART.key)


def debian(*ranges: Range, name: str = CVE, **more: object) -> Advisory:
    """Return Debian's word on its package."""
    about = statement("Debian:12", "python-django", *ranges, **more)  # type: ignore[arg-type]
    return advisory(name, about, feed="debian-tracker")


def test_a_fix_of_the_distribution_suppresses() -> None:
    """The reason names distribution, package, version and word."""
    found = on(debian(Range(fixed="3:3.2.19-1+deb12u1")))
    assert found.suppressed == (
        "Debian: fixed in python-django 3:3.2.19-1+deb12u1, installed 3:3.2.19-1+deb12u1"
    )
    assert found.suppressed_by is Suppressor.DISTRO
    assert found.evidence[-1].feed == "debian-tracker"
    assert found.evidence[-1].url.endswith(CVE)


def test_not_affected_suppresses() -> None:
    """Also without any version."""
    found = on(debian(state=FixState.NOT_AFFECTED))
    assert found.suppressed == "Debian: not affected, python-django 3:3.2.19-1+deb12u1"


@pytest.mark.parametrize("ranges", [(Range(fixed="3:3.2.19-1+deb12u2"),), (Range(),)])
def test_what_the_os_package_has_is_reported_there(ranges: tuple[Range, ...]) -> None:
    """Once: fixed later, or not fixed at all."""
    found = on(debian(*ranges))
    assert found.suppressed == "reported for its OS package python3-django"
    assert found.suppressed_by is Suppressor.OS_PACKAGE


@pytest.mark.parametrize(
    "said",
    [
        (),
        (debian(Range(fixed="1"), name="CVE-2020-9999"),),
        (debian(Range(introduced="9:1", fixed="9:2")),),
        (debian(Range(fixed="not a version!")),),
        (advisory(CVE, statement("Debian:11", "python-django", Range(fixed="1"))),),
        (advisory(CVE, statement("Debian:12", "other", Range(fixed="1"))),),
    ],
)
def test_silence_suppresses_nothing(said: tuple[Advisory, ...]) -> None:
    """Nothing said, another flaw, other versions, no version, another release, another package."""
    filler = debian(Range(fixed="1"), name="CVE-2019-0001")
    assert on(filler, *said).suppressed == ""


def test_what_is_not_joined_is_not_heard() -> None:
    """The same version beside the OS package is another installation."""
    alone = package(PackageType.PYPI, "Django", "3.2.19", location="PKG-INFO")
    found = on(debian(Range(fixed="1")), packages=(OS, alone))
    assert found.suppressed == ""
    lost = on(debian(Range(fixed="1")), packages=(PART,))
    assert lost.suppressed == ""


def test_a_distribution_that_publishes_fixes_only_is_quoted() -> None:
    """Alpine's fix stands in the evidence and the finding counts."""
    owner = package(PackageType.APK, "py3-django", "3.2.19-r1", source_name="py3-django")
    part = package(PackageType.PYPI, "Django", "3.2.19", owner=owner.key, location="PKG-INFO")
    said = advisory(
        CVE, statement("Alpine:v3.20", "py3-django", Range(fixed="3.2.19-r0")), feed="alpine-secdb"
    )
    found = match_packages((owner, part), ALPINE, MemoryLookup([UPSTREAM, said])).findings
    (one,) = (finding for finding in found if finding.package == part.key)
    assert one.suppressed == ""
    assert one.evidence[-1].note == (
        "Alpine: fixed in py3-django 3.2.19-r0, installed 3.2.19-r1; "
        "it publishes fixes only, so this suppresses nothing"
    )
    later = advisory(
        CVE, statement("Alpine:v3.20", "py3-django", Range(fixed="3.2.20-r0")), feed="alpine-secdb"
    )
    found = match_packages((owner, part), ALPINE, MemoryLookup([UPSTREAM, later])).findings
    assert [one.suppressed for one in found] == ["", ""]
    assert "Alpine: affected" in next(f for f in found if f.package == part.key).evidence[-1].note


def test_a_fix_of_a_paid_offer_suppresses_where_it_is_installed() -> None:
    """The package carries it."""
    owner = package(
        PackageType.DEB, "python3-django", "3.2.19-1ubuntu1+esm1", source_name="python-django"
    )
    part = package(PackageType.PYPI, "Django", "3.2.19", owner=owner.key)
    said = (
        advisory(
            CVE,
            statement("Ubuntu:22.04:LTS", "python-django", Range()),
            statement("Ubuntu:Pro:22.04:LTS", "python-django", Range(fixed="3.2.19-1ubuntu1+esm1")),
            feed="ubuntu-cve-tracker",
        ),
    )
    (one,) = match_packages((owner, part), UBUNTU, MemoryLookup([UPSTREAM, *said])).findings
    assert one.suppressed.startswith("Ubuntu Pro: fixed in python-django")


def test_malware_is_never_suppressed_so() -> None:
    """The distribution's word is about flaws."""
    evil = advisory("MAL-1", statement("PyPI", "django", Range()), aliases=(CVE,), malicious=True)
    lookup = MemoryLookup([evil, debian(Range(fixed="1"))])
    (one,) = match_packages((OS, PART), DEBIAN, lookup).findings
    assert one.suppressed == ""


def test_a_program_of_an_os_package_is_not_judged_on_its_own() -> None:
    """Neither found nor counted as not assessed."""
    program = package(
        PackageType.GENERIC, "python", "3.11.2", owner=OS.key, location="usr/bin/python3"
    )
    matched = match_packages((OS, program), DEBIAN, MemoryLookup([debian(Range(fixed="1"))]))
    assert (matched.findings, matched.unknowns) == ((), ())
