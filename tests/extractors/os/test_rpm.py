from pathlib import Path

import pytest

from pratique.extractors.os import rpm
from pratique.model.package import Extraction, OwnedFile
from pratique.model.unknown import Weight
from tests.makers import rpmdb as make
from tests.makers.os_packages import os_release
from tests.makers.tree import Link, MemoryTree

BDB, NDB, SQLITE = "var/lib/rpm/Packages", "var/lib/rpm/Packages.db", "var/lib/rpm/rpmdb.sqlite"
RHEL = {"etc/os-release": os_release(id="rhel", version_id="9.4")}
BLOBS = [
    make.package("bash", "5.1", "2.el9", epoch=1, licence="GPLv3+", vendor="Red Hat", requires=["libc.so", "rpmlib(x)"]),
    make.package("glibc", "2.34", "1.el9", provides=["libc.so"], basenames=["libc.so"], dirnames=["/lib64/"], dirindexes=[0], digests=["ab"], module="a:b:1:c"),
    make.package("gpg-pubkey", "1964c5fc", "58e63918"),
]  # fmt: skip


def names(found: Extraction) -> list[str]:
    return sorted(package.name for package in found.packages)


@pytest.mark.parametrize("path", [BDB, NDB, SQLITE])
def test_a_package_is_complete_in_all_three_forms(path: str, tmp_path: Path) -> None:
    """The epoch is part of the version and a qualifier of the package URL; keys are left out."""
    content = {
        BDB: make.berkeley(BLOBS), NDB: make.ndb(BLOBS), SQLITE: make.sqlite(BLOBS, tmp_path),
    }[path]  # fmt: skip
    found = rpm.extract(MemoryTree(RHEL, {"lib64": Link("usr/lib64"), path: content}))
    bash, glibc = sorted(found.packages, key=lambda package: package.name)

    assert bash.purl == "pkg:rpm/redhat/bash@5.1-2.el9?arch=x86_64&distro=rhel-9.4&epoch=1"
    assert (bash.version, bash.source_rpm) == ("1:5.1-2.el9", "bash-5.1-2.el9.src.rpm")
    assert (bash.source_name, bash.source_version) == ("bash", "5.1-2.el9")
    assert (bash.depends, bash.vendor, bash.licences) == (("glibc",), "Red Hat", ("GPLv3+",))
    assert (glibc.module, glibc.location) == ("a:b:1:c", path)
    assert found.owned[glibc.key] == (OwnedFile("usr/lib64/libc.so", "md5:ab"),)
    assert found.unknowns == ()


def test_rows_of_the_write_ahead_log_count(tmp_path: Path) -> None:
    """And belong to the layer that wrote the log."""
    content, wal = make.sqlite_with_log(BLOBS[:1], BLOBS[1:], tmp_path)
    tree = MemoryTree({SQLITE: content}, {SQLITE + "-wal": wal})
    layers = {p.name: p.layer.index for p in rpm.extract(tree).packages if p.layer}

    assert layers == {"bash": 0, "glibc": 1}


def test_a_database_behind_a_link_is_one_database() -> None:
    """The package's place is the real one."""
    real = "usr/lib/sysimage/rpm/Packages.db"
    tree = MemoryTree({real: make.ndb(BLOBS), "var/lib/rpm": Link("../../usr/lib/sysimage/rpm")})

    assert {package.location for package in rpm.extract(tree).packages} == {real}
    assert len(rpm.extract(tree).packages) == 2


def test_two_forms_are_both_read_and_equal_packages_are_one() -> None:
    """A system that was converted keeps its old file; nothing hides behind the other."""
    tree = MemoryTree({BDB: make.berkeley(BLOBS[:2]), NDB: make.ndb([BLOBS[0], make.package("c")])})

    assert names(rpm.extract(tree)) == ["bash", "c", "glibc"]


def test_the_manifest_of_distroless_mariner() -> None:
    """It stands in for a database."""
    path = "var/lib/rpmmanifest/container-manifest-2"
    content = make.manifest(
        [{"name": "glibc", "evr": "2.35-3.cm2", "source": "glibc-2.35-3.cm2.src.rpm"}]
    )
    (package,) = rpm.extract(MemoryTree({path: content})).packages

    assert (package.name, package.version, package.location) == ("glibc", "2.35-3.cm2", path)


def test_packages_belong_to_the_layer_that_added_them() -> None:
    """Across versions of the database."""
    tree = MemoryTree({BDB: make.berkeley(BLOBS[:1])}, {BDB: make.berkeley(BLOBS[:2])})
    layers = {p.name: p.layer.index for p in rpm.extract(tree).packages if p.layer}

    assert layers == {"bash": 0, "glibc": 1}


def test_a_damaged_header_is_blocking_and_the_rest_is_listed() -> None:
    """One bad record costs one record."""
    found = rpm.extract(MemoryTree({NDB: make.ndb([BLOBS[0], b"\xff" * 50, BLOBS[1]])}))

    assert names(found) == ["bash", "glibc"]
    assert [unknown.weight for unknown in found.unknowns] == [Weight.BLOCKING]


def test_a_damaged_list_of_files_costs_the_list_alone() -> None:
    """The package stands; the Unknown is one of coverage."""
    blob = make.package("a", basenames=["x"], dirnames=["/"], dirindexes=[7])
    found = rpm.extract(MemoryTree({NDB: make.ndb([blob])}))

    assert names(found) == ["a"]
    assert [unknown.weight for unknown in found.unknowns] == [Weight.COVERAGE]


@pytest.mark.parametrize("content", [b"", b"garbage", b"SQLite format 3\0" + b"\xff" * 8000])
def test_an_unreadable_database_is_blocking(content: bytes) -> None:
    """Never "no packages"."""
    found = rpm.extract(MemoryTree({SQLITE: content}))

    assert found.packages == ()
    assert [(u.location, u.weight) for u in found.unknowns] == [(SQLITE, Weight.BLOCKING)]


@pytest.mark.parametrize("path", [BDB, NDB, SQLITE, SQLITE + "-wal", "usr/share/rpm/rpmdb.sqlite"])
def test_what_is_read_is_in_the_patterns(path: str) -> None:
    """The unit asks for every file it looks at."""
    assert list(MemoryTree({path: b"", "var/lib/rpm/x": b""}).matching(rpm.PATTERNS)) == [path]
