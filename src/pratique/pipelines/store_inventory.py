"""
Turn the subjects of a report into what the store keeps of them, and keep it.

Images that were read whole enter the catalogue too, by which later ones recognise their base.
Law: what is kept says the same of a package as the report did, and is all that a later judgement
needs. Subjects without a digest (folders) are not kept: nothing would tell two of them apart.
What a lockfile names and the same image has installed is kept once, as installed: that is where it
is judged.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from pratique.formats.versions.order import base_name
from pratique.kit.store import Store
from pratique.matchers.declared import installed_too
from pratique.matchers.matching import ecosystems_needed
from pratique.model.finding import Finding, Suppressor
from pratique.model.package import Package
from pratique.model.part import Part
from pratique.model.report import Report, Subject
from pratique.model.severity import Severity
from pratique.model.stored import Holder, Judged, Piece, StoredVerdict
from pratique.pipelines.part_layers import catalogued

_PEOPLE = frozenset({Suppressor.VEX, Suppressor.IGNORE_RULE, Suppressor.EXCEPTION})
"""Whose words are applied when a report is made, and not kept."""


class Stored(NamedTuple):
    """A subject as the store keeps it."""

    pieces: dict[Piece, tuple[Judged, ...]]
    bases: dict[Piece, frozenset[str]]


def keep_report(report: Report, folder: Path, files: Mapping[str, bytes] = {}) -> int:
    """
    Keep a report in the store of ``folder``; see ``store_report``.

    Raises:
        StorageError: the store cannot be written.
    """
    store = Store(folder)
    try:
        return store_report(report, store, files)
    finally:
        store.close()


def store_report(report: Report, store: Store, files: Mapping[str, bytes] = {}) -> int:
    """
    Keep the subjects of a report that have a digest; return how many.

    ``files`` are the packed files of images by digest, where they were gathered.

    Raises:
        StorageError: the store cannot be written.
    """
    kept = 0
    for subject in report.subjects:
        if subject.digest is None:
            continue
        holder = Holder(digest=subject.digest, target=subject.target, stored=report.now)
        stored = stored_form(subject)
        store.put(holder, stored.pieces, stored.bases)
        if (image := catalogued(subject, report.now)) is not None:
            store.put_image(image)
        verdict = _verdict(subject, subject.digest, report.now)
        store.put_known(verdict, _names(subject), files.get(subject.digest))
        kept += 1
    return kept


def stored_form(subject: Subject) -> Stored:
    """Return the pieces of a subject, what was said of each, and the shards each needs."""
    by_key = {package.key: package for package in subject.packages}
    said: dict[str, list[Finding]] = {}
    for finding in subject.findings:
        said.setdefault(finding.package, []).append(finding)
    pieces: dict[Piece, tuple[Judged, ...]] = {}
    bases: dict[Piece, frozenset[str]] = {}
    repeated = installed_too(subject.packages)
    for package in subject.packages:
        if package.key in repeated:
            continue
        owner = by_key.get(package.owner) if package.owner else None
        piece = Piece(package=bare(package), distro=subject.distro, owner=owner and bare(owner))
        pieces[piece] = judged(said.get(package.key, ()))
        needed = ecosystems_needed((package, owner) if owner else (package,), subject.distro)
        bases[piece] = frozenset(map(base_name, needed))
    return Stored(pieces, bases)


def _names(subject: Subject) -> tuple[str, ...]:
    """Return the digests by which engines know an image besides its own."""
    image = subject.image
    return (image.config_digest, image.index_digest or "") if image is not None else ()


def _verdict(subject: Subject, digest: str, now: str) -> StoredVerdict:
    """Return what is quoted of an image while it runs."""
    counted = Counter(one.severity for one in subject.findings if not one.suppressed)
    verdict = subject.verdict
    return StoredVerdict(
        digest=digest,
        answer=verdict.answer if verdict else "",
        policy=verdict.policy.name if verdict else "",
        judged=now if verdict else "",
        flaws=tuple((str(one), counted[one]) for one in Severity if counted[one]),
        scanned=now,
    )


def bare(package: Package) -> Package:
    """Return a package without what differs between images that hold it."""
    bare_fields = replace(package, location="", layer=None, depends=(), licences=(), owner="")
    return replace(bare_fields, licence_expression="", licence_class=None, part=Part.UNKNOWN)


def judged(findings: Iterable[Finding]) -> tuple[Judged, ...]:
    """Return the short form of findings, sorted."""
    return tuple(
        sorted(
            Judged(
                rule=finding.rule,
                severity=finding.severity,
                fix_state=finding.fix.state,
                fix_version=finding.fix.version,
                suppressed="" if finding.suppressed_by in _PEOPLE else finding.suppressed_by,
            )
            for finding in findings
        )
    )


def by_package(findings: Sequence[Finding]) -> Mapping[str, tuple[Judged, ...]]:
    """Return the short forms of findings by ``Package.key``."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.package, []).append(finding)
    return {key: judged(group) for key, group in groups.items()}
