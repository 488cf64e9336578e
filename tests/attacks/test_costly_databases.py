"""
Package databases that are small to write and would be dear to read: said aloud, and soon over.

Each image here is a few hundred kilobytes. Work is counted in what the code reads and follows, not
in seconds.
"""

from collections.abc import Mapping

import pytest

from pratique.extractors.os import chisel, dpkg, opkg, pacman
from pratique.extractors.os._gathering import BESIDE_BYTES
from pratique.kit.limits import DEFAULT
from pratique.model.package import Extraction
from pratique.model.units import ImageUnit
from pratique.model.unknown import Weight
from pratique.pipelines.extract_packages import extract_packages
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.load_units import load_units
from tests.makers import layer as make
from tests.makers.os_packages import chisel_manifest, dpkg_stanza, os_release, pacman_section
from tests.makers.tree import Link, MemoryTree

DEBIAN = {"etc/os-release": os_release(id="debian", version_id="12")}
INFO = "var/lib/dpkg/info/"
PACKAGES = 300


class CountingTree(MemoryTree):
    """A tree that counts the bytes it hands out."""

    handed = 0

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""
        content = super().read(path)
        self.handed += len(content)
        return content


def status(number: int, **fields: str) -> bytes:
    return b"".join(dpkg_stanza(f"p{n}", **fields) for n in range(number))


def reasons(found: Extraction) -> str:
    return "\n".join(unknown.reason for unknown in found.unknowns)


def test_one_large_list_under_the_name_of_every_package() -> None:
    """Links make one list that of all packages; what is read of such files is bounded."""
    large = b"".join(b"/%07x\n" % n for n in range(200_000))
    links: Mapping[str, Link] = {f"{INFO}p{n}.list": Link("p0.list") for n in range(1, PACKAGES)}
    tree = CountingTree(
        {
            **DEBIAN,
            "var/lib/dpkg/status": status(PACKAGES),
            f"{INFO}p0.list": large,
            **links,
        }
    )
    found = dpkg.extract(tree)

    assert len(found.packages) == PACKAGES
    assert "files" in reasons(found)
    assert tree.handed < BESIDE_BYTES + (8 << 20)


def test_one_licence_file_under_the_name_of_every_package() -> None:
    """The packages are listed, the rest of the licences is not read, and that is said once."""
    large = b"Format: https://x/copyright-format/1.0/\n" + b"License: MIT\n\n" * 70_000
    doc = {f"usr/share/doc/p{n}": Link("p0") for n in range(1, 400)}
    tree = CountingTree(
        {**DEBIAN, "var/lib/dpkg/status": status(400), "usr/share/doc/p0/copyright": large, **doc}
    )
    found = dpkg.extract(tree)

    assert len(found.packages) == 400
    assert reasons(found).count("lists and licence files") == 1
    assert tree.handed <= BESIDE_BYTES + (8 << 20)


@pytest.mark.parametrize(
    ("unit", "folder", "name", "content"),
    [
        (dpkg, "var/lib/dpkg/status.d/", "", b"Package: a\nVersion: 1\nArchitecture: all\n"),
        (
            pacman,
            "var/lib/pacman/local/",
            "/desc",
            pacman_section(name=["a"], version=["1-1"], arch=["any"]),
        ),
        (
            chisel,
            "x/",
            "/manifest.wall",
            chisel_manifest({"kind": "package", "name": "a", "version": "1", "arch": "amd64"}),
        ),
    ],
)
def test_one_database_under_many_names(
    unit: ImageUnit, folder: str, name: str, content: bytes
) -> None:
    """The same bytes are the same packages, and are parsed once."""
    tree = CountingTree({f"{folder}{n}{name}": content for n in range(500)})
    found = unit.extract(tree)

    assert [package.name for package in found.packages] == ["a"]
    assert tree.handed <= 4 * len(content)


def test_different_manifests_of_chisel_are_counted() -> None:
    """Each could unpack to the largest size."""
    manifests = {
        f"{n}/manifest.wall": chisel_manifest(
            {"kind": "package", "name": f"p{n}", "version": "1", "arch": "amd64"}
        )
        for n in range(50)
    }
    found = chisel.extract(MemoryTree(manifests))

    assert len(found.packages) == chisel.MANIFESTS
    assert "manifests of chisel" in reasons(found)


def test_a_journal_of_many_names_is_bounded() -> None:
    """Dpkg's updates are applied in order, so equal ones cannot be skipped, only bounded."""
    large = status(1).strip() + b"\nX: " + b"#" * (9 << 20) + b"\n"
    links = {f"var/lib/dpkg/updates/{n:04}": Link("0000") for n in range(1, 100)}
    tree = CountingTree(
        {
            **DEBIAN,
            "var/lib/dpkg/status": status(3),
            "var/lib/dpkg/updates/0000": large,
            **links,
        }
    )
    found = dpkg.extract(tree)

    assert "bytes of journal" in reasons(found)
    assert len(found.packages) == 3
    assert tree.handed < 80 << 20


def test_needs_are_bounded_over_all_files_of_a_unit() -> None:
    """A need costs thirty times its bytes in memory; what is dropped is said, blocking."""
    needs = ", ".join(f"n{n:x}" for n in range(60_000))
    found = dpkg.extract(
        MemoryTree(
            {
                **DEBIAN,
                "var/lib/dpkg/status": b"".join(
                    dpkg_stanza(f"p{n}", depends=needs) for n in range(12)
                ),
            }
        )
    )
    assert len(found.packages) == DEFAULT.dependencies // 60_000
    (unknown,) = [u for u in found.unknowns if "(dependencies)" in u.reason]
    assert unknown.weight is Weight.BLOCKING


def test_lists_of_opkg_are_bounded_too() -> None:
    """The same files of another package manager."""
    folder = "usr/lib/opkg/"
    text = b"".join(
        b"Package: p%d\nVersion: 1\nStatus: install user installed\nArchitecture: all\n\n" % n
        for n in range(PACKAGES)
    )
    links = {f"{folder}info/p{n}.list": Link("p0.list") for n in range(1, PACKAGES)}
    large = b"".join(b"/%07x\n" % n for n in range(200_000))
    tree = CountingTree({f"{folder}status": text, f"{folder}info/p0.list": large, **links})
    found = opkg.extract(tree)

    assert len(found.packages) == PACKAGES
    assert "files" in reasons(found)
    assert tree.handed < BESIDE_BYTES + (8 << 20)


def test_a_maze_of_long_links_that_every_package_walks() -> None:
    """Forty links of a thousand detours each: after some steps they count as unreadable."""
    detour = "a/../" * 800
    maze = [make.symlink_long(f"l{n}", f"{detour}l{n + 1}") for n in range(36)]
    tar = make.tar(
        make.file("etc/os-release", DEBIAN["etc/os-release"]),
        make.file("var/lib/dpkg/status", status(2000)),
        make.file("a/x"),
        make.file("real/x"),
        *maze,
        make.symlink("l36", "real"),
        make.symlink("usr/share/doc", "/l0"),
        make.symlink("var/lib/dpkg/info", "/l0"),
    )
    blobs = make.FakeBlobs()
    units = load_units().image
    inspected = inspect_image(
        make.image(blobs, tar),
        blobs,
        patterns=[unit.PATTERNS for unit in units],
        units_version="x",
        settings=InspectSettings(in_process=True),
    )
    found = extract_packages(inspected.tree, units)

    assert len(found.packages) == 2000
    assert "take too long to follow" in "\n".join(u.reason for u in found.unknowns)
