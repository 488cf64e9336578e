"""Packages of languages are upgraded once each, compatible versions first."""

from pratique.model.package import PackageType
from pratique.remedies import upgrade_language_packages as unit
from pratique.remedies.interface import Breaks
from tests.makers.situation import package, situation

ONE = package(PackageType.PYPI, "a", "1.0", location="x/METADATA")
TWO = package(PackageType.PYPI, "a", "1.0", location="y/METADATA")
FLAWS = [("A", "a", "1.1"), ("B", "a", "2.0")]


def test_two_copies_are_one_change_with_two_choices() -> None:
    small, large = unit.propose(situation([ONE, TWO], FLAWS))

    assert [up.package for up in small.versions] == [ONE.key, TWO.key]
    assert (small.breaks, large.breaks) == (Breaks.MINOR, Breaks.MAJOR)
    assert small.choice == large.choice


def test_what_a_distribution_keeps_is_its_own() -> None:
    owned = package(PackageType.PYPI, "a", "1.0", owner="pkg:deb/a@1")
    system = package(PackageType.DEB, "a", "1.0")
    assert list(unit.propose(situation([owned, system], FLAWS))) == []


def test_what_a_lock_file_names_goes_along() -> None:
    """It has no finding while the same is installed, and would have if it stayed behind."""
    lock = package(PackageType.PYPI, "a", "1.0", location="poetry.lock", declared=True)
    other = package(PackageType.PYPI, "A", "1", location="requirements.txt", declared=True)
    newer = package(PackageType.PYPI, "a", "1.0.5", location="z", declared=True)
    found = [lock, other, newer, ONE]
    own = tuple(one for one in situation(found, FLAWS).findings if one.package == ONE.key)
    change = next(iter(unit.propose(situation(found, FLAWS, findings=own))))

    assert {up.package for up in change.versions} == {ONE.key, lock.key, other.key}
    assert change.what == "Upgrade a from 1.0 to 1.1"
