"""Whatever is cut or overwritten in a package database, packages never go missing in silence."""

from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pratique.extractors.os import apk, chisel, dpkg, opkg, os_release, pacman, rpm
from pratique.model.package import Extraction
from pratique.model.units import ImageUnit
from pratique.model.unknown import Weight
from tests.makers import os_packages as make
from tests.makers import rpmdb
from tests.makers.mutation import damaged
from tests.makers.tree import MemoryTree

BLOBS = [rpmdb.package(f"p{n}", requires=["x"] * (1 + n * 60)) for n in range(6)]
RPM = {
    "var/lib/rpm/Packages": rpmdb.berkeley(BLOBS, page_size=512),
    "var/lib/rpm/Packages.db": rpmdb.ndb(BLOBS),
}
OPKG = make.stanza(package="a", version="1", status="install user installed")
PACKAGE = {"kind": "package", "name": "libc6", "version": "2", "arch": "x", "sha256": "0"}
UNITS: list[tuple[ModuleType, str, bytes]] = [
    *((rpm, path, content) for path, content in RPM.items()),
    (dpkg, "var/lib/dpkg/status", make.dpkg_stanza("a") + make.dpkg_stanza("b")),
    (apk, "lib/apk/db/installed", make.apk_record("a", files={"bin/a": b"x"}) * 2),
    (opkg, "usr/lib/opkg/status", OPKG),
    (pacman, "var/lib/pacman/local/a-1/desc", make.pacman_section(name=["a"], version=["1"])),
    (chisel, "var/lib/chisel/manifest.wall", make.chisel_manifest(PACKAGE)),
    (os_release, "etc/os-release", make.os_release(id="debian", version_id="12")),
]
IDS = [f"{unit.NAME}-{path.rpartition('/')[2]}" for unit, path, _ in UNITS]


@pytest.mark.parametrize(("unit", "path", "sample"), UNITS, ids=IDS)
@settings(max_examples=60)
@given(data=st.data())
def test_no_extractor_fails_on_damage(
    unit: ImageUnit, path: str, sample: bytes, data: st.DataObject
) -> None:
    """It answers with what it could read; also when an older layer holds the damage."""
    bad = data.draw(damaged([sample]))

    assert isinstance(unit.extract(MemoryTree({path: bad})), Extraction)
    healed = unit.extract(MemoryTree({path: bad}, {path: sample}))
    assert [package.name for package in healed.packages] == [
        package.name for package in unit.extract(MemoryTree({path: sample})).packages
    ]


@pytest.mark.parametrize("path", RPM)
def test_an_rpm_database_cut_anywhere_is_blocking(path: str) -> None:
    """Either all packages are there, or it is said that some may not be."""
    for length in range(0, len(RPM[path]), 97):
        found = rpm.extract(MemoryTree({path: RPM[path][:length]}))
        told = any(unknown.weight is Weight.BLOCKING for unknown in found.unknowns)

        assert told or len(found.packages) == len(BLOBS), length


def test_a_sqlite_database_cut_anywhere_is_blocking(tmp_path: Path) -> None:
    """Either all packages are there, or it is said that some may not be."""
    path = "var/lib/rpm/rpmdb.sqlite"
    content = rpmdb.sqlite(BLOBS, tmp_path, page_size=512)
    for length in range(0, len(content), 97):
        found = rpm.extract(MemoryTree({path: content[:length]}))
        told = any(unknown.weight is Weight.BLOCKING for unknown in found.unknowns)

        assert told or len(found.packages) == len(BLOBS), length
