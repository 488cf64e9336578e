"""The smallest version that ends the findings is reached, in the compatible range first."""

import pytest

from pratique.model.package import PackageType
from pratique.remedies._versions import (
    Target,
    breaking,
    is_plain,
    latest,
    targets,
    upgraded,
)
from pratique.remedies.interface import Breaks
from tests.makers.situation import findings_on, package

LIBRARY = package(PackageType.PYPI, "library", "1.2.0")


def reached(flaws: list[tuple[str, str]], one=LIBRARY) -> tuple[Target, ...]:
    known = [(rule, one.name, fix) for rule, fix in flaws]
    return targets(one, findings_on([one], known), lambda judged: findings_on(judged, known))


def test_the_highest_of_the_fixes_is_needed() -> None:
    assert reached([("A", "1.2.9"), ("B", "1.2.10")]) == (Target("1.2.10", Breaks.PATCH),)


def test_beyond_the_compatible_range_is_another_answer() -> None:
    assert reached([("A", "1.3.0"), ("B", "2.0.0")]) == (
        Target("1.3.0", Breaks.MINOR),
        Target("2.0.0", Breaks.MAJOR),
    )


def test_nothing_fixed_is_nothing_to_reach() -> None:
    assert reached([("A", "")]) == ()


def test_a_fix_that_carries_the_next_flaw_is_passed() -> None:
    """The fix of A is judged again: B begins there."""
    first = findings_on([LIBRARY], [("A", "library", "1.2.5")])

    def judge(judged):
        newer = [one for one in judged if one.version == "1.2.5"]
        return findings_on(newer, [("B", "library", "1.2.7")])

    assert targets(LIBRARY, first, judge) == (Target("1.2.7", Breaks.PATCH),)


@pytest.mark.parametrize(
    ("old", "new", "breaks"),
    [
        ("1.2.3", "1.2.4", Breaks.PATCH),
        ("1.2.3", "1.9", Breaks.MINOR),
        ("1.9", "2.0", Breaks.MAJOR),
        ("0.3.1", "0.3.2", Breaks.PATCH),
        ("0.3.1", "0.4.0", Breaks.MAJOR),
        ("v1.2.3", "v1.3.0", Breaks.MINOR),
    ],
)
def test_how_much_an_upgrade_may_break(old: str, new: str, breaks: Breaks) -> None:
    assert breaking(package(PackageType.NPM, "x", old), new) is breaks


def test_a_distribution_fixes_without_breaking() -> None:
    assert breaking(package(PackageType.DEB, "x", "1.0-1"), "2.0-1") is Breaks.PATCH


def test_an_upgraded_package_has_another_key() -> None:
    one = upgraded(LIBRARY, "1.3.0")
    assert (one.version, one.purl) == ("1.3.0", "pkg:pypi/library@1.3.0")


def test_a_binary_package_with_a_number_of_its_own_keeps_it() -> None:
    one = package(PackageType.DEB, "libx1", "2:3-1", source_name="x", source_version="1-1")
    after = upgraded(one, "1-2")
    assert (after.version, after.source_version) == ("2:3-1", "1-2")


@pytest.mark.parametrize("name", ["a b", "a;b", "-y", "a\nRUN x", "$(x)", ""])
def test_a_name_that_is_more_than_a_name_is_not_written(name: str) -> None:
    """What the image calls its packages must not become a command."""
    assert not is_plain(package(PackageType.DEB, name, "1"))
    assert reached([("A", "1.3")], package(PackageType.PYPI, name, "1.2")) == ()


def test_versions_without_an_order() -> None:
    assert latest(["1", "2"], "nowhere") == "1"
    assert latest([], "PyPI") == ""
