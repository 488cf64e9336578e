from pratique.extractors.os import opkg
from pratique.model.package import Extraction, OwnedFile
from pratique.model.unknown import Weight
from tests.makers.os_packages import os_release, stanza
from tests.makers.tree import MemoryTree

STATUS = "usr/lib/opkg/status"
CONTENT = stanza(
    package="dropbear", version="2024.85-r1", depends="libc", status="install user installed",
    architecture="x86_64",
) + stanza(package="libc", version="1.2-r1", status="install user installed")  # fmt: skip
FILES = {
    "etc/os-release": os_release(id="openwrt", version_id="23.05.5"),
    STATUS: CONTENT,
    "usr/lib/opkg/info/dropbear.list": b"/usr/sbin/dropbear\n",
}


def test_packages_are_complete() -> None:
    """Needs resolved, files owned."""
    found = opkg.extract(MemoryTree(FILES))
    dropbear, _ = found.packages

    assert (
        dropbear.purl == "pkg:opkg/openwrt/dropbear@2024.85-r1?arch=x86_64&distro=openwrt-23.05.5"
    )
    assert (dropbear.depends, dropbear.location) == (("libc",), STATUS)
    assert found.owned[dropbear.key] == (OwnedFile("usr/sbin/dropbear"),)


def test_packages_belong_to_the_layer_that_added_them() -> None:
    """Across versions of the database."""
    more = CONTENT + stanza(package="b", version="1", status="install user installed")
    tree = MemoryTree(FILES, {STATUS: more})
    layers = {p.name: p.layer.index for p in opkg.extract(tree).packages if p.layer}

    assert layers == {"dropbear": 0, "libc": 0, "b": 1}


def test_a_damaged_stanza_is_blocking_and_the_rest_is_listed() -> None:
    """One bad record costs one record."""
    found = opkg.extract(MemoryTree({STATUS: stanza(version="1") + CONTENT}))

    assert len(found.packages) == 2
    assert [unknown.weight for unknown in found.unknowns] == [Weight.BLOCKING]


def test_what_is_read_is_in_the_patterns() -> None:
    """The unit asks for every file it looks at."""
    assert list(MemoryTree(FILES).matching(opkg.PATTERNS)) == sorted(FILES)


def test_no_database_no_packages() -> None:
    """Whether that is right is not this unit's question."""
    assert opkg.extract(MemoryTree({})) == Extraction()
