"""A hidden database is told with who hid it, how, and what stayed; conversions are not."""

from pratique.model.sighting import Sighting
from pratique.tamper.hidden_package_database import look
from tests.makers import layer as make
from tests.makers import rpmdb
from tests.makers.os_packages import os_release
from tests.makers.scene import scene_of, scene_of_tars

DPKG = "Package: a\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n\n"
PROGRAM = ("usr/bin/a", "x")
DEBIAN = make.file("etc/os-release", os_release(id="debian", version_id="12"))


def seen(*sample: tuple[tuple[str, str], ...]) -> list[Sighting]:
    return list(look(scene_of(sample)))


def test_the_layer_that_hid_it_is_named() -> None:
    """Not the last one, not the one that wrote it."""
    (one,) = seen(
        (("var/lib/dpkg/status", DPKG), PROGRAM),
        (("etc/motd", "x"),),
        (("var/lib/.wh.dpkg", ""),),
        (("etc/motd", "y"),),
    )
    assert one.layer is not None
    assert one.layer.index == 2
    assert "layer 0 holds this database of deb, layer 2 hides it" in one.places[0].note


def test_a_database_that_is_a_folder() -> None:
    """Every file of it that is gone is counted."""
    (one,) = seen(
        (
            ("var/lib/pacman/local/a-1-1/desc", "%NAME%\na\n\n%VERSION%\n1-1\n"),
            ("var/lib/pacman/local/b-1-1/desc", "%NAME%\nb\n\n%VERSION%\n1-1\n"),
            PROGRAM,
        ),
        (("var/lib/pacman/.wh.local", ""),),
    )
    assert one.more == 1


def test_a_system_that_was_replaced_is_not_told() -> None:
    """Nothing of the layers that had the database is left to be named."""
    assert (
        seen((("var/lib/dpkg/status", DPKG), PROGRAM), (("var/.wh.lib", ""), ("usr/.wh.bin", "")))
        == []
    )


def test_a_change_of_rpms_format_is_not_told() -> None:
    """The old file goes, the new one comes; both name the same packages."""
    blobs = [rpmdb.package("a"), rpmdb.package("b")]
    scene, _ = scene_of_tars(
        make.tar(make.file("var/lib/rpm/Packages", rpmdb.berkeley(blobs)), make.file("usr/bin/a")),
        make.tar(
            make.whiteout("var/lib/rpm/Packages"),
            make.file("usr/lib/sysimage/rpm/rpmdb.sqlite", rpmdb.sqlite_at(blobs)),
            make.symlink("var/lib/rpm", "../../usr/lib/sysimage/rpm"),
        ),
    )
    assert list(look(scene)) == []


def test_two_databases_of_rpm_that_agree_are_not_told() -> None:
    """A converted system may keep the old file."""
    blobs = [rpmdb.package("a")]
    assert list(look(scene_of_tars(both(blobs, blobs))[0])) == []


def test_two_databases_of_rpm_that_disagree() -> None:
    """The second one names a package that the first does not."""
    (one,) = look(scene_of_tars(both([rpmdb.package("a")], [rpmdb.package("evil")]))[0])

    assert one.places[0].path == "var/lib/rpm/Packages"
    assert "lists evil 1.0-1" in one.places[0].note


def test_a_folder_link_to_the_database_is_not_told() -> None:
    """As rpm's folder on SUSE, or apk's on a merged /usr."""
    assert (
        seen(
            (
                ("usr/lib/apk/db/installed", "P:a\nV:1-r0\nA:x86_64\n\n"),
                ("lib", "-> usr/lib"),
                PROGRAM,
            )
        )
        == []
    )


def test_a_backup_beside_the_place_of_the_database() -> None:
    """Moved aside in the layer that installed it: no tool looks there."""
    scene, _ = scene_of_tars(
        make.tar(
            DEBIAN, make.file("var/lib/dpkg/status-old", DPKG.encode()), make.file("usr/bin/a")
        )
    )
    (one,) = look(scene)
    assert one.places[0].path == "var/lib/dpkg/status-old"


def test_a_backup_beside_the_database_is_not_told() -> None:
    """Dpkg itself keeps status-old."""
    assert seen((("var/lib/dpkg/status", DPKG), ("var/lib/dpkg/status-old", DPKG), PROGRAM)) == []


def both(new: list[bytes], old: list[bytes]) -> bytes:
    """Return a layer with rpm's database in two formats."""
    return make.tar(
        make.file("var/lib/rpm/rpmdb.sqlite", rpmdb.sqlite_at(new)),
        make.file("var/lib/rpm/Packages", rpmdb.berkeley(old)),
        make.file("usr/bin/a"),
    )
