"""Prove that old metadata are dropped only where new ones say the same of the same place."""

import pytest

from pratique.extractors.installed_twice import without_second_metadata
from pratique.model.package import Package, PackageType, Purl

FOLDER = "usr/lib/python3/dist-packages"
OLD = f"{FOLDER}/cryptography.egg-info/PKG-INFO"
NEW = f"{FOLDER}/cryptography-38.0.4.dist-info/METADATA"


def _package(
    origin: str, location: str, name: str = "cryptography", version: str = "38.0.4"
) -> Package:
    kind = PackageType.PYPI
    return Package(
        type=kind, name=name, version=version, purl=Purl(""), origin=origin, location=location
    )


@pytest.mark.parametrize("old", [OLD, f"{FOLDER}/cryptography-38.0.4.egg-info"])
def test_an_egg_info_beside_its_dist_info_is_dropped(old: str) -> None:
    """In either order, however the name is spelt."""
    new, repeated = _package("wheel", NEW), _package("egg_info", old, name="Cryptography")
    assert without_second_metadata([new, repeated]) == (new,)
    assert without_second_metadata([repeated, new]) == (new,)


@pytest.mark.parametrize(
    "other",
    [
        _package("egg_info", OLD, version="38.0.3"),
        _package("egg_info", OLD, name="cryptography-vectors"),
        _package("egg_info", "opt/lib/x.egg-info/PKG-INFO"),
        _package("egg", f"{FOLDER}/cryptography.egg"),
    ],
)
def test_what_differs_stays(other: Package) -> None:
    """Another version, name, folder or form is another package."""
    new = _package("wheel", NEW)
    assert without_second_metadata([new, other]) == (new, other)
