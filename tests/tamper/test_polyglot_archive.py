"""Files that are two things are told with what contradicts what; self-executing ones are not."""

import pytest
from hypothesis import given

from pratique.kit.held_file import HeldFile
from pratique.model.sighting import Sighting
from pratique.tamper.polyglot_archive import extract_file, look
from tests.makers import layer as make
from tests.makers.mutation import damaged
from tests.makers.scene import scene_of_tars
from tests.makers.zips import Part, jar_of, zip_of

HONEST = jar_of({"META-INF/MANIFEST.MF": b"A: b\n", "x/Y.class": b"\xca\xfe\xba\xbe"})
ODD = {
    "a program before it": zip_of([Part(name=b"a", content=b"1")], before=b"\x7fELF" + bytes(60)),
    "bytes behind it": HONEST + b"more",
    "another name inside": zip_of([Part(name=b"Evil", local_name=b"Good", content=b"1")]),
    "shared bytes": zip_of([Part(name=b"a", content=b"1" * 99), Part(name=b"b", at=0)]),
    "no header": zip_of([Part(name=b"a", content=b"1"), Part(name=b"b", at=9999)]),
}
GIF = zip_of([Part(name=b"E.class", content=b"1")], before=b"GIF89a" + bytes(20))


def notes(path: str, content: bytes) -> list[str]:
    return [sign.note for sign in extract_file(HeldFile(path, 0o644, content)).signs]


def seen(*tars: bytes) -> list[Sighting]:
    return list(look(scene_of_tars(*tars)[0]))


@pytest.mark.parametrize("name", ODD)
def test_what_contradicts_the_directory_is_told(name: str) -> None:
    """Each in words."""
    assert notes("srv/a.jar", ODD[name])


def test_honest_archives_are_not_told() -> None:
    """Nor a jar that a shell script starts, nor a program with its data behind it."""
    script = zip_of([Part(name=b"a", content=b"1")], before=b"#!/bin/sh\nexec java -jar $0\n")
    assert notes("a.jar", HONEST) == notes("a.jar", script) == []
    assert seen(make.tar(make.file("usr/bin/tool", ODD["a program before it"], mode=0o755))) == []


def test_a_picture_that_is_an_archive() -> None:
    """Whatever it is called."""
    (one,) = seen(make.tar(make.file("srv/www/logo", GIF)))
    assert one.places[0].path == "srv/www/logo"


def test_a_layer_with_data_behind_its_end() -> None:
    """The layer is the polyglot."""
    (one,) = seen(make.tar(make.file("etc/motd", b"x")) + b"PK\x03\x04" + bytes(600) + b"x")
    assert one.layer is not None


def test_a_file_that_a_later_layer_deleted_is_not_told() -> None:
    """It is not in the image any more."""
    assert seen(make.tar(make.file("a.gif", GIF)), make.tar(make.whiteout("a.gif"))) == []


def test_an_archive_with_too_many_members_is_unknown() -> None:
    """Not looked at is not nothing found."""
    from tests.makers.attacks_language import LAYERS

    scene, unknowns = scene_of_tars(LAYERS["jar-wide"]())
    assert list(look(scene)) == []
    assert "polyglot-archive" in {unknown.unit for unknown in unknowns}


@given(damaged([HONEST, GIF, *ODD.values()]))
def test_any_damage_is_told_or_not_but_never_fails(content: bytes) -> None:
    """No bytes make it raise."""
    for path in ("a.jar", "a.gif", "a.tgz"):
        notes(path, content)
