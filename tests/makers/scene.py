"""Build an image from a tamper sign's sample and look at it as a scan does."""

from pratique.model.finding import Finding
from pratique.model.unknown import Unknown
from pratique.pipelines.extract_packages import extract_packages
from pratique.pipelines.find_tampering import find_tampering
from pratique.pipelines.find_tampering import scene_of as scene_of_image
from pratique.pipelines.inspect_image import InspectSettings, inspect_image
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.load_units import load_units
from pratique.pipelines.place_found import place_found
from pratique.tamper.interface import Sample, Scene
from tests.makers import layer as make

_DEVICES = {"b ": b"4", "c ": b"3"}


def entry(path: str, what: str) -> bytes:
    """Return the tar entry of one pair of a sample."""
    if path.endswith("/"):
        return make.folder(path.rstrip("/"))
    if what.startswith("-> "):
        return make.symlink(path, what[3:])
    if what.startswith("=> "):
        return make.hardlink(path, what[3:])
    numbers = what[2:].split(":")
    if what[:2] in _DEVICES and len(numbers) == 2 and all(map(str.isdigit, numbers)):
        device = (int(numbers[0]), int(numbers[1]))
        return make.header(path.encode(), kind=_DEVICES[what[:2]], device=device)
    return make.file(path, what.encode("latin-1"), mode=0o755)


def layers(sample: Sample) -> list[bytes]:
    """Return the tars of a sample's layers."""
    return [make.tar(*(entry(path, what) for path, what in layer)) for layer in sample]


def scene_of_tars(*tars: bytes) -> tuple[Scene, tuple[Unknown, ...]]:
    """Return what the signs see of an image of these layers, and what was not understood."""
    blobs = make.FakeBlobs()
    units = load_units()
    inspected = inspect_image(
        make.image(blobs, *tars),
        blobs,
        patterns=units.patterns,
        units_version=units.version,
        settings=InspectSettings(
            in_process=True, units=LayerUnits(units.layer), hash_programs=True
        ),
    )
    placed = tuple(place_found(inspected.tree, inspected.facts))
    found = extract_packages(inspected.tree, units.image, placed)
    return scene_of_image(inspected, found, placed), (*inspected.unknowns, *found.unknowns)


def scene_of(sample: Sample) -> Scene:
    """Return what the signs see of a sample."""
    return scene_of_tars(*layers(sample))[0]


def looked_at(*tars: bytes) -> tuple[tuple[Finding, ...], tuple[Unknown, ...]]:
    """Return the findings of all signs, and every Unknown, of an image of these layers."""
    scene, unknowns = scene_of_tars(*tars)
    told = find_tampering(scene)
    return told.findings, (*unknowns, *told.unknowns)


def rules_of(sample: Sample) -> set[str]:
    """Return the rules that fire on a sample."""
    return {finding.rule for finding in looked_at(*layers(sample))[0]}
