import pytest

from pratique.extractors.os import dpkg
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, OwnedFile
from pratique.model.unknown import Weight
from tests.makers.os_packages import dpkg_stanza, os_release, stanza
from tests.makers.tree import Link, MemoryTree

STATUS = "var/lib/dpkg/status"
INFO = "var/lib/dpkg/info/"
MD5 = "0123456789abcdef0123456789abcdef"
DEBIAN = {"etc/os-release": os_release(id="debian", version_id="12")}


def names(found: Extraction) -> list[str]:
    return [package.name for package in found.packages]


def test_a_package_is_complete() -> None:
    """Package URL, source, layer, place."""
    content = dpkg_stanza("bash", "5.2-2+b1", source="bash (5.2-2)", depends="libc6")
    tree = MemoryTree(DEBIAN, {STATUS: content + dpkg_stanza("libc6", "1:2")})
    first, second = dpkg.extract(tree).packages

    assert first.purl == "pkg:deb/debian/bash@5.2-2%2Bb1?arch=amd64&distro=debian-12"
    assert (first.source_name, first.source_version) == ("bash", "5.2-2")
    assert (first.location, first.depends, first.origin) == (STATUS, ("libc6",), "dpkg")
    assert first.layer is not None
    assert first.layer.index == 1
    assert second.purl == "pkg:deb/debian/libc6@1:2?arch=amd64&distro=debian-12"


def test_removed_packages_are_not_listed() -> None:
    """State rc of dpkg -l."""
    content = dpkg_stanza("a") + dpkg_stanza("b", status="deinstall ok config-files")

    assert names(dpkg.extract(MemoryTree({STATUS: content}))) == ["a"]


def test_a_stanza_that_stands_twice_hides_nothing() -> None:
    """Both versions are listed; dpkg itself never writes that."""
    tree = MemoryTree({STATUS: dpkg_stanza("a", "1") + dpkg_stanza("a", "2")})

    assert [package.version for package in dpkg.extract(tree).packages] == ["1", "2"]


def test_pending_updates_are_applied_in_order() -> None:
    """What an interrupted dpkg wrote beside the status file counts, as dpkg would apply it."""
    tree = MemoryTree(
        {
            STATUS: dpkg_stanza("a", "1") + dpkg_stanza("b", "1"),
            "var/lib/dpkg/updates/0000": dpkg_stanza("a", "2"),
            "var/lib/dpkg/updates/0001": dpkg_stanza("a", "3") + dpkg_stanza("c", "1"),
            "var/lib/dpkg/updates/tmp.i": dpkg_stanza("a", "4"),
        }
    )

    assert [(p.name, p.version) for p in dpkg.extract(tree).packages] == [
        ("a", "3"), ("b", "1"), ("c", "1"),
    ]  # fmt: skip


def test_distroless_has_one_file_a_package() -> None:
    """Without Status field, each in its own layer, owned files from its md5sums."""
    folder = "var/lib/dpkg/status.d/"
    tree = MemoryTree(
        DEBIAN,
        {folder + "tzdata": stanza(package="tzdata", version="1", architecture="all"),
         folder + "tzdata.md5sums": f"{MD5}  usr/share/zoneinfo/UTC\n".encode()},
    )  # fmt: skip
    found = dpkg.extract(tree)
    (package,) = found.packages

    assert (package.name, package.location) == ("tzdata", folder + "tzdata")
    assert package.layer is not None
    assert package.layer.index == 1
    assert found.owned[package.key] == (OwnedFile("usr/share/zoneinfo/UTC", f"md5:{MD5}"),)


def test_owned_files_come_from_all_three_records() -> None:
    """md5sums, the list (without folders), and conffiles; paths stand where they really are."""
    field = f"\n /etc/a.conf {MD5}"
    tree = MemoryTree(
        {
            "bin": Link("usr/bin"),
            "usr/share/empty/x": b"",
            STATUS: dpkg_stanza("a", conffiles=field),
            INFO + "a.md5sums": f"{MD5}  bin/a\n".encode(),
            INFO + "a.list": b"/.\n/bin\n/bin/a\n/bin/link\n/etc\n/etc/a.conf\n/usr/share/empty\n",
        }
    )
    found = dpkg.extract(tree)

    assert found.owned[found.packages[0].key] == (
        OwnedFile("usr/bin/a", f"md5:{MD5}"),
        OwnedFile("usr/bin/link"),
        OwnedFile("etc/a.conf", f"md5:{MD5}", True),
    )


def test_what_a_package_says_it_holds_is_kept_with_its_key() -> None:
    """Packages of a language are joined by it."""
    content = dpkg_stanza("a", provides="node-b (= 1), node-c") + dpkg_stanza("d", provides="e")
    found = dpkg.extract(MemoryTree({STATUS: content}))

    assert found.offers == {found.packages[0].key: (("node-b", "1"),)}


def test_two_architectures_of_one_package_have_lists_of_their_own() -> None:
    """Multi-Arch: same."""
    tree = MemoryTree(
        {
            STATUS: b"".join(
                dpkg_stanza("a", architecture=arch, multi_arch="same") for arch in ("amd64", "i386")
            ),
            INFO + "a:amd64.list": b"/x64\n",
            INFO + "a:i386.list": b"/x32\n",
        }
    )
    found = dpkg.extract(tree)

    assert sorted(owned[0].path for owned in found.owned.values()) == ["x32", "x64"]


def test_short_licence_names_of_kept_copyright_files() -> None:
    """Machine-readable files only."""
    copyright_file = b"Format: https://x/copyright-format/1.0/\n\nLicense: GPL-2+\n"
    path = "usr/share/doc/a/copyright"
    tree = MemoryTree({STATUS: dpkg_stanza("a"), path: copyright_file})

    assert dpkg.extract(tree).packages[0].licences == ("GPL-2+",)
    assert path in tree.matching(dpkg.PATTERNS)


def test_packages_belong_to_the_layer_that_added_them() -> None:
    """A package removed and installed again belongs to the later layer."""
    a, b = dpkg_stanza("a"), dpkg_stanza("b")
    tree = MemoryTree({STATUS: a + b}, {STATUS: b}, {STATUS: a + b})

    layers = {p.name: p.layer.index for p in dpkg.extract(tree).packages if p.layer}

    assert layers == {"a": 2, "b": 0}


def test_a_damaged_stanza_is_blocking_and_the_rest_is_listed() -> None:
    """As on the hostile image: 'ok 1.0-1' stands."""
    bad = stanza(package="noversion", status="install ok installed")
    found = dpkg.extract(MemoryTree({STATUS: bad + dpkg_stanza("ok", "1.0-1")}))

    assert [(p.name, p.version) for p in found.packages] == [("ok", "1.0-1")]
    assert [(u.location, u.weight) for u in found.unknowns] == [(STATUS, Weight.BLOCKING)]


def test_a_database_that_was_not_kept_is_blocking() -> None:
    """Over its bound, a database is not "no packages"."""

    class Unkept(MemoryTree):
        def read(self, path: str) -> bytes:
            raise FormatError("not kept")

    (unknown,) = dpkg.extract(Unkept({STATUS: b""})).unknowns

    assert (unknown.reason, unknown.weight) == ("not kept", Weight.BLOCKING)


@pytest.mark.parametrize("path", [STATUS, INFO + "a.list", INFO + "a:amd64.md5sums", "var/lib/dpkg/status.d/a", "etc/os-release"])  # fmt: skip
def test_what_is_read_is_in_the_patterns(path: str) -> None:
    """The unit asks for every file it looks at, and for no scripts beside them."""
    tree = MemoryTree({path: b"", INFO + "a.postinst": b""})

    assert list(tree.matching(dpkg.PATTERNS)) == [path]


def test_no_database_no_packages() -> None:
    """Whether that is right is not this unit's question."""
    assert dpkg.extract(MemoryTree({"bin/sh": b""})) == Extraction()
