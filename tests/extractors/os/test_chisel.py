from pratique.extractors.os import chisel
from pratique.model.package import Extraction, OwnedFile
from pratique.model.unknown import Weight
from tests.makers.os_packages import chisel_manifest, os_release
from tests.makers.tree import MemoryTree

PATH = "var/lib/chisel/manifest.wall"
UBUNTU = {"etc/os-release": os_release(id="ubuntu", version_id="24.04")}
LIBC = {"kind": "package", "name": "libc6", "version": "2.39-0", "arch": "amd64", "sha256": "0"}
FILE = {"kind": "path", "path": "/lib/a", "slices": ["libc6_libs"], "sha256": "ab"}


def test_packages_are_listed_and_their_lack_of_sources_is_blocking() -> None:
    """Without source names, no findings would not mean clean."""
    found = chisel.extract(MemoryTree(UBUNTU, {PATH: chisel_manifest(LIBC, FILE)}))
    (package,) = found.packages

    assert package.purl == "pkg:deb/ubuntu/libc6@2.39-0?arch=amd64&distro=ubuntu-24.04"
    assert (package.source_name, package.location, package.origin) == ("", PATH, "chisel")
    assert found.owned[package.key] == (OwnedFile("lib/a", "sha256:ab"),)
    assert [unknown.weight for unknown in found.unknowns] == [Weight.BLOCKING]


def test_packages_belong_to_the_layer_that_added_them() -> None:
    """Across versions of the manifest."""
    other = {**LIBC, "name": "b"}
    tree = MemoryTree({PATH: chisel_manifest(LIBC)}, {PATH: chisel_manifest(LIBC, other)})
    layers = {p.name: p.layer.index for p in chisel.extract(tree).packages if p.layer}

    assert layers == {"libc6": 0, "b": 1}


def test_an_unreadable_manifest_is_blocking() -> None:
    """Never "no packages"."""
    (unknown,) = chisel.extract(MemoryTree({PATH: b"x"})).unknowns

    assert (unknown.location, unknown.weight) == (PATH, Weight.BLOCKING)


def test_a_manifest_may_stand_anywhere() -> None:
    """And what is read is in the patterns."""
    tree = MemoryTree({"opt/x/manifest.wall": chisel_manifest(LIBC)})

    assert list(tree.matching(chisel.PATTERNS)) == ["opt/x/manifest.wall"]
    assert len(chisel.extract(tree).packages) == 1


def test_no_manifest_no_packages() -> None:
    """Whether that is right is not this unit's question."""
    assert chisel.extract(MemoryTree(UBUNTU)) == Extraction()
