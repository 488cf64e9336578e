"""What should not ship is told once: where it stands, else in each layer that still holds it."""

from pratique.checks.image._left import is_own, left_in_layers
from pratique.checks.image.interface import LayerSample, sample
from pratique.model.sighting import Sighting
from tests.makers.checked import scene_of_sample


def seen(*layers: LayerSample) -> list[Sighting]:
    """Return what is told of the .env files of an image."""
    scene = scene_of_sample(sample(*layers))
    return list(left_in_layers(scene, ((one, "x") for one in scene.named.get(".env", ()))))


def test_a_file_that_stands() -> None:
    """Its last version speaks for the others."""
    (one,) = seen((("a/.env", "1"),), (("a/.env", "2"),))

    assert one.layer is not None
    assert one.layer.index == 1
    assert one.hidden_by is None


def test_a_file_that_is_deleted() -> None:
    """By itself, or with its folder."""
    for whiteout in ("a/.wh..env", ".wh.a", "a/.wh..wh..opq"):
        (one,) = seen((("a/.env", "1"),), ((whiteout, ""),))
        assert one.hidden_by is not None
        assert "its bytes still ship" in one.places[0].note


def test_parts_of_packages_are_not_ones_own() -> None:
    """Wherever package managers put them."""
    assert is_own("srv/app/x")
    assert not is_own("usr/lib/python3/dist-packages/x/.env")
