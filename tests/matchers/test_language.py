"""Match packages of languages by OSV's semantics."""

import pytest

from pratique.matchers.language import ECOSYSTEMS, ecosystems, full_name, match
from pratique.model.advisory import Affected, Range
from pratique.model.package import PackageType
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
    ("kind", "purl", "name"),
    [
        (PackageType.NPM, "pkg:npm/%40babel/core@7.0.0", "@babel/core"),
        (PackageType.GOLANG, "pkg:golang/github.com/a/b@v1.0.0?type=module#sub", "github.com/a/b"),
        (PackageType.MAVEN, "pkg:maven/org.x/y@1", "org.x:y"),
        (PackageType.COMPOSER, "pkg:composer/symfony/http-kernel@1", "symfony/http-kernel"),
        (PackageType.PYPI, "pkg:pypi/six", "six"),
        (PackageType.PYPI, "something else", "fallback"),
    ],
)
def test_a_full_name_comes_from_the_purl(kind: PackageType, purl: str, name: str) -> None:
    """Advisories write the namespace."""
    assert full_name(package(kind, "fallback", "1", purl=purl)) == name


def test_every_language_has_its_ecosystem() -> None:
    """One each."""
    for kind, ecosystem in ECOSYSTEMS.items():
        assert ecosystems(package(kind, "x", "1"), None) == (ecosystem,)
