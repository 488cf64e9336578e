"""Another known base image replaces what the base of now brought."""

import pytest
from msgspec.structs import replace

from pratique.formats.edits import apply_edits
from pratique.model.digest import sha256_of
from pratique.model.package import PackageType
from pratique.model.part import BaseImage, Recognition
from pratique.remedies import change_base_image as unit
from pratique.remedies.interface import Breaks, KnownBase
from tests.makers.situation import DEBIAN, image_of, package, situation

OLD = package(PackageType.DEB, "libssl3", "3.0-1")
NEW = package(PackageType.DEB, "libssl3", "3.0-2")
CURL = package(PackageType.DEB, "curl", "8.0-1", layer=1)
APP = package(PackageType.PYPI, "app", "1", layer=1)
IMAGE = image_of(["RUN /bin/sh -c x # buildkit"])
FILE = "FROM --platform=$P debian:12 AS a\nRUN x\n"


def base(version: str = "12", distro: str = "debian") -> KnownBase:
    there = situation([NEW], image=image_of([], base=["ADD newer / # buildkit"]))
    known = replace(DEBIAN, id=distro, version=version)
    return KnownBase(reference="debian:12.9", subject=replace(there.subject, distro=known))


def proposed(file: str = FILE, known: KnownBase | None = None):
    bases = (known or base(),)
    there = situation([OLD, CURL, APP], dockerfile=file, image=IMAGE, bases=bases)
    return there, list(unit.propose(there))


def test_from_is_changed_and_nothing_else() -> None:
    there, (change,) = proposed()

    content = apply_edits(there.dockerfile.content, change.edits)
    assert content == b"FROM --platform=$P debian:12.9 AS a\nRUN x\n"
    assert (change.removes, change.adds) == ((OLD.key,), (NEW,))
    assert change.breaks is Breaks.PATCH


def test_another_release_is_not_predicted_for_later_steps() -> None:
    """What apt would install there is not known, and it is said."""
    _, (change,) = proposed(known=base("13"))
    assert change.breaks is Breaks.MAJOR
    assert CURL.key in change.removes
    assert APP.key not in change.removes
    assert change.unsure


@pytest.mark.parametrize(
    ("file", "result"),
    [
        ("ARG V=12\nFROM debian:$V\nRUN x\n", b"ARG V=12.9\nFROM debian:$V\nRUN x\n"),
        ("ARG V=a:1\nFROM ${V}\nRUN x\n", b"ARG V=debian:12.9\nFROM ${V}\nRUN x\n"),
    ],
)
def test_an_image_named_by_an_argument_is_changed_there(file: str, result: bytes) -> None:
    there, (change,) = proposed(file)
    assert apply_edits(there.dockerfile.content, change.edits) == result


@pytest.mark.parametrize(
    "file",
    [
        "FROM debian:$V\nRUN x\n",
        "ARG V=1\nFROM alpine:$V\nRUN x\n",
        "ARG V=1\nFROM debian:$V AS a\nFROM b:$V\nFROM a\nRUN x\n",
        "ARG V=1\nFROM debian:${V:-2}\nRUN x\n",
        "ARG V=1\nFROM debian:$V\nARG V\nRUN x\n",
        'ARG V="1"\nFROM debian:$V\nRUN x\n',
    ],
)
def test_where_neither_can_be_changed_it_is_a_command(file: str) -> None:
    """Nobody sets it here, it names something else, or another line asks for it too."""
    _, (change,) = proposed(file)
    assert change.edits == ()
    assert change.commands == ("FROM debian:12.9",)


def test_the_base_of_now_is_no_other_one() -> None:
    same = replace(base(), subject=replace(base().subject, image=image_of([])))
    assert proposed(known=same)[1] == []


def test_a_stored_image_is_the_base_of_now_by_its_digest() -> None:
    known = replace(base(), subject=replace(base().subject, digest=sha256_of(b"x"), image=None))
    there = situation([OLD, CURL], dockerfile=FILE, image=IMAGE, bases=(known,))
    assert len(list(unit.propose(there))) == 1

    now = BaseImage(how=Recognition.LAYERS, layers=1, digest=sha256_of(b"x"))
    same = replace(there, subject=replace(there.subject, base=now))
    assert list(unit.propose(same)) == []


def test_without_knowing_where_the_base_ends_nothing_is_said() -> None:
    there = situation([OLD], dockerfile=FILE, bases=(base(),))
    assert list(unit.propose(there)) == []


def test_steps_of_alpine() -> None:
    old, new = replace(DEBIAN, id="alpine", version="3.18.9"), replace(DEBIAN, id="alpine")
    assert unit._breaks(old, replace(new, version="3.20.1")) is Breaks.MINOR
    assert unit._breaks(old, replace(new, version="3.18.12")) is Breaks.PATCH
    assert unit._breaks(old, DEBIAN) is Breaks.MAJOR
