import pytest

from pratique.extractors.os import apk
from pratique.model.package import Extraction, OwnedFile
from pratique.model.unknown import Weight
from tests.makers.os_packages import apk_record, os_release
from tests.makers.tree import Link, MemoryTree

DB = "lib/apk/db/installed"
MERGED = "usr/lib/apk/db/installed"
ALPINE = {"etc/os-release": os_release(id="alpine", version_id="3.20.3")}
CONTENT = apk_record(
    "musl", "1.2-r1", {"lib/ld.so": b"\0" * 20}, L="MIT", p="so:libc=1"
) + apk_record("musl-utils", "1.2-r1", {"bin/ldd": b""}, o="musl", D="so:libc /bin/sh")


def test_a_package_is_complete() -> None:
    """Package URL, origin, licence, needs, files."""
    found = apk.extract(MemoryTree(ALPINE, {DB: CONTENT}))
    musl, utils = found.packages

    assert musl.purl == "pkg:apk/alpine/musl@1.2-r1?arch=x86_64&distro=alpine-3.20.3"
    assert (utils.source_name, utils.source_version) == ("musl", "1.2-r1")
    assert (musl.licences, utils.depends, musl.location) == (("MIT",), ("musl",), DB)
    assert found.owned[musl.key] == (OwnedFile("lib/ld.so", "sha1:" + "00" * 20),)


def test_a_merged_usr_is_one_database() -> None:
    """The file under its real name, its files where they stand."""
    tree = MemoryTree({"lib": Link("usr/lib"), MERGED: CONTENT})
    found = apk.extract(tree)

    assert [package.location for package in found.packages] == [MERGED, MERGED]
    assert found.owned[found.packages[0].key][0].path == "usr/lib/ld.so"


def test_two_databases_are_both_read() -> None:
    """Nothing hides behind the other."""
    tree = MemoryTree({DB: apk_record("a"), MERGED: apk_record("b")})

    assert sorted(p.name for p in apk.extract(tree).packages) == ["a", "b"]


def test_packages_belong_to_the_layer_that_added_them() -> None:
    """An upgrade is a new package of the later layer."""
    tree = MemoryTree(
        {DB: apk_record("a", "1-r0") + apk_record("b", "1-r0")},
        {DB: apk_record("a", "1-r1") + apk_record("b", "1-r0") + apk_record("c")},
    )

    layers = {p.name: p.layer.index for p in apk.extract(tree).packages if p.layer}

    assert layers == {"a": 1, "b": 0, "c": 1}


def test_a_damaged_record_is_blocking_and_the_rest_is_listed() -> None:
    """One bad record costs one record."""
    found = apk.extract(MemoryTree({DB: b"P:x\n\n" + CONTENT}))

    assert len(found.packages) == 2
    assert [unknown.weight for unknown in found.unknowns] == [Weight.BLOCKING]


@pytest.mark.parametrize("path", [DB, MERGED, "etc/apk/repositories", "usr/lib/os-release"])
def test_what_is_read_is_in_the_patterns(path: str) -> None:
    """The unit asks for every file it looks at."""
    assert list(MemoryTree({path: b"", "lib/apk/db/x": b""}).matching(apk.PATTERNS)) == [path]


def test_no_database_no_packages() -> None:
    """Whether that is right is not this unit's question."""
    assert apk.extract(MemoryTree(ALPINE)) == Extraction()
