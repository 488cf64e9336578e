"""Match packages of languages by OSV's semantics."""

import pytest

from pratique.formats.language_ecosystem import ECOSYSTEMS
from pratique.matchers.language import ecosystems, match, queries
from pratique.model.advisory import Affected, Range
from pratique.model.finding import Confidence, FindingKind
from pratique.model.package import PackageType
from pratique.model.severity import Severity
from tests.makers.lookup import MemoryLookup, advisory, package, statement


def pypi(version: str, *affected: Affected) -> int:
    """Return how many findings Zope.Interface has."""
    found = package(PackageType.PYPI, "Zope.Interface", version)
    return len(match(found, None, MemoryLookup([advisory("GHSA-x", *affected)])).findings)


def test_names_are_spelt_as_the_ecosystem_compares_them() -> None:
    """Zope.Interface is zope-interface."""
    fixed = statement("PyPI", "zope-interface", Range(fixed="2.0"))
    assert pypi("2.0rc1", fixed) == 1
    assert pypi("2.0", fixed) == 0
    assert pypi("2.0.post1", fixed) == 0


def test_ranges_and_lists_are_united() -> None:
    """A version outside the range still counts when the record lists it."""
    said = Affected(
        ecosystem="PyPI", name="zope-interface", ranges=(Range(fixed="1"),), versions=("3.0",)
    )
    assert [pypi(version, said) for version in ("0.9", "2.0", "3.0", "3.0.0")] == [1, 0, 1, 1]


def test_an_installed_version_that_is_none_is_an_unknown() -> None:
    """A legacy version is not compared; without any advisory on the name nothing is said."""
    found = package(PackageType.PYPI, "six", "2013b-final")
    said = MemoryLookup([advisory("GHSA-x", statement("PyPI", "six", Range()))])
    matched = match(found, None, said)
    assert (matched.findings, len(matched.unknowns)) == ((), 1)
    assert match(found, None, MemoryLookup()).unknowns == ()


@pytest.mark.parametrize(
    ("kind", "ecosystem", "name", "version", "inside"),
    [
        (PackageType.NPM, "npm", "@a/b", "2.0.0-rc.1", True),
        (PackageType.NPM, "npm", "@a/b", "2.0.0", False),
        (PackageType.MAVEN, "Maven", "g:a", "2.0-M1", True),
        (PackageType.MAVEN, "Maven", "g:a", "2.0.0.Final", False),
        (PackageType.GEM, "RubyGems", "a", "1.9-x86_64-linux", True),
        (PackageType.GEM, "RubyGems", "a", "2.0-java", False),
        (PackageType.NUGET, "NuGet", "a.b", "1.9.9.9", True),
        (PackageType.NUGET, "NuGet", "a.b", "2.0.0.0", False),
        (PackageType.COMPOSER, "Packagist", "a/b", "v1.9", True),
        (PackageType.COMPOSER, "Packagist", "a/b", "v2.0", False),
        (PackageType.CARGO, "crates.io", "a", "1.9.0", True),
        (PackageType.GOLANG, "Go", "a.b/c", "v1.9.0+incompatible", True),
        (PackageType.HEX, "Hex", "a", "1.9.0", True),
        (PackageType.PUB, "Pub", "a", "1.9.0+3", True),
        (PackageType.CRAN, "CRAN", "a", "1.9-1", True),
        (PackageType.HACKAGE, "Hackage", "a", "1.9.1.2", True),
        (PackageType.JULIA, "Julia", "a", "1.9.0", True),
        (PackageType.OPAM, "opam", "a", "2.0~beta1", True),
        (PackageType.SWIFT, "SwiftURL", "github.com/a/b", "1.9.0", True),
        (PackageType.GITHUB, "GitHub Actions", "a/b", "v1.9.0", True),
    ],
)
def test_each_ecosystem_compares_in_its_own_order(
    kind: PackageType, ecosystem: str, name: str, version: str, inside: bool
) -> None:
    """A fix in 2.0 is not in what comes before it, and in what comes after."""
    lookup = MemoryLookup([advisory("GHSA-x", statement(ecosystem, name, Range(fixed="2.0")))])
    assert len(match(package(kind, name, version), None, lookup).findings) == inside


@pytest.mark.parametrize(
    ("kind", "ecosystem", "version"),
    [
        (PackageType.COMPOSER, "Packagist", "dev-main"),
        (PackageType.GITHUB, "GitHub Actions", "v4"),
        (PackageType.GITHUB, "GitHub Actions", "main"),
        (PackageType.GOLANG, "Go", "master"),
        (PackageType.NPM, "npm", "workspace:*"),
        (PackageType.PYPI, "PyPI", ""),
    ],
)
def test_a_branch_or_a_moving_tag_is_undecided(
    kind: PackageType, ecosystem: str, version: str
) -> None:
    """Never a match, never a miss."""
    lookup = MemoryLookup([advisory("GHSA-x", statement(ecosystem, "a", Range()))])
    matched = match(package(kind, "a", version), None, lookup)
    assert (matched.findings, len(matched.unknowns)) == ((), 1)


def test_what_was_never_published_is_not_looked_up() -> None:
    """A Go main module at (devel), a workspace member."""
    lookup = MemoryLookup([advisory("GO-1", statement("Go", "a.b/c", Range()))])
    devel = package(PackageType.GOLANG, "a.b/c", "(devel)")
    own = package(PackageType.GOLANG, "a.b/c", "v1.0.0", unpublished=True)
    for found in (devel, own):
        assert list(queries(found, None)) == []
        assert match(found, None, lookup).findings == ()


def test_what_a_lockfile_names_is_less_sure() -> None:
    """Medium confidence, and the evidence says why."""
    lookup = MemoryLookup([advisory("GHSA-x", statement("npm", "a", Range()))])
    (sure,) = match(package(PackageType.NPM, "a", "1.0.0"), None, lookup).findings
    (less,) = match(package(PackageType.NPM, "a", "1.0.0", declared=True), None, lookup).findings
    assert (sure.confidence, less.confidence) == (Confidence.HIGH, Confidence.MEDIUM)
    assert "lockfile" in less.evidence[0].note


def test_an_erlang_application_is_taken_for_its_package() -> None:
    """With a doubt that is said."""
    lookup = MemoryLookup([advisory("GHSA-x", statement("Hex", "cowboy", Range(fixed="2.9.1")))])
    (found,) = match(package(PackageType.OTP, "cowboy", "2.9.0"), None, lookup).findings
    assert found.confidence is Confidence.MEDIUM
    assert "application" in found.evidence[0].note


def test_a_commit_without_a_release_before_it_may_be_newer_than_the_fix() -> None:
    """v0.0.0-… sorts below every release; between commits the order is certain."""
    old = package(PackageType.GOLANG, "a.b/c", "v0.0.0-20200101000000-0123456789ab")

    def confidence(fixed: str) -> Confidence:
        lookup = MemoryLookup([advisory("GO-1", statement("Go", "a.b/c", Range(fixed=fixed)))])
        (finding,) = match(old, None, lookup).findings
        return finding.confidence

    assert confidence("1.2.3") is Confidence.LOW
    assert confidence("0.0.0-20210101000000-0123456789ab") is Confidence.HIGH


def test_a_malicious_package_is_malware() -> None:
    """MAL- records make findings of their own kind, graded critical."""
    said = advisory("MAL-2024-1", statement("npm", "a", Range()), malicious=True)
    (found,) = match(package(PackageType.NPM, "a", "1.0.0"), None, MemoryLookup([said])).findings
    assert (found.kind, found.severity) == (FindingKind.MALWARE, Severity.CRITICAL)


def test_every_language_has_its_ecosystem() -> None:
    """One each."""
    for kind, ecosystem in ECOSYSTEMS.items():
        assert ecosystems(package(kind, "x", "1"), None) == (ecosystem,)
