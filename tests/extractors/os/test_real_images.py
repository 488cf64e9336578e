"""Every image of the shared set against the list of its distribution's own tool."""

import csv
from pathlib import Path

import pytest

from pratique.extractors.os import apk, dpkg, opkg, os_release, pacman, rpm
from pratique.extractors.os.expectation import missing_databases
from pratique.model.package import Package, PackageType
from pratique.model.unknown import Unknown
from tests.makers.tree import MemoryTree, from_image, image_count

IMAGES = [
    "alpine-3.10.docker", "alpine-3.15-zstd.oci", "alpine-3.18-misconfig.oci",
    "alpine-3.20-multiarch.oci", "centos-7-bdb-trimmed.oci", "debian-12-slim.oci",
    "distroless-cc-debian12.oci", "eicar-busybox.oci", "go-rust-scratch.oci",
    "java-fat-busybox.oci", "mariner-2-sqlite-trimmed.oci", "node-app-alpine.oci",
    "polyglot-ruby-php-conda.oci", "python-app-alpine.oci", "sle15-ndb-trimmed.oci",
    "ubuntu-18.04-trimmed.oci",
]  # fmt: skip
UNITS = (apk, dpkg, opkg, pacman, rpm)


def extract(tree: MemoryTree) -> tuple[list[Package], list[Unknown]]:
    packages: list[Package] = []
    identity = os_release.extract(tree)
    unknowns = list(identity.unknowns)
    for unit in UNITS:
        found = unit.extract(tree)
        packages += found.packages
        unknowns += found.unknowns
    unknowns += missing_databases(identity.distro, packages, tree)
    return packages, unknowns


@pytest.mark.parametrize("name", IMAGES)
def test_packages_equal_the_distributions_own_list(name: str, shared: Path) -> None:
    """Name, version, source, arch, type and place of every package, and nothing unknown."""
    archive = shared / "images" / f"{name}.tar"
    found: set[tuple[str, ...]] = set()
    for manifest in range(image_count(archive)):
        packages, unknowns = extract(from_image(archive, manifest))
        assert unknowns == []
        found |= {row(package) for package in packages}

    assert found == expected(shared / f"images/expected/{name.rpartition('.')[0]}.packages.tsv")


def test_hostile_databases_fail_alone(shared: Path) -> None:
    """What is readable beside them is listed, and every damaged one is told."""
    tree = from_image(shared / "images/hostile/hostile-manifests.oci.tar")
    packages, unknowns = extract(tree)

    assert [(p.name, p.version) for p in packages] == [
        ("musl", "1.2.4-r3"), ("busybox", "1.36.1-r7"), ("ok", "1.0-1"),
    ]  # fmt: skip
    assert {unknown.location for unknown in unknowns} == {
        "var/lib/dpkg/status", "var/lib/rpm/Packages", "var/lib/rpm/rpmdb.sqlite",
        "usr/lib/sysimage/rpm/Packages.db",
    }  # fmt: skip


def row(package: Package) -> tuple[str, ...]:
    is_rpm = package.type is PackageType.RPM
    source = package.source_rpm if is_rpm else package.source_name
    return (package.name, package.version, source, package.arch, package.type, package.location)


def expected(place: Path) -> set[tuple[str, ...]]:
    with place.open() as file:
        rows = list(csv.reader(file, delimiter="\t"))[1:]
    return {tuple(columns) for columns in rows if columns[4] in ("apk", "deb", "rpm")}
