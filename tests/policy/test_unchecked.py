"""A judgement that rests on no comparison at all is none, and says what it takes."""

import pytest

from pratique.matchers.matching import match_packages
from pratique.model.advisory import Range
from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType
from pratique.model.unknown import Stage, Unknown
from pratique.policy.unchecked import Unchecked, unchecked
from tests.makers.lookup import DEBIAN, MemoryLookup, advisory, package, statement

LOOKUP = MemoryLookup(
    [
        advisory("CVE-2024-0001", statement("Debian:12", "zlib", Range(fixed="2"))),
        advisory("GHSA-x", statement("PyPI", "six", Range(fixed="2"))),
    ]
)
WITH_NVD = MemoryLookup([advisory("CVE-2021-1", statement("NVD", "other:other", Range(fixed="1")))])
BUSYBOX = package(PackageType.GENERIC, "busybox", "1.36.1")
ZLIB = package(PackageType.DEB, "zlib", "1")
SIX = package(PackageType.PYPI, "six", "1")
ILLEGIBLE = package(PackageType.DEB, "zlib", "a b")
ROCKY = Distro(id="rocky", version="9")
VENDORS = package(PackageType.RPM, "x", "1-1", vendor="Docker")


def judged(
    *packages: Package, distro: Distro | None = DEBIAN, lookup: MemoryLookup = LOOKUP
) -> Unchecked | None:
    """Match the packages, and say why nothing of them was compared."""
    matched = match_packages(packages, distro, lookup)
    return unchecked(matched.compared, matched.unknowns)


@pytest.mark.parametrize(
    ("packages", "distro", "why", "fix"),
    [
        ([BUSYBOX], None, "there are no advisory data for NVD", "`pratique db update NVD`, or let"),
        ([BUSYBOX], DEBIAN, "there are no advisory data for NVD", "`pratique gate`"),
        ([ZLIB], Distro(id="debian", version="9"), "do not cover Debian:9", "`pratique db update`"),
        ([ZLIB], None, "the distribution is not known", "`pratique db update`"),
        ([ZLIB], Distro(id="linuxmint", version="21"), "linuxmint", "`pratique db update`"),
        ([VENDORS], ROCKY, "the vendor Docker", "vendor's own advisories"),
        ([ILLEGIBLE], DEBIAN, "a b", "`pratique gate`"),
        ([package(PackageType.CONDA, "x", "1"), BUSYBOX], None, "for NVD", "NVD"),
    ],
)
def test_where_nothing_was_compared_it_is_said_why_and_what_to_do(
    packages: list[Package], distro: Distro | None, why: str, fix: str
) -> None:
    """Data on request, a release that the data leave out, a vendor, a version nobody can read."""
    said = judged(*packages, distro=distro)

    assert said is not None
    assert said.reason.startswith("no package was checked against data that cover it: ")
    assert why in said.reason
    assert fix in said.fix
    assert "\n" not in said.reason + said.fix


def test_one_package_that_was_compared_is_enough() -> None:
    """What lacks for the others is told as a gap, and policies weigh it; a match is no condition."""
    assert judged(ZLIB, BUSYBOX) is None
    assert judged(SIX, BUSYBOX, distro=None) is None
    assert judged(package(PackageType.DEB, "unheard-of", "1"), VENDORS, ILLEGIBLE) is None
    assert judged(BUSYBOX, distro=None, lookup=WITH_NVD) is None


def test_what_no_data_could_answer_is_no_reason() -> None:
    """Nobody publishes advisories on them; and where nothing is, nothing was left out."""
    assert judged() is None
    assert judged(package(PackageType.CONDA, "x", "1")) is None
    assert judged(package(PackageType.GENERIC, "our-own-tool", "1"), distro=None) is None


def test_data_that_hardly_know_a_release_do_not_speak_for_it() -> None:
    """Some statements were compared, and what they miss is most of it: as in the gate, undecided."""
    el7, el9 = "Red Hat:enterprise_linux:7::server", "Red Hat:enterprise_linux:9::baseos"
    many = [advisory(f"RHSA-{n}", statement(el9, f"p{n}", Range(fixed="2-1"))) for n in range(1000)]
    lookup = MemoryLookup([*many, advisory("RHSA-x", statement(el7, "x", Range(fixed="2-1")))])
    found = package(PackageType.RPM, "x", "1-1", vendor="Red Hat, Inc.")

    said = judged(found, distro=Distro(id="rhel", version="7.9"), lookup=lookup)
    assert said is not None
    assert "hold only 1 statement" in said.reason
    assert "gate" not in said.fix, "the gate is undecided as well, under any policy"


def test_the_gravest_gap_says_what_to_do_and_few_are_named() -> None:
    """An image can make up as many vendors as it likes: three are named, the others counted."""
    vendors = [package(PackageType.RPM, f"x{n}", "1-1", vendor=f"Maker {n}") for n in range(9)]
    said = judged(*vendors, BUSYBOX, distro=ROCKY)

    assert said is not None
    assert "for NVD; packages of the vendor Maker 0" in said.reason
    assert said.reason.endswith("; 7 more reasons")
    assert said.fix.startswith("run `pratique db update NVD`")


def test_what_other_steps_did_not_understand_is_not_about_comparing() -> None:
    """They have doubts of their own."""
    elsewhere = Unknown(stage=Stage.ADVISORY, unit="advisories", location="epss", reason="no data")
    assert unchecked(0, [elsewhere]) is None
