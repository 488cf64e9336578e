"""Join packages of languages with the OS packages they are a part of."""

from collections.abc import Callable

import pytest

from pratique.extractors.joining import join
from pratique.model.package import OwnedFile, Package, PackageType
from tests.makers.lookup import package

PLACE = "usr/lib/python3/dist-packages/Django-3.2.19.egg-info/PKG-INFO"
OWNER = package(PackageType.DEB, "python3-django", "3:3.2.19-1+deb12u1")
DJANGO = package(PackageType.PYPI, "Django", "3.2.19", location=PLACE)


def _digests(**known: str) -> Callable[[str, str], str]:
    return lambda path, algorithm: known.get(algorithm, "") if path else ""


def _owner_of(one: Package, file: OwnedFile, digest: str = "d1", os: Package = OWNER) -> str:
    (_, joined) = join([os, one], {os.key: [file]}, lambda path, algorithm: digest)
    return joined.owner


def test_a_recorded_file_with_its_digest_and_version_is_joined() -> None:
    """All three agree."""
    assert _owner_of(DJANGO, OwnedFile(PLACE, "md5:d1")) == OWNER.key


@pytest.mark.parametrize(
    ("kind", "recorded", "shown", "same"),
    [
        (PackageType.DEB, "3.1.2-7+deb12u1", "3.1.2p20", True),
        (PackageType.DEB, "8:6.9.11.60+dfsg-1.6", "6.9.11-60", True),
        (PackageType.APK, "1.1.1w-r1", "1.1.1w", True),
        (PackageType.DEB, "1:1.2.13.dfsg-1", "1.2.13", True),
        (PackageType.DEB, "9.2-1", "9", False),
        (PackageType.DEB, "1.2.13-1", "1.2.11", False),
        (PackageType.DEB, "x", "y", False),
    ],
)
def test_numbers_tell_whether_a_program_is_of_its_packages_release(
    kind: PackageType, recorded: str, shown: str, same: bool
) -> None:
    """What stands behind them is the distribution's, or the program's own."""
    owner = package(kind, "o", recorded)
    program = package(PackageType.GENERIC, "p", shown, location="usr/bin/p")
    owned = {owner.key: [OwnedFile("usr/bin/p", "md5:d1")]}
    assert (join([owner, program], owned, lambda path, algorithm: "d1") == (owner,)) is same


@pytest.mark.parametrize(
    ("file", "digest", "version"),
    [
        (OwnedFile("usr/lib/python3/other", "md5:d1"), "d1", "3.2.19"),
        (OwnedFile(PLACE, "md5:d2"), "d1", "3.2.19"),
        (OwnedFile(PLACE, ""), "d1", "3.2.19"),
        (OwnedFile(PLACE, "md5:"), "", "3.2.19"),
        (OwnedFile(PLACE, "md5:d1"), "", "3.2.19"),
        (OwnedFile(PLACE, "md5:d1"), "d1", "3.2.20"),
    ],
)
def test_what_is_missing_or_differs_is_not_joined(
    file: OwnedFile, digest: str, version: str
) -> None:
    """Another file, another digest, none recorded, none known, another version."""
    one = package(PackageType.PYPI, "Django", version, location=PLACE)
    assert _owner_of(one, file, digest) == ""


def test_the_algorithm_is_the_one_recorded() -> None:
    """Dpkg has md5, apk sha1, rpm sha256; the digest of another algorithm proves nothing."""
    for algorithm in ("md5", "sha1", "sha256"):
        owned = {OWNER.key: [OwnedFile(PLACE, f"{algorithm}:ABC")]}
        right = join([OWNER, DJANGO], owned, _digests(**{algorithm: "abc"}))
        wrong = join([OWNER, DJANGO], owned, _digests(other="abc"))
        assert (right[1].owner, wrong[1].owner) == (OWNER.key, "")


def test_both_spellings_of_a_merged_usr_are_one() -> None:
    """Dpkg records /lib, the file lies in /usr/lib, or the other way round."""
    bare = PLACE.removeprefix("usr/")
    assert _owner_of(DJANGO, OwnedFile(bare, "md5:d1")) == OWNER.key
    lower = package(PackageType.PYPI, "Django", "3.2.19", location=bare)
    assert _owner_of(lower, OwnedFile(PLACE, "md5:d1")) == OWNER.key
    strange = package(PackageType.PYPI, "Django", "3.2.19", location="usr/share/x")
    assert _owner_of(strange, OwnedFile("share/x", "md5:d1")) == ""


def test_a_library_in_an_archive_is_judged_by_the_outer_file() -> None:
    """Debian's jar is one file of its package."""
    jar = "usr/share/java/commons-text.jar"
    owner = package(PackageType.DEB, "libcommons-text-java", "1.10.0-1")
    name = "org.apache.commons:commons-text"
    for place, version, expected in (
        (jar, "1.10.0", owner.key),
        (f"{jar}!META-INF/lib/x.jar", "1.10.0", owner.key),
        (f"{jar}!META-INF/lib/x.jar", "1.9", ""),
    ):
        one = package(PackageType.MAVEN, name, version, location=place)
        assert _owner_of(one, OwnedFile(jar, "md5:d1"), os=owner) == expected


def test_a_program_that_is_an_os_packages_file_is_that_package() -> None:
    """It is not listed twice."""
    owner = package(PackageType.APK, "busybox", "1.36.1-r29")
    place = "bin/busybox"
    program = package(PackageType.GENERIC, "busybox", "1.36.1", location=place)
    owned = {owner.key: [OwnedFile(place, "sha1:d1")]}
    assert join([owner, program], owned, lambda path, algorithm: "d1") == (owner,)
    assert _owner_of(program, OwnedFile(place, "sha1:d2"), os=owner) == ""
    inner = package(PackageType.GENERIC, "busybox", "1.36.1", location=f"{place}!x")
    assert _owner_of(inner, OwnedFile(place, "sha1:d1"), os=owner) == ""


def test_a_program_of_another_version_than_its_os_package_stays() -> None:
    """A bundled copy, or a record that was made up: nobody speaks for it, and it must not vanish."""
    owner = package(PackageType.DEB, "telemetry-agent", "9.2-1")
    place = "opt/agent/lib/libz.so.1.2.11"
    program = package(PackageType.GENERIC, "zlib", "1.2.11", location=place)
    assert _owner_of(program, OwnedFile(place, "md5:d1"), os=owner) == ""


def test_declared_and_os_packages_are_never_joined() -> None:
    """A lockfile is no installation, and an OS package is nobody's part."""
    declared = package(PackageType.PYPI, "Django", "3.2.19", location=PLACE, declared=True)
    assert _owner_of(declared, OwnedFile(PLACE, "md5:d1")) == ""
    other = package(PackageType.DEB, "other", "3.2.19-1", location=PLACE)
    assert _owner_of(other, OwnedFile(PLACE, "md5:d1")) == ""


def test_only_os_packages_own() -> None:
    """A wheel's RECORD names the same file; that makes it nobody's part."""
    wheel = package(PackageType.PYPI, "other", "3.2.19")
    assert _owner_of(DJANGO, OwnedFile(PLACE, "md5:d1"), os=wheel) == ""


def test_digests_are_asked_for_recorded_files_only() -> None:
    """Most packages of an image are nobody's part: they cost no digest."""
    asked: list[str] = []

    def digest_of(path: str, algorithm: str) -> str:
        asked.append(path)
        return "d1"

    other = package(PackageType.PYPI, "flask", "1", location="srv/app/METADATA")
    found = join([OWNER, DJANGO, other], {OWNER.key: [OwnedFile(PLACE, "md5:d1")]}, digest_of)
    assert asked == [PLACE]
    assert [one.owner for one in found] == ["", OWNER.key, ""]


def test_the_order_of_packages_does_not_matter() -> None:
    """Of two that recorded the file, the one with the least key."""
    twin = package(PackageType.DEB, "a-django", "3.2.19-1")
    owned = {one.key: [OwnedFile(PLACE, "md5:d1")] for one in (OWNER, twin)}
    for packages in ([OWNER, twin, DJANGO], [twin, OWNER, DJANGO]):
        assert join(packages, owned, lambda path, algorithm: "d1")[2].owner == twin.key


def test_what_an_os_package_says_it_holds_is_joined_with_it() -> None:
    """Debian builds many packages of npm from one source, whose version is another."""
    owner = package(PackageType.DEB, "node-babel7", "7.20.15+ds1+~cs214.269.168-3+deb12u2")
    place = "usr/share/nodejs/@babel/traverse/package.json"
    npm = package(PackageType.NPM, "@babel/traverse", "7.20.13", location=place)
    owned = {owner.key: [OwnedFile(place, "md5:d1")]}
    said = {owner.key: [("node-babel-traverse", "7.20.13")]}
    assert join([owner, npm], owned, _digests(md5="d1"))[1].owner == ""
    assert join([owner, npm], owned, _digests(md5="d1"), said)[1].owner == owner.key
    assert join([owner, npm], owned, _digests(md5="d2"), said)[1].owner == ""
