"""A licence file belongs to the package whose metadata lie beside it, and to no other."""

import pytest

from pratique.licences.belonging import LicenceFile, owners
from pratique.model.package import OwnedFile, Package, PackageType, Purl


def package(kind: PackageType, name: str, location: str, *, declared: bool = False) -> Package:
    purl = Purl(f"pkg:{kind}/{name}")
    return Package(
        type=kind, name=name, version="1", purl=purl, location=location, declared=declared
    )


@pytest.mark.parametrize(
    ("kind", "metadata", "place"),
    [
        (PackageType.PYPI, "s/a-1.dist-info/METADATA", "s/a-1.dist-info/LICENSE"),
        (PackageType.PYPI, "s/a-1.dist-info/METADATA", "s/a-1.dist-info/licenses/LICENSE"),
        (PackageType.PYPI, "s/a-1.dist-info/METADATA", "s/a-1.dist-info/licenses/src/LICENSE"),
        (PackageType.NPM, "node_modules/a/package.json", "node_modules/a/LICENSE"),
        (PackageType.GEM, "g/specifications/a-1.gemspec", "g/gems/a-1/LICENSE"),
        (PackageType.MAVEN, "app.jar!lib/a.jar", "app.jar!lib/a.jar!META-INF/LICENSE"),
        (PackageType.DEB, "var/lib/dpkg/status", "usr/share/doc/a/copyright"),
        (
            PackageType.DEB,
            "var/lib/dpkg/status",
            "var/cache/apt/archives/a_1.deb!data.tar.xz!usr/share/doc/a/copyright",
        ),
        (PackageType.RPM, "var/lib/rpm/rpmdb.sqlite", "usr/share/licenses/a/COPYING"),
    ],
)
def test_files_beside_the_metadata(kind: PackageType, metadata: str, place: str) -> None:
    """In the folders where each ecosystem keeps them."""
    one = package(kind, "a", metadata)

    assert owners([one], {}, [LicenceFile(place, ())]) == {place: one.key}


@pytest.mark.parametrize(
    ("metadata", "place"),
    [
        ("app/package.json", "app/vendor/tool/LICENSE"),
        ("node_modules/a/package.json", "node_modules/b/LICENSE"),
        ("node_modules/a/package.json", "LICENSE"),
        ("s/a-1.dist-info/METADATA", "s/LICENSE"),
        ("app/package.json", "opt/b_1.deb!data.tar.xz!usr/share/doc/b/copyright"),
        ("app/package.json", "opt/b.zip!usr/share/doc/a/copyright"),
    ],
)
def test_files_elsewhere_are_nobodys(metadata: str, place: str) -> None:
    """A folder further down may hold anything."""
    one = package(PackageType.NPM, "a", metadata)

    assert owners([one], {}, [LicenceFile(place, ())]) == {}


def test_two_packages_of_one_file_own_nothing_beside_it() -> None:
    """The list of Composer, a lockfile."""
    both = [package(PackageType.COMPOSER, name, "v/installed.json") for name in "ab"]
    declared = package(PackageType.NPM, "c", "w/package-lock.json", declared=True)
    files = [LicenceFile("v/LICENSE", ()), LicenceFile("w/LICENSE", ())]

    assert owners([*both, declared], {}, files) == {}


def test_what_a_package_recorded_is_its_own() -> None:
    """Before any guess from places."""
    one = package(PackageType.APK, "a", "lib/apk/db/installed")
    owned = {one.key: (OwnedFile("opt/x/LICENSE"),)}

    assert owners([one], owned, [LicenceFile("opt/x/LICENSE", ())]) == {"opt/x/LICENSE": one.key}
