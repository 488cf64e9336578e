"""A package that was struck off is told by name and layer; removals and take-overs are not."""

import pytest

from pratique.model.errors import FormatError
from pratique.model.sighting import Sighting
from pratique.tamper.unlisted_package import look
from tests.makers.scene import scene_of

STATUS = "var/lib/dpkg/status"
INFO = "var/lib/dpkg/info"


def row(name: str, state: str = "install ok installed") -> str:
    return f"Package: {name}\nStatus: {state}\nArchitecture: amd64\nVersion: 1-2\n\n"


def apk(name: str, path: str) -> str:
    folder, _, base = path.rpartition("/")
    return f"P:{name}\nV:1-r0\nA:x86_64\nF:{folder}\nR:{base}\n\n"


def seen(*sample: tuple[tuple[str, str], ...]) -> list[Sighting]:
    return list(look(scene_of(sample)))


def test_the_package_and_its_version_are_named() -> None:
    """So that a person can look it up."""
    (one,) = seen(
        ((STATUS, row("a") + row("curl")), (f"{INFO}/curl.list", "/usr/bin/curl\n"), ("usr/bin/curl", "x")),
        ((STATUS, row("a")), (f"{INFO}/.wh.curl.list", "")),
    )  # fmt: skip
    assert one.places[0].note == "of curl 1-2, which layer 0 listed and a later one not"
    assert one.layer is not None
    assert one.layer.index == 1


def test_a_list_with_an_architecture_belongs_to_its_package() -> None:
    """``libc6:amd64.list`` is libc6's."""
    assert seen(
        ((STATUS, row("libc6")), (f"{INFO}/libc6:amd64.list", "/lib/libc.so.6\n"), ("lib/libc.so.6", "x"))
    ) == []  # fmt: skip


def test_a_package_that_another_took_over_is_not_told() -> None:
    """Its program is the newer layer's."""
    base = (("lib/apk/db/installed", apk("a", "usr/bin/x") + apk("b", "usr/bin/y")), ("usr/bin/x", "1"), ("usr/bin/y", "1"))  # fmt: skip
    assert seen(base, (("lib/apk/db/installed", apk("b", "usr/bin/y")), ("usr/bin/x", "2"))) == []


def test_a_package_that_came_back_is_not_told() -> None:
    """Removed in one layer and installed again in the next."""
    whole = apk("a", "usr/bin/x") + apk("b", "usr/bin/y")
    files = (("usr/bin/x", "1"), ("usr/bin/y", "1"))
    path = "lib/apk/db/installed"
    assert seen(((path, whole), *files), ((path, apk("b", "usr/bin/y")),), ((path, whole),)) == []


def test_a_package_without_programs_is_not_told() -> None:
    """Documents that stay behind prove nothing."""
    base = (("lib/apk/db/installed", apk("a", "usr/bin/x") + apk("doc", "usr/share/doc/d")), ("usr/bin/x", "1"), ("usr/share/doc/d", "1"))  # fmt: skip
    assert seen(base, (("lib/apk/db/installed", apk("a", "usr/bin/x")),)) == []


def test_an_emptied_database_is_another_rule() -> None:
    """``hidden-package-database`` says it."""
    base = (("lib/apk/db/installed", apk("a", "usr/bin/x")), ("usr/bin/x", "1"))
    assert seen(base, (("lib/apk/db/installed", ""),)) == []


def test_damaged_lists_are_left_to_the_extractor() -> None:
    """Nothing here fails on what is no list of files."""
    assert (
        seen(((STATUS, row("a")), (f"{INFO}/x.list", "\x00\xff\n" * 9), ("usr/bin/x", "1"))) == []
    )


def test_one_layer_that_cannot_be_read_hides_no_other() -> None:
    """What a layer below was seen to list is told before the problem is."""
    told = look(
        scene_of(
            (
                (
                    (STATUS, row("a") + row("curl")),
                    (f"{INFO}/curl.list", "/usr/bin/curl\n"),
                    ("usr/bin/curl", "x"),
                ),
                (
                    (
                        STATUS,
                        "Package: zlib\nVersion: 1.3\nAbi: ab\nStatus: install ok installed\n\n",
                    ),
                ),
                ((STATUS, row("a")), (f"{INFO}/.wh.curl.list", "")),
            )
        )
    )
    found: list[Sighting] = []
    with pytest.raises(FormatError):
        found.extend(told)  # keeps what came before the error
    assert [one.places[0].note for one in found] == [
        "of curl 1-2, which layer 0 listed and a later one not"
    ]
