"""Weigh packages that only a lockfile names."""

from pratique.matchers.declared import REASON, installed_too
from pratique.matchers.matching import match_packages
from pratique.model.advisory import Range
from pratique.model.finding import Finding, Suppressor
from pratique.model.package import Package, PackageType, Scope
from tests.makers.lookup import MemoryLookup, advisory, package, statement

FLAW = advisory("GHSA-x", statement("PyPI", "zope-interface", Range(fixed="9")))
EVIL = advisory("MAL-1", statement("PyPI", "zope-interface", Range()), malicious=True)


def zope(version: str, **more: object) -> Package:
    """Return the package, in a lockfile."""
    return package(
        PackageType.PYPI, "Zope.Interface", version, location="a.lock", declared=True, **more
    )


def found(*packages: Package, lookup: MemoryLookup, **more: bool) -> tuple[Finding, ...]:
    """Return the findings."""
    return match_packages(packages, None, lookup, **more).findings


def test_what_is_installed_too_is_reported_once() -> None:
    """In the same version; another one is another package."""
    installed = package(PackageType.PYPI, "zope.interface", "1.0", location="METADATA")
    lookup = MemoryLookup([FLAW])
    (one,) = found(installed, zope("1.0"), lookup=lookup)
    assert one.package == installed.key
    assert len(found(installed, zope("1.1"), lookup=lookup)) == 2
    assert installed_too([installed, zope("1.0")]) == {zope("1.0").key}
    assert installed_too([zope("1.0")]) == frozenset()


def test_versions_are_the_same_as_their_ecosystem_orders_them() -> None:
    """``1.0`` and ``1.0.0`` of Python; what is no version is the same as equal text only."""
    installed = package(PackageType.PYPI, "zope.interface", "1.0", location="METADATA")
    odd = package(PackageType.PYPI, "zope.interface", "odd one", location="METADATA")
    assert installed_too([installed, zope("1.0.0")]) == {zope("1.0.0").key}
    assert installed_too([installed, zope("1.0.1"), zope("no version")]) == frozenset()
    assert installed_too([odd, zope("odd one")]) == {zope("odd one").key}


def test_a_development_dependency_does_not_count_unless_asked_for() -> None:
    """It stays in the report, with the reason."""
    lookup = MemoryLookup([FLAW])
    for scope, reason in (
        (Scope.DEVELOPMENT, REASON),
        (Scope.OPTIONAL, ""),
        (Scope.RUNTIME, ""),
    ):
        (one,) = found(zope("1.0", scope=scope), lookup=lookup)
        assert one.suppressed == reason
        assert one.suppressed_by is (Suppressor.SCOPE if reason else Suppressor.NOBODY)
    (one,) = found(zope("1.0", scope=Scope.DEVELOPMENT), lookup=lookup, include_development=True)
    assert one.suppressed == ""


def test_an_installed_development_dependency_counts() -> None:
    """It is there."""
    one = package(PackageType.PYPI, "zope.interface", "1.0", scope=Scope.DEVELOPMENT)
    (finding,) = found(one, lookup=MemoryLookup([FLAW]))
    assert finding.suppressed == ""


def test_malware_counts_wherever_it_is_named() -> None:
    """It runs where somebody builds."""
    (one,) = found(zope("1.0", scope=Scope.DEVELOPMENT), lookup=MemoryLookup([EVIL]))
    assert one.suppressed == ""
