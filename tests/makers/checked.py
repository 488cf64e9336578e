"""Build an image from a check's sample and look at it as a scan does."""

from datetime import datetime

from msgspec.structs import replace

from pratique.checks.image.interface import NOW, File, LayerSample, Sample, Scene
from pratique.model.image import HistoryEntry, Image
from pratique.model.part import BaseImage, Recognition
from pratique.pipelines.check_image import Checked, check_image, scene_of, wanted
from pratique.pipelines.extract_packages import extract_packages
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.load_units import load_units
from pratique.pipelines.place_found import place_found
from pratique.sources.interface import Blobs
from tests.makers import layer as make
from tests.makers.scene import entry as plain_entry


def tar_of(layer: LayerSample) -> bytes:
    """Return the tar of a sample's layer."""
    return make.tar(*(_entry(path, what) for path, what in layer))


def image_of(sample: Sample) -> tuple[Image, make.FakeBlobs]:
    """Return the image of a sample; where its history has no steps of layers, some are made up."""
    blobs = make.FakeBlobs()
    made = make.image(blobs, *map(tar_of, sample.layers))
    history = sample.config.history or tuple(
        HistoryEntry(created_by=f"COPY part{number} /") for number in range(len(sample.layers))
    )
    diff_ids = tuple(one.diff_id for one in made.layers)
    config = replace(sample.config, diff_ids=diff_ids, history=history)
    return replace(made, config=config, name=sample.name), blobs


def scene_of_image(image: Image, blobs: Blobs, now: datetime = NOW) -> Scene:
    """Return what the checks see of an image."""
    units = load_units()
    inspected = inspect_image(
        image,
        blobs,
        patterns=(*units.patterns, *wanted()),
        units_version=units.version,
        settings=InspectSettings(in_process=True, units=LayerUnits(units.layer)),
    )
    placed = tuple(place_found(inspected.tree, inspected.facts))
    found = extract_packages(inspected.tree, units.image, placed)
    return scene_of(image, inspected, found, now)


def scene_of_sample(sample: Sample) -> Scene:
    """Return what the checks see of a sample."""
    scene = scene_of_image(*image_of(sample))
    base = BaseImage(how=Recognition.LAYERS, layers=sample.base_layers)
    return replace(scene, base=base if base.layers else None, signed=sample.signed)


def checked(sample: Sample) -> Checked:
    """Return what all checks say of a sample."""
    return check_image(scene_of_sample(sample))


def rules_of(sample: Sample) -> set[str]:
    """Return the rules that fire on a sample."""
    return {finding.rule for finding in checked(sample).findings}


def _entry(path: str, what: str | File) -> bytes:
    if isinstance(what, str):
        return plain_entry(path, what) if what[:3] in ("-> ", "=> ") else _file(path, File(what))
    return _file(path, what)


def _file(path: str, file: File) -> bytes:
    if path.endswith("/"):
        mode = 0o755 if file.mode == File().mode else file.mode
        return make.header(path.encode(), kind=b"5", mode=mode, uid=file.uid)
    records = [
        (f"SCHILY.xattr.{name}".encode(), bytes.fromhex(value)) for name, value in file.xattrs
    ]
    head = make.pax(records) if records else b""
    content = file.content.encode("latin-1")
    return head + make.file(path, content, mode=file.mode, uid=file.uid)
