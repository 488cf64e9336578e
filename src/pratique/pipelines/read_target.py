"""
Read one target: identify it, inspect its layers or folder, list its packages.

What was not understood travels on as Unknowns of the subject. No advisory data and no matcher are
loaded here: an SBOM needs none.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique.extractors.installed_twice import without_second_metadata
from pratique.extractors.joining import join
from pratique.extractors.noted import without_repeated_notes
from pratique.kit.cache import LayerCache
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.memory import bounded_memory
from pratique.model.errors import LimitExceeded
from pratique.model.image import Image
from pratique.model.layer import LayerFacts
from pratique.model.report import Subject, SubjectKind
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.extract_packages import (
    TOO_LARGE,
    extract_packages,
)
from pratique.pipelines.file_digests import digests_of
from pratique.pipelines.find_contraband import find_contraband
from pratique.pipelines.find_tampering import find_tampering, scene_of
from pratique.pipelines.inspect_folder import inspect_folder
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.linked_names import hidden_by_links
from pratique.pipelines.load_contents import ContentSettings, load_contents
from pratique.pipelines.load_units import Units, load_units
from pratique.pipelines.place_found import place_found
from pratique.pipelines.scan_contents import Contents
from pratique.sources.interface import Inventory, Opened, Options
from pratique.sources.target import open_target


class ReadSettings(Struct, frozen=True, kw_only=True):
    """
    How to read a target.

    ``cache_folder`` None keeps no layer facts. ``plugins`` uses the installed units of third
    parties too. ``distrust`` believes nothing of what the image records that could rule a finding
    out. ``progress`` is told what is being done, in words.
    """

    source: Options
    cache_folder: Path | None = None
    workers: int | None = None
    plugins: bool = False
    limits: Limits = DEFAULT
    distrust: bool = False
    contents: ContentSettings = ContentSettings()
    progress: Callable[[str], None] | None = None

    def tell(self, what: str) -> None:
        """Report progress, if anybody listens."""
        if self.progress is not None:
            self.progress(what)


class Reading(Struct, frozen=True, kw_only=True):
    """The subjects of a target, packages listed and nothing judged; what an index held besides."""

    subjects: tuple[Subject, ...]
    skipped: tuple[str, ...] = ()


def read_target(target: str, settings: ReadSettings) -> Reading:
    """
    Return the subjects of one target: several when all platforms were asked for.

    Raises:
        TargetError: the target cannot be identified.
    """
    with bounded_memory(settings.limits.memory_bytes):
        settings.tell(f"opening {target}")
        try:
            opened = open_target(target, settings.source)
        except MemoryError:
            raise LimitExceeded(f"{target}: {TOO_LARGE}") from None
        try:
            return Reading(
                subjects=tuple(_subjects(target, opened, settings)), skipped=opened.skipped
            )
        finally:
            opened.close()


def _subjects(target: str, opened: Opened, settings: ReadSettings) -> Iterable[Subject]:
    if opened.inventory is not None:
        yield _from_inventory(opened.inventory, opened.unknowns)
        return
    units = load_units(plugins=settings.plugins)
    into = LayerUnits(units.layer)
    contents = load_contents(settings.contents, settings.limits)
    if opened.folder is not None:
        subject = Subject(kind=SubjectKind.DIRECTORY, target=target, unknowns=opened.unknowns)
        try:
            folder, limits = opened.folder.path, settings.limits
            inspected = inspect_folder(folder, units.patterns, limits, into, contents)
            yield _with_packages(subject, inspected, (units, into, contents), settings)
        except MemoryError:
            yield _too_large(subject)
        return
    if opened.blobs is None:
        raise AssertionError("a source opened neither images nor a folder nor an inventory")
    inspect = InspectSettings(
        limits=settings.limits,
        workers=settings.workers,
        progress=settings.source.progress,
        units=into,
        contents=contents,
    )
    cache = LayerCache(settings.cache_folder / "layers") if settings.cache_folder else None
    for image in opened.images:
        settings.tell(f"reading {image.name or target} {image.config.platform}")
        subject = Subject(
            kind=SubjectKind.IMAGE,
            target=target,
            digest=image.digest,
            image=image,
            unknowns=opened.unknowns,
        )
        try:
            inspected = inspect_image(
                image,
                opened.blobs,
                patterns=units.patterns,
                units_version=units.version,
                cache=cache,
                settings=inspect,
            )
            measured = replace(subject, image=_measured(image, inspected.facts))
            yield _with_packages(measured, inspected, (units, into, contents), settings)
        except MemoryError:
            yield _too_large(subject)


def _too_large(subject: Subject) -> Subject:
    """Return a subject of which nothing is known but that it could not be read."""
    unknown = Unknown(
        stage=Stage.LAYER,
        unit="read_target",
        location=subject.digest or "/",
        reason=TOO_LARGE,
        weight=Weight.BLOCKING,
    )
    return replace(subject, unknowns=(*subject.unknowns, unknown))


def _measured(image: Image, facts: Sequence[LayerFacts]) -> Image:
    """Return the image with the sizes we measured where its daemon told none."""
    layers = tuple(
        replace(layer, blob=replace(layer.blob, size_bytes=fact.blob_bytes))
        if layer.blob.size_bytes < 0
        else layer
        for layer, fact in zip(image.layers, facts, strict=True)
    )
    return replace(image, layers=layers)


def _with_packages(
    subject: Subject,
    inspected: Inspected,
    used: tuple[Units, LayerUnits, Contents],
    settings: ReadSettings,
) -> Subject:
    units, into, contents = used
    placed = tuple(place_found(inspected.tree, inspected.facts))
    found = extract_packages(inspected.tree, units.image, placed)
    if settings.distrust:
        packages = tuple(replace(one, linked=None) for one in found.packages)
    else:
        digest_of = digests_of(inspected.tree, inspected.facts)
        packages = join(found.packages, found.owned, digest_of, found.offers)
    packages = without_second_metadata(without_repeated_notes(packages))
    contraband = find_contraband(subject.image, inspected, contents, settings.contents)
    tampering = find_tampering(scene_of(inspected, found, placed))
    unknowns = {*subject.unknowns, *inspected.unknowns, *found.unknowns, *tampering.unknowns}
    unknowns.update(hidden_by_links(inspected.tree, into))
    unknowns.update(contraband.unknowns)
    return replace(
        subject,
        distro=found.distro,
        packages=packages,
        owned=dict(found.owned),
        findings=(*tampering.findings, *contraband.findings),
        unknowns=tuple(sorted(unknowns)),
    )


def _from_inventory(inventory: Inventory, unknowns: Sequence[Unknown]) -> Subject:
    return Subject(
        kind=SubjectKind.SBOM,
        target=inventory.target,
        digest=inventory.digest,
        distro=inventory.distro,
        packages=inventory.packages,
        unknowns=tuple(sorted({*unknowns, *inventory.unknowns})),
        vex=inventory.vex,
    )
