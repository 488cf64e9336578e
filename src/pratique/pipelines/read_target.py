"""
Read one target: identify it, inspect its layers or folder, list its packages.

What was not understood travels on as Unknowns of the subject. No advisory data and no matcher are
loaded here: an SBOM needs none.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Unpack

from msgspec import Struct
from msgspec.structs import replace

from pratique.kit.cache import LayerCache
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.memory import bounded_memory
from pratique.kit.selector import Selector
from pratique.model.errors import LimitExceeded
from pratique.model.image import Image
from pratique.model.report import Subject, SubjectKind
from pratique.model.spot import Scanner
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.describe_subject import DescribeSettings, Lookers, describe_subject
from pratique.pipelines.extract_packages import TOO_LARGE
from pratique.pipelines.find_contraband import text_scanner
from pratique.pipelines.image_files import FileKeeper
from pratique.pipelines.inspect_folder import inspect_folder
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from pratique.pipelines.layer_units import LayerUnits
from pratique.pipelines.load_contents import ContentSettings, load_contents
from pratique.pipelines.load_units import load_units
from pratique.pipelines.material import Held, Material
from pratique.pipelines.measure_layers import measured
from pratique.pipelines.scan_config import shown_image
from pratique.sources.interface import Blobs, Inventory, Opened, Options
from pratique.sources.target import open_target


class ReadSettings(Struct, frozen=True, kw_only=True):
    """
    How to read a target.

    ``cache_folder`` None keeps no layer facts. ``plugins`` uses the installed units of third
    parties too. ``distrust`` believes nothing of what the image records that could rule a finding
    out. ``contents`` says what to look for in files; ``config_at`` is the time as of which the
    image's configuration is checked, None to leave it; ``store_folder`` holds the catalogue of images
    in which its base is looked up. ``progress`` is told what is being done, in
    words; ``gather`` is shown each image or folder while it is open, in the order of the subjects.
    """

    source: Options
    cache_folder: Path | None = None
    workers: int | None = None
    plugins: bool = False
    limits: Limits = DEFAULT
    distrust: bool = False
    contents: ContentSettings = ContentSettings()
    config_at: datetime | None = None
    store_folder: Path | None = None
    progress: Callable[[str], None] | None = None
    keeper: FileKeeper | None = None
    """Takes the files of each image, where they are to be stored."""
    gather: Callable[[Material], None] | None = None

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
    looked_for = settings.contents
    if opened.folder is not None and looked_for.folders_heed:
        looked_for = replace(looked_for, heeding=True)
    contents = load_contents(looked_for, settings.limits)
    lookers = Lookers(units.image, LayerUnits(units.layer), contents, units.version)
    wants = DescribeSettings(
        contents=settings.contents,
        distrust=settings.distrust,
        config_at=settings.config_at,
        store_folder=settings.store_folder,
        keeper=settings.keeper,
    )
    patterns = (*units.patterns, *wants.patterns)
    if opened.folder is not None:
        unknowns = (*opened.unknowns, *_unasked(settings))
        subject = Subject(kind=SubjectKind.DIRECTORY, target=target, unknowns=unknowns)
        try:
            folder, limits = opened.folder.path, settings.limits
            inspected = inspect_folder(folder, patterns, limits, lookers.layer, contents)
            described = describe_subject(subject, inspected, lookers, wants)
            _shown(described, inspected, settings, folder=folder)
            yield described
        except MemoryError:
            yield _too_large(subject)
        return
    yield from _images(target, opened, (lookers, wants, Selector(patterns)), settings)


def _images(
    target: str,
    opened: Opened,
    looking: tuple[Lookers, DescribeSettings, Selector],
    settings: ReadSettings,
) -> Iterable[Subject]:
    lookers, wants, selector = looking
    if opened.blobs is None:
        raise AssertionError("a source opened neither images nor a folder nor an inventory")
    inspect = InspectSettings(
        limits=settings.limits,
        workers=settings.workers,
        progress=settings.source.progress,
        units=lookers.layer,
        contents=lookers.contents,
        hash_programs=Scanner.MALWARE in settings.contents.scanners or settings.keeper is not None,
        every_hash=settings.plugins,  # nobody knows what their databases record
    )
    cache = LayerCache(settings.cache_folder / "layers") if settings.cache_folder else None
    scanner = text_scanner(lookers.contents)
    for image in opened.images:
        settings.tell(f"reading {image.name or target} {image.config.platform}")
        # What is shown of the image travels on; what its config really says is only looked at.
        shown = image if scanner is None else shown_image(image, scanner)
        subject = Subject(
            kind=SubjectKind.IMAGE,
            target=target,
            digest=image.digest,
            image=shown,
            unknowns=opened.unknowns,
        )
        try:
            inspected = inspect_image(
                shown,
                opened.blobs,
                patterns=selector,
                units_version=lookers.version,
                cache=cache,
                settings=inspect,
            )
            weighed = replace(subject, image=measured(shown, inspected.facts, inspected.tree))
            if settings.contents.clamd:
                inspected = _asked(image, opened.blobs, inspected, settings)
            described = describe_subject(weighed, inspected, lookers, wants, image)
            _shown(described, inspected, settings, image=image, blobs=opened.blobs)
            yield described
        except MemoryError:
            yield _too_large(subject)


def _shown(
    subject: Subject, inspected: Inspected, settings: ReadSettings, **held: Unpack[Held]
) -> None:
    """Show a target that is still open to whoever wants more of it than a scan does."""
    if settings.gather is not None:
        settings.gather(
            Material(subject=subject, tree=inspected.tree, limits=settings.limits, **held)
        )


def _asked(image: Image, blobs: Blobs, inspected: Inspected, settings: ReadSettings) -> Inspected:
    """Return what was inspected, with what clamd says of it."""
    from pratique.malware.clamd import Clamd
    from pratique.malware.scanner import MalwareScanner
    from pratique.pipelines.ask_clamd import ask_clamd

    settings.tell("asking clamd")
    clamd = Clamd(settings.contents.clamd)
    wants = MalwareScanner().wants
    facts = ask_clamd(image, blobs, inspected.facts, clamd, wants, settings.limits)
    return replace(inspected, facts=facts)


def _unasked(settings: ReadSettings) -> tuple[Unknown, ...]:
    """Return that clamd is asked about layers only, where it was meant to be asked."""
    if not settings.contents.clamd:
        return ()
    reason = "clamd is asked about images only, not about a folder: scan it with clamdscan"
    return (Unknown(stage=Stage.CONTENT, unit="clamd", location="/", reason=reason),)


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
