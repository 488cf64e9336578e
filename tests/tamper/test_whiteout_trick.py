"""Tricks are told per layer; whiteouts at the bottom are graded low."""

import pytest

from pratique.formats.tar.whiteout import DEVICE, LOADED, LOOKALIKE, NAMELESS, THROUGH_LINK
from pratique.model.severity import Severity
from pratique.model.sighting import Sighting
from pratique.tamper.whiteout_trick import look
from tests.makers.scene import scene_of

BASE = (("etc/motd", "x"), ("usr/bin/a", "x"))


def seen(*sample: tuple[tuple[str, str], ...]) -> list[Sighting]:
    return list(look(scene_of(sample)))


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ((("etc/.wh.", ""),), NAMELESS),
        ((("etc/.wh...", ""),), NAMELESS),
        ((("etc/.wh..wh.x", ""),), LOOKALIKE),
        ((("etc/.wh.motd", "hidden data"),), LOADED),
        ((("etc/.wh.motd", "-> x"),), LOADED),
        ((("etc/.wh.motd/", ""),), LOADED),
        ((("etc/motd", "c 0:0"),), DEVICE),
        ((("l", "-> etc"), ("l/.wh..wh..opq", "")), THROUGH_LINK),
    ],
)
def test_each_trick_is_told_with_its_reason(entries: tuple[tuple[str, str], ...], why: str) -> None:
    """In the layer that plays it, and nowhere else."""
    (one,) = seen(BASE, entries)
    assert [place.note for place in one.places] == [why]
    assert one.layer is not None
    assert one.layer.index == 1


@pytest.mark.parametrize("name", ["aufs", "orph", "plnk"])
def test_the_bookkeeping_of_aufs_is_not_told(name: str) -> None:
    """Old Docker versions left it in every base image."""
    assert seen(((f".wh..wh.{name}/", ""), *BASE)) == []


def test_whiteouts_at_the_bottom_are_low() -> None:
    """They delete nothing; ten are shown."""
    (one,) = seen(tuple((f"etc/.wh.{n}", "") for n in range(12)))
    assert one.severity is Severity.LOW
    assert len(one.places) == 10
