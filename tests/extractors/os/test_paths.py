from pratique.extractors.os._paths import RealPaths
from pratique.model.package import OwnedFile
from tests.makers.tree import Link, MemoryTree


def test_links_of_a_merged_usr_are_followed() -> None:
    """Relative and absolute links; other paths stay."""
    real = RealPaths(MemoryTree({"bin": Link("usr/bin"), "lib64": Link("/usr/lib64")}))

    assert real.of("bin/sh") == "usr/bin/sh"
    assert real.of("lib64/ld.so") == "usr/lib64/ld.so"
    assert [real.of(path) for path in ("binary", "lib/x", "usr/bin/sh")] == [
        "binary", "lib/x", "usr/bin/sh",
    ]  # fmt: skip


def test_owned_files_keep_what_else_they_say() -> None:
    """Digest and configuration flag stay."""
    real = RealPaths(MemoryTree({"sbin": Link("usr/sbin")}))
    files = (OwnedFile("sbin/a", "md5:x", True), OwnedFile("etc/b"))

    assert real.of_files(files) == (OwnedFile("usr/sbin/a", "md5:x", True), OwnedFile("etc/b"))


def test_a_tree_without_links_changes_nothing() -> None:
    """Folders are folders, and a link to anywhere else is not believed."""
    real = RealPaths(MemoryTree({"bin/sh": b"", "lib": Link("etc")}))
    files = (OwnedFile("bin/sh"), OwnedFile("lib/x"))

    assert real.of_files(files) is files
    assert real.of("lib/x") == "lib/x"
