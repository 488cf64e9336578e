"""A package is looked up by its source, in every ecosystem of the distribution's release."""

from pratique.matchers._by_source import match_by, release_ecosystems, source_queries
from pratique.matchers._queries import Claim
from pratique.model.advisory import AdvisoryLookup
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Package, PackageType
from tests.makers.lookup import ALPINE, MemoryLookup, package

BUILT = package(
    PackageType.DEB, "libssl3", "3.0.1+b1", source_name="openssl", source_version="3.0.1"
)
OWN = package(PackageType.DEB, "bash", "5.2")


def test_the_source_is_asked_for_with_its_own_version() -> None:
    """What is built of itself goes by its own name."""
    for one, asked in ((BUILT, ("openssl", "3.0.1")), (OWN, ("bash", "5.2"))):
        queries = list(source_queries(one, ALPINE))
        assert {(query.name, query.version) for query in queries} == {asked}
        assert tuple(query.ecosystem for query in queries) == release_ecosystems(one, ALPINE)


def test_without_a_distribution_nothing_is_asked() -> None:
    """A name alone says nothing of whose package it is."""
    assert release_ecosystems(OWN, None) == ()
    assert list(source_queries(OWN, None)) == []


def test_a_version_that_cannot_be_read_is_an_unknown_of_the_unit() -> None:
    """It is never clean."""

    def claims(package: Package, distro: Distro | None, lookup: AdvisoryLookup) -> list[Claim]:
        raise FormatError("no version")

    matched = match_by(claims, "dpkg")(OWN, ALPINE, MemoryLookup([]))
    assert matched.findings == ()
    assert [(one.unit, "no version" in one.reason) for one in matched.unknowns] == [("dpkg", True)]


def test_no_claim_is_no_finding() -> None:
    """And nothing is left open either."""
    matched = match_by(lambda *given: [], "dpkg")(OWN, ALPINE, MemoryLookup([]))
    assert (matched.findings, matched.unknowns) == ((), ())
