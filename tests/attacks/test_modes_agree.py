"""What is read in confined workers is what is read in this process: facts, packages, findings."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pratique.model.errors import PratiqueError
from pratique.model.layer import LayerFacts
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.load_units import load_units
from pratique.pipelines.read_target import ReadSettings, read_target
from pratique.sources.interface import Options
from pratique.sources.target import open_target
from tests.attacks.cases import SLOW, attack_names
from tests.makers.attacks import ATTACKS
from tests.makers.benign import TWINS
from tests.makers.image import archive

IMAGES = Path("images")
UNITS = load_units()


def modes(path: Path) -> list[object]:
    """Return the subjects and the layer facts of an image, read both ways; errors as words."""
    found: list[object] = []
    for workers in (0, 2):
        settings = ReadSettings(source=Options(), workers=workers)
        try:
            found.append((read_target(str(path), settings).subjects, facts(path, workers)))
        except PratiqueError as error:
            found.append(f"{type(error).__name__}: {error}")
    return found


def facts(path: Path, workers: int) -> list[LayerFacts]:
    """Return what was learnt of each layer of the first image."""
    opened = open_target(str(path), Options())
    try:
        if opened.blobs is None:
            raise AssertionError("no image")
        inspected = inspect_image(
            opened.images[0],
            opened.blobs,
            patterns=UNITS.patterns,
            units_version=UNITS.version,
            settings=InspectSettings(workers=workers, units=LayerUnits(UNITS.layer)),
        )
    finally:
        opened.close()
    return [replace(one, kept={}) for one in inspected.facts]


@pytest.mark.parametrize("name", [name for name in attack_names() if name not in SLOW])
def test_on_attacks(tmp_path, name):
    """A worker that meets an attack says what this process would say."""
    alone, workers = modes(archive(tmp_path / "x.oci.tar", ATTACKS[name]()))
    assert alone == workers


@pytest.mark.parametrize("name", TWINS)
def test_on_honest_images(tmp_path, name):
    """No unit needs anything that a confined worker cannot have."""
    alone, workers = modes(archive(tmp_path / "x.oci.tar", TWINS[name]()))
    assert alone == workers


def test_on_all_shared_images(shared):
    """Real images and the hostile ones beside them."""
    for path in sorted((shared / "images").rglob("*.tar*")):
        alone, workers = modes(path)
        assert alone == workers, path.name
