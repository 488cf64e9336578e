"""SBOMs in images: what a package database knows better, and what only looks like one."""

import json

import pytest
from hypothesis import given

from pratique.extractors.embedded.sbom_file import MOST_DOCUMENTS, extract
from tests.makers.mutations import mutated
from tests.makers.tree import MemoryTree

PATH = "usr/share/sbom/tool.cdx.json"
WHEEL = "usr/lib/python3/site-packages/x-1.dist-info/sboms/auditwheel.cdx.json"


def cyclonedx(*purls: str) -> bytes:
    components = [{"type": "library", "name": "x", "purl": purl} for purl in purls]
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": components}
    return json.dumps(document).encode()


def names(files: dict[str, bytes]) -> list[str]:
    return sorted(package.name for package in extract(MemoryTree(files)).packages)


BOTH = cyclonedx("pkg:deb/debian/zlib1g@1.3?distro=debian-12", "pkg:npm/left-pad@1.3.0")


@pytest.mark.parametrize(
    "database", ["lib/apk/db/installed", "var/lib/dpkg/status", "var/lib/rpm/rpmdb.sqlite"]
)
def test_a_package_database_is_the_better_witness(database: str) -> None:
    """OS packages are listed from an SBOM only where no database is there."""
    assert names({PATH: BOTH}) == ["left-pad", "zlib1g"]
    assert names({PATH: BOTH, database: b""}) == ["left-pad"]


def test_where_it_lies() -> None:
    """A package is located at its document, installed, and said to be from this unit."""
    (found,) = extract(MemoryTree({}, {PATH: cyclonedx("pkg:npm/a@1")})).packages
    assert (found.location, found.layer and found.layer.index) == (PATH, 1)
    assert (found.declared, found.origin) == (False, "sbom_file")


def test_libraries_copied_into_a_wheel_are_said_not_to_be_judged() -> None:
    """They are of the distribution that the wheel was built on."""
    found = extract(MemoryTree({WHEEL: cyclonedx("pkg:rpm/centos/libcom_err@1.42.9-19.el7")}))
    assert found.packages == ()
    assert [one.location for one in found.unknowns] == [WHEEL]


@pytest.mark.parametrize(
    "path",
    [
        "srv/node_modules/x/bom.json",
        "opt/bitnami/redis/.spdx-redis.spdx",
        "srv/node_modules/x/sbom/x.cdx.json",
    ],
)
def test_documents_of_others(path: str) -> None:
    """What a dependency's author used, and what another unit reads, is left out."""
    assert names({path: BOTH}) == []


def test_a_name_alone_makes_no_sbom() -> None:
    """A bom.json may be anything; what is called SPDX and is none is said."""
    assert extract(MemoryTree({"srv/bom.json": b"{}", "srv/sbom/x.json": b"[1]"})).unknowns == ()
    (unknown,) = extract(MemoryTree({"srv/x.spdx.json": b"{}"})).unknowns
    assert unknown.location == "srv/x.spdx.json"


def test_there_are_only_so_many() -> None:
    """Beyond the bound the documents are said not to be read."""
    files = {
        f"srv/{n:04}.cdx.json": cyclonedx(f"pkg:npm/a{n}@1") for n in range(MOST_DOCUMENTS + 2)
    }
    found = extract(MemoryTree(files))
    assert (len(found.packages), len(found.unknowns)) == (MOST_DOCUMENTS, 1)


@given(mutated(BOTH))
def test_any_bytes_are_answered(content: bytes) -> None:
    """Mutated documents are read or said to be damaged."""
    extract(MemoryTree({PATH: content}))
