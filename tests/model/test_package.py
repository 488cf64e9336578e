"""A package's key names it within one report."""

import msgspec

from pratique.model.package import Package, PackageType, Purl

PACKAGE = Package(
    type=PackageType.DEB, name="tar", version="1.34", purl=Purl("pkg:deb/debian/tar@1.34")
)


def test_the_place_is_part_of_the_key() -> None:
    """One package found in two places is two packages."""
    here = msgspec.structs.replace(PACKAGE, location="a/status")
    there = msgspec.structs.replace(PACKAGE, location="b/status")

    assert here.key != there.key
    assert here.key.startswith(PACKAGE.purl)


def test_without_a_place_the_purl_is_the_key() -> None:
    """A package of an SBOM has no file it was found in."""
    assert str(PACKAGE.purl) == PACKAGE.key
