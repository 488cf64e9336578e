"""The places of databases are those that extractors read."""

from pratique.extractors.os import apk, dpkg, opkg, pacman, rpm
from pratique.model.package import PackageType
from pratique.tamper._databases import FILES, FOLDERS, present, written
from tests.makers.scene import scene_of

EXTRACTORS = {
    PackageType.DEB: dpkg,
    PackageType.APK: apk,
    PackageType.RPM: rpm,
    PackageType.OPKG: opkg,
    PackageType.ALPM: pacman,
}


def test_every_database_is_one_that_an_extractor_asks_for() -> None:
    """And every file that an extractor takes for a database is watched."""
    for manager, unit in EXTRACTORS.items():
        asked = {*unit.PATTERNS.paths, *unit.PATTERNS.folders, *unit.PATTERNS.trees}
        watched = {*FILES.get(manager, ()), *filter(None, [FOLDERS.get(manager)])}
        assert watched <= asked
        beside = {p for p in asked - watched if "release" not in p and not p.endswith("-wal")}
        beside = {p for p in beside if not p.startswith("etc/")}
        assert beside <= {"var/lib/dpkg/updates"}


def test_a_deleted_database_is_not_present_and_was_written() -> None:
    """What a layer deleted is remembered with the layer that wrote it last."""
    path = "lib/apk/db/installed"
    sample = (((path, "P:a\n\n"),), ((path, "P:b\n\n"),), (("lib/apk/db/.wh.installed", ""),))
    tree = scene_of(sample).tree

    assert not present(tree, PackageType.APK)
    assert list(written(tree, PackageType.APK)) == [(path, 1)]


def test_an_empty_database_is_not_present() -> None:
    """It says as little as none."""
    assert not present(scene_of(((("lib/apk/db/installed", ""),),)).tree, PackageType.APK)
    assert present(scene_of(((("lib/apk/db/installed", "P:a\n\n"),),)).tree, PackageType.APK)


def test_a_database_that_is_a_folder() -> None:
    """One file in it is enough."""
    sample = ((("var/lib/dpkg/status.d/base", "Package: base\nVersion: 1\n"),),)

    assert present(scene_of(sample).tree, PackageType.DEB)
