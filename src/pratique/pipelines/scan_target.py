"""
Scan one target: read it, fetch the advisory data its packages need, match, enrich, decide.

Only wiring: each step is a unit of a lower floor. Whatever a step did not understand travels to
the report as an Unknown.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from pratique import __version__
from pratique.advisories.database import Database
from pratique.enrichers.enriching import enrich_all
from pratique.enrichers.in_use import mark_in_use
from pratique.enrichers.interface import Enricher
from pratique.kit import registry
from pratique.kit.clock import iso
from pratique.matchers.matching import ecosystems_needed, match_packages
from pratique.matchers.release import match_release
from pratique.model.advisory import DataStatus
from pratique.model.finding import Finding
from pratique.model.report import Report, Subject
from pratique.model.severity import Severity
from pratique.model.unknown import Unknown
from pratique.pipelines.in_use_evidence import load_in_use
from pratique.pipelines.part_layers import split
from pratique.pipelines.read_target import ReadSettings, read_target
from pratique.pipelines.suppress_findings import (
    Suppressed,
    Suppressions,
    SuppressSettings,
    load_suppressions,
    notes_on,
    suppress,
)
from pratique.pipelines.update_db import DbSettings, ensure
from pratique.policy.only_fixed import only_fixed
from pratique.policy.threshold import Outcome, answer

if TYPE_CHECKING:
    from pratique.policy.unchecked import Unchecked


class ScanSettings(ReadSettings, frozen=True, kw_only=True):
    """
    How to scan.

    ``scanners`` are ``vuln``, ``config`` and those of ``contents``.
    ``threshold`` is ``--fail-on``; ``only_fixed`` leaves findings without a fix out of the report
    and the decision, ``include_development`` counts declared packages that are for development
    only. ``in_use`` is a file, or ``store``, that says which packages were seen at work; empty asks
    nobody. ``note`` is told what a person should know of suppressions. ``further`` adds what else is
    known of the subjects, before anything is suppressed; their number and order stay. ``unanswered`` is
    told why the threshold has no answer, and what to do, where nothing of a subject was compared.
    """

    now: datetime
    database: DbSettings
    scanners: frozenset[str] = frozenset({"vuln"})
    threshold: Severity | None = None
    only_fixed: bool = False
    include_development: bool = False
    in_use: str = ""
    suppress: SuppressSettings = SuppressSettings()
    note: Callable[[str], None] | None = None
    further: Callable[[tuple[Subject, ...]], tuple[Subject, ...]] | None = None
    unanswered: Callable[[str, str], None] | None = None


def scan_target(target: str, settings: ScanSettings) -> Report:
    """
    Return the report on one target; several subjects when all platforms were asked for.

    Raises:
        TargetError: the target cannot be identified.
        UsageError: a VEX document or an ignore file cannot be understood.
    """
    suppressions = load_suppressions(settings.suppress)
    at_work = load_in_use(settings.in_use, settings.store_folder)
    reading = read_target(target, settings)
    judged = _Judged(subjects=reading.subjects)
    if "vuln" in settings.scanners:
        judged = _judge_all(reading.subjects, settings, settings.database)
    subjects = judged.subjects
    if settings.further is not None:
        subjects = settings.further(subjects)
    subjects = tuple(mark_in_use(one, at_work(one)) for one in subjects)
    subjects = _suppress_all(tuple(map(split, subjects)), suppressions, settings)
    blind = [one.reason if one else "" for one in judged.unchecked]
    outcome, reasons = answer(subjects, settings.threshold, blind)
    if outcome == Outcome.UNDECIDED and settings.unanswered is not None:
        for one in dict.fromkeys(filter(None, judged.unchecked)):
            settings.unanswered(one.reason, one.fix)
    return Report(
        tool_version=__version__,
        now=iso(settings.now),
        subjects=subjects,
        data=judged.data,
        threshold=str(settings.threshold or ""),
        outcome=outcome,
        reasons=reasons,
        skipped=reading.skipped,
    )


class _Judged(Struct, frozen=True, kw_only=True):
    """The subjects with their findings, the data behind these, and of each why nothing was compared."""

    subjects: tuple[Subject, ...]
    data: tuple[DataStatus, ...] = ()
    unchecked: "tuple[Unchecked | None, ...]" = ()


def _judge_all(
    subjects: tuple[Subject, ...], settings: ScanSettings, database: DbSettings
) -> _Judged:
    wanted: set[str] = set()
    for subject in subjects:
        wanted |= ecosystems_needed(subject.packages, subject.distro)
    settings.tell("preparing advisory data")
    lookup, missing = ensure(wanted, database)
    try:
        settings.tell("matching")
        judged = [_judge(subject, lookup, missing, settings) for subject in subjects]
        bases = {name.partition(":")[0] for name in wanted}
        lenders = sorted(lookup.lenders() - bases)
        lent = (replace(lookup.status(base), scores_only=True) for base in lenders)
        return _Judged(
            subjects=tuple(subject for subject, _ in judged),
            data=(*(lookup.status(base) for base in sorted(bases)), *lent),
            unchecked=tuple(why for _, why in judged),
        )
    finally:
        lookup.close()


def _judge(
    subject: Subject, lookup: Database, missing: Iterable[Unknown], settings: ScanSettings
) -> "tuple[Subject, Unchecked | None]":
    matched = match_packages(
        subject.packages,
        subject.distro,
        lookup,
        include_development=settings.include_development,
    )
    release = match_release(subject.distro, lookup, settings.now)
    more: Iterable[Enricher] = (
        registry.load_plugins("enrichers", ("ORDER", "enrich")).values() if settings.plugins else ()
    )
    findings = enrich_all((*matched.findings, *release.findings), lookup, more)
    unknowns = {*subject.unknowns, *missing, *matched.unknowns, *release.unknowns}
    judged = replace(
        subject,
        findings=(*subject.findings, *findings),
        unknowns=tuple(sorted(unknowns)),
    )
    if settings.threshold is None:
        return judged, None
    from pratique.policy.unchecked import unchecked  # only where it was asked for

    return judged, unchecked(matched.compared, matched.unknowns)


def _suppress_all(
    subjects: tuple[Subject, ...], suppressions: Suppressions, settings: ScanSettings
) -> tuple[Subject, ...]:
    """Apply VEX and ignore rules, leave out what was not asked for, and sort."""
    met: list[Suppressed] = []
    judged: list[Subject] = []
    for subject in subjects:
        heard = suppress(subject, suppressions, settings.now)
        met.append(heard)
        kept = only_fixed(heard.findings) if settings.only_fixed else heard.findings
        judged.append(replace(subject, findings=tuple(sorted(kept, key=_worst_first))))
    if settings.note is not None:
        for text in notes_on(suppressions, met, settings.now):
            settings.note(text)
    return tuple(judged)


def _worst_first(finding: Finding) -> tuple[bool, int, bool, str, str, str]:
    return (
        bool(finding.suppressed),
        -finding.severity.rank,
        finding.exploited is None,
        finding.rule,
        finding.package,
        finding.id,
    )
