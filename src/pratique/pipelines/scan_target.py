"""
Scan one target: identify, inspect, extract, fetch the data it needs, match, enrich, decide.

Only wiring: each step is a unit of a lower floor. Whatever a step did not understand travels to
the report as an Unknown.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique import __version__
from pratique.advisories.database import Database
from pratique.enrichers.enriching import enrich_all
from pratique.enrichers.interface import Enricher
from pratique.kit import registry
from pratique.kit.cache import LayerCache
from pratique.kit.clock import iso
from pratique.kit.limits import DEFAULT, Limits
from pratique.kit.memory import bounded_memory
from pratique.matchers.matching import ecosystems_needed, match_packages
from pratique.matchers.release import match_release
from pratique.model.advisory import DataStatus
from pratique.model.errors import LimitExceeded
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.layer import LayerFacts
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.severity import Severity
from pratique.model.units import ImageUnit
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.pipelines.extract_packages import (
    TOO_LARGE,
    extract_packages,
    image_units,
    patterns,
    units_version,
)
from pratique.pipelines.inspect_folder import inspect_folder
from pratique.pipelines.inspect_image import Inspected, InspectSettings, inspect_image
from pratique.pipelines.update_db import DbSettings, ensure
from pratique.policy.only_fixed import only_fixed
from pratique.policy.threshold import Decision, Outcome, decide
from pratique.sources.interface import Inventory, Opened, Options
from pratique.sources.target import open_target

Progress = Callable[[str], None]


class ScanSettings(Struct, frozen=True, kw_only=True):
    """
    How to scan.

    ``database`` None lists packages only. ``cache_folder`` None keeps no layer facts. ``threshold``
    is ``--fail-on``; ``only_fixed`` leaves findings without a fix out of the report and the
    decision. ``plugins`` uses the installed units of third parties too. ``progress`` is told what is being done, in words.
    """

    source: Options
    now: datetime
    database: DbSettings | None = None
    cache_folder: Path | None = None
    workers: int | None = None
    threshold: Severity | None = None
    only_fixed: bool = False
    plugins: bool = False
    limits: Limits = DEFAULT
    progress: Progress | None = None


def scan_target(target: str, settings: ScanSettings) -> Report:
    """
    Return the report on one target; several subjects when all platforms were asked for.

    Raises:
        TargetError: the target cannot be identified.
    """
    with bounded_memory(settings.limits.memory_bytes):
        _tell(settings, f"opening {target}")
        try:
            opened = open_target(target, settings.source)
        except MemoryError:
            raise LimitExceeded(f"{target}: {TOO_LARGE}") from None
        try:
            subjects = tuple(_subjects(target, opened, settings))
        finally:
            opened.close()
    data: tuple[DataStatus, ...] = ()
    if settings.database is not None:
        subjects, data = _judge_all(subjects, settings, settings.database)
    return replace(_report(subjects, data, settings), skipped=opened.skipped)


def _subjects(target: str, opened: Opened, settings: ScanSettings) -> Iterable[Subject]:
    if opened.inventory is not None:
        yield _from_inventory(opened.inventory, opened.unknowns)
        return
    units = image_units(plugins=settings.plugins)
    if opened.folder is not None:
        subject = Subject(kind=SubjectKind.DIRECTORY, target=target, unknowns=opened.unknowns)
        try:
            inspected = inspect_folder(opened.folder.path, patterns(units), settings.limits)
            yield _with_packages(subject, inspected, units)
        except MemoryError:
            yield _too_large(subject)
        return
    if opened.blobs is None:
        raise AssertionError("a source opened neither images nor a folder nor an inventory")
    inspect = InspectSettings(
        limits=settings.limits,
        workers=settings.workers,
        progress=settings.source.progress,
    )
    cache = LayerCache(settings.cache_folder / "layers") if settings.cache_folder else None
    for image in opened.images:
        _tell(settings, f"reading {image.name or target} {image.config.platform}")
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
                patterns=patterns(units),
                units_version=units_version(units),
                cache=cache,
                settings=inspect,
            )
            measured = replace(subject, image=_measured(image, inspected.facts))
            yield _with_packages(measured, inspected, units)
        except MemoryError:
            yield _too_large(subject)


def _too_large(subject: Subject) -> Subject:
    """Return a subject of which nothing is known but that it could not be read."""
    unknown = Unknown(
        stage=Stage.LAYER,
        unit="scan_target",
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


def _with_packages(subject: Subject, inspected: Inspected, units: tuple[ImageUnit, ...]) -> Subject:
    found = extract_packages(inspected.tree, units)
    unknowns = {*subject.unknowns, *inspected.unknowns, *found.unknowns}
    return replace(
        subject,
        distro=found.distro,
        packages=found.packages,
        owned=dict(found.owned),
        findings=inspected.findings,
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
    )


def _judge_all(
    subjects: tuple[Subject, ...], settings: ScanSettings, database: DbSettings
) -> tuple[tuple[Subject, ...], tuple[DataStatus, ...]]:
    wanted: set[str] = set()
    for subject in subjects:
        wanted |= ecosystems_needed(subject.packages, subject.distro)
    _tell(settings, "preparing advisory data")
    lookup, missing = ensure(wanted, database)
    try:
        _tell(settings, "matching")
        judged = tuple(_judge(subject, lookup, missing, settings) for subject in subjects)
        bases = {name.partition(":")[0] for name in wanted}
        lenders = sorted(lookup.lenders() - bases)
        lent = (replace(lookup.status(base), scores_only=True) for base in lenders)
        return judged, (*(lookup.status(base) for base in sorted(bases)), *lent)
    finally:
        lookup.close()


def _judge(
    subject: Subject, lookup: Database, missing: Iterable[Unknown], settings: ScanSettings
) -> Subject:
    matched = match_packages(subject.packages, subject.distro, lookup)
    release = match_release(subject.distro, lookup, settings.now)
    more: Iterable[Enricher] = (
        registry.load_plugins("enrichers", ("ORDER", "enrich")).values() if settings.plugins else ()
    )
    findings = enrich_all((*matched.findings, *release.findings), lookup, more)
    kept = only_fixed(findings) if settings.only_fixed else findings
    unknowns = {*subject.unknowns, *missing, *matched.unknowns, *release.unknowns}
    return replace(
        subject,
        findings=tuple(sorted((*subject.findings, *kept), key=_worst_first)),
        unknowns=tuple(sorted(unknowns)),
    )


def _worst_first(finding: Finding) -> tuple[bool, int, bool, str, str, str]:
    return (
        bool(finding.suppressed),
        -finding.severity.rank,
        finding.exploited is None,
        finding.rule,
        finding.package,
        finding.id,
    )


def _report(
    subjects: tuple[Subject, ...], data: tuple[DataStatus, ...], settings: ScanSettings
) -> Report:
    decisions = [decide(s.findings, s.unknowns, settings.threshold) for s in subjects]
    worst = max(
        decisions, key=lambda d: _GRAVITY[d.outcome], default=Decision(outcome=Outcome.PASS)
    )
    return Report(
        tool_version=__version__,
        now=iso(settings.now),
        subjects=subjects,
        data=data,
        scanned=settings.database is not None,
        threshold=str(settings.threshold or ""),
        outcome=_asked(worst.outcome, settings),
        reasons=worst.reasons,
    )


def _asked(outcome: Outcome, settings: ScanSettings) -> str:
    # "pass" is an answer to --fail-on only: a bare scan must not sound like a clearance.
    return "" if outcome is Outcome.PASS and settings.threshold is None else str(outcome)


_GRAVITY = {Outcome.PASS: 0, Outcome.UNDECIDED: 1, Outcome.FAIL: 2}


def _tell(settings: ScanSettings, what: str) -> None:
    if settings.progress is not None:
        settings.progress(what)
