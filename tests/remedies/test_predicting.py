"""Packages after changes are what the changes say, and everything else as it was."""

from msgspec.structs import replace

from pratique.model.finding import Finding, FindingKind
from pratique.model.package import PackageType
from pratique.remedies.interface import Breaks, Change, KnownBase, Upgrade
from pratique.remedies.predicting import is_matched, predict, upgraded_by
from tests.makers.situation import DEBIAN, package, situation

A = package(PackageType.DEB, "a", "1-1")
B = package(PackageType.DEB, "b", "1-1")
PART = package(PackageType.PYPI, "part", "3", owner=A.key)
SECRET = Finding(id="s", kind=FindingKind.SECRET, rule="k")


def change(**fields: object) -> Change:
    return Change(remedy="r", what="x", why="y", breaks=Breaks.PATCH, **fields)  # type: ignore[arg-type]


def test_upgrades_take_their_parts_along() -> None:
    """What belongs to an OS package goes on belonging to it under its new key."""
    subject = situation([A, B, PART]).subject
    future = predict(subject, [change(versions=(Upgrade(A.key, "1-2"),))])
    a, b, part = future.packages

    assert (a.version, b) == ("1-2", B)
    assert part.owner == a.key
    assert upgraded_by(change(versions=(Upgrade(A.key, "1-2"),)), [A, B]) == (a,)


def test_removed_and_added() -> None:
    subject = situation([A, B]).subject
    first = change(removes=(A.key,), versions=(Upgrade(B.key, "2"),))
    second = change(versions=(Upgrade(A.key, "9"),), unsure=("who knows",))
    future = predict(subject, [first, second])

    assert [(one.name, one.version) for one in future.packages] == [("b", "2")]
    assert future.unsure == ("who knows",)


def test_another_base_brings_its_distribution() -> None:
    other = replace(situation([B]).subject, distro=replace(DEBIAN, version="13"))
    base = KnownBase(reference="x", subject=other)
    future = predict(
        situation([A]).subject, [change(removes=(A.key,), adds=other.packages)], [base]
    )

    assert future.distro == other.distro
    assert future.packages == (B,)


def test_other_findings_stay_until_they_are_cleared() -> None:
    subject = situation([A], [("X", "a", "")], more=[SECRET]).subject
    assert predict(subject, []).others == (SECRET,)
    assert predict(subject, [change(clears=("s",))]).others == ()


def test_which_findings_matching_makes() -> None:
    assert not is_matched(SECRET)
    assert is_matched(replace(SECRET, kind=FindingKind.END_OF_LIFE))
    assert is_matched(replace(SECRET, kind=FindingKind.MALWARE, package="p"))
    assert not is_matched(replace(SECRET, kind=FindingKind.MALWARE))
