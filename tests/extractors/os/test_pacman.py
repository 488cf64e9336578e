from pratique.extractors.os import pacman
from pratique.model.package import Extraction, OwnedFile
from pratique.model.unknown import Weight
from tests.makers.os_packages import os_release, pacman_section
from tests.makers.tree import MemoryTree

LOCAL = "var/lib/pacman/local/"
DESC = pacman_section(name=["zlib-ng"], version=["1:2-3"], base=["zlib"], arch=["x86_64"], depends=["glibc>=2"], license=["Zlib"])  # fmt: skip
GLIBC = pacman_section(name=["glibc"], version=["2-1"], arch=["x86_64"])
FILES = {
    "etc/os-release": os_release(id="arch"),
    LOCAL + "ALPM_DB_VERSION": b"9\n",
    LOCAL + "zlib-ng-1:2-3/desc": DESC,
    LOCAL + "zlib-ng-1:2-3/files": pacman_section(files=["usr/", "usr/z"]),
    LOCAL + "glibc-2-1/desc": GLIBC,
    LOCAL + "glibc-2-1/files": b"",
}


def test_packages_are_complete() -> None:
    """One folder a package; the base is the source."""
    found = pacman.extract(MemoryTree(FILES))
    glibc, zlib = found.packages

    assert zlib.purl == "pkg:alpm/arch/zlib-ng@1:2-3?arch=x86_64&distro=arch"
    assert (zlib.source_name, zlib.depends, zlib.licences) == ("zlib", ("glibc",), ("Zlib",))
    assert found.owned[zlib.key] == (OwnedFile("usr/z"),)
    assert glibc.location == LOCAL + "glibc-2-1/desc"
    assert found.unknowns == ()


def test_a_package_belongs_to_the_layer_that_wrote_it() -> None:
    """Each has files of its own."""
    tree = MemoryTree(FILES, {LOCAL + "a-1-1/desc": pacman_section(name=["a"], version=["1-1"])})
    layers = {p.name: p.layer.index for p in pacman.extract(tree).packages if p.layer}

    assert layers == {"a": 1, "glibc": 0, "zlib-ng": 0}


def test_a_folder_without_desc_is_blocking() -> None:
    """A package is there that cannot be named."""
    found = pacman.extract(MemoryTree(FILES, {LOCAL + "b-1-1/files": b""}))

    assert len(found.packages) == 2
    assert [(u.location, u.weight) for u in found.unknowns] == [(LOCAL + "b-1-1/desc", Weight.BLOCKING)]  # fmt: skip


def test_what_is_read_is_in_the_patterns() -> None:
    """The unit asks for every file it looks at."""
    assert list(MemoryTree(FILES).matching(pacman.PATTERNS)) == sorted(FILES)


def test_no_database_no_packages() -> None:
    """Whether that is right is not this unit's question."""
    assert pacman.extract(MemoryTree({})) == Extraction()
