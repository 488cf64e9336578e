"""
Plan how to mend an image: scan it, ask the remedies, choose, and match what would be there then.

Only wiring: remedies say what a change does to packages; what it clears, and what remains after all
chosen ones, is found by the matchers with the same data, as in a scan.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique.advisories.database import Database
from pratique.enrichers.enriching import enrich_all
from pratique.formats.dockerfile.stages import Stage
from pratique.formats.dockerfile.tree import Dockerfile
from pratique.formats.edits import apply_edits, unified_diff
from pratique.matchers.matching import ecosystems_needed, match_packages
from pratique.matchers.release import match_release
from pratique.model.distro import Distro
from pratique.model.edit import Edit
from pratique.model.errors import UsageError
from pratique.model.finding import Finding
from pratique.model.package import Package
from pratique.model.report import Remediation, Report, Subject
from pratique.pipelines.dockerfile_lines import read_chain, with_recipe
from pratique.pipelines.read_manifests import read_manifests
from pratique.pipelines.scan_target import ScanSettings, scan_target
from pratique.pipelines.stored_bases import stored_bases
from pratique.pipelines.suppress_findings import Suppressions, load_suppressions, suppress
from pratique.pipelines.update_db import ensure
from pratique.remedies._origins import origins_of
from pratique.remedies.choosing import Left, choose, risk
from pratique.remedies.interface import Breaks, Change, KnownBase, Situation
from pratique.remedies.predicting import Predicted, is_matched, predict, upgraded_by
from pratique.remedies.proposing import propose_all
from pratique.remedies.remove_secrets import values_in

MASK = "****"
"""What stands for a secret in a patch that is shown."""


class RemedySettings(Struct, frozen=True, kw_only=True):
    """
    What to mend and how far to go.

    ``candidates`` are pairs: what FROM would say, and the target to read it from. ``store`` is the
    folder of the store, whose images of the base's repository are considered too. ``stage`` names
    the stage that the image is of, empty for the last.
    """

    scan: ScanSettings
    dockerfile: Path | None = None
    stage: str = ""
    build_arguments: Mapping[str, str] = {}
    candidates: tuple[tuple[str, str], ...] = ()
    store: Path | None = None
    most: Breaks = Breaks.MINOR


class Patched(Struct, frozen=True):
    """One file that changes: where it lies, and its bytes before and after."""

    name: str
    place: Path
    before: bytes
    after: bytes


class Plan(Struct, frozen=True, kw_only=True):
    """
    What to change, and what that leads to.

    ``findings`` are those that count now, ``remaining`` those that would after ``taken``;
    ``cleared`` and ``introduced`` are the difference, by flaw and package. ``after_patch`` are those
    that would remain if only the changes with edits are made. ``unsure`` says what of the
    prediction is not known.
    """

    report: Report
    subject: Subject
    findings: tuple[Finding, ...]
    taken: tuple[Change, ...] = ()
    left: tuple[Left, ...] = ()
    remaining: tuple[Finding, ...] = ()
    cleared: tuple[Finding, ...] = ()
    introduced: tuple[Finding, ...] = ()
    after_patch: tuple[Finding, ...] = ()
    unsure: tuple[str, ...] = ()
    files: tuple[Patched, ...] = ()
    remediations: tuple[Remediation, ...] = ()

    def patch(self) -> bytes:
        """Return all changes of files as one patch, empty for none; removed secrets stand in it."""
        return b"".join(unified_diff(one.name, one.before, one.after) for one in self.files)

    def told(self) -> Report:
        """Return the report with the patches of the changes that have one."""
        return replace(self.report, remediations=self.remediations)

    def shown_patch(self) -> str:
        """Return the patch for people to look at, the values of removed secrets masked."""
        before = {one.name: one.before for one in self.files}
        text = self.patch().decode("utf-8", "replace")
        hidden = {value for one in self.taken for value in values_in(one, before)}
        for value in sorted(hidden, key=len, reverse=True):
            text = text.replace(value, MASK)
        return text


def plan_remedy(target: str, settings: RemedySettings) -> Plan:
    """
    Return the plan for one image.

    Raises:
        TargetError: the target, or a candidate, cannot be identified.
        UsageError: the Dockerfile cannot be read or has no such stage; several platforms.
    """
    written = _Written(settings)
    report = scan_target(target, settings.scan)
    if len(report.subjects) != 1:
        raise UsageError("mend one platform at a time", hint="name it with --platform")
    if settings.dockerfile is not None:
        placed = with_recipe(report.subjects, settings.dockerfile, written.chain)
        report = replace(report, subjects=placed)
    bases = tuple(_known(name, place, settings.scan) for name, place in settings.candidates)
    subject = report.subjects[0]
    if settings.store is not None:
        bases += stored_bases(settings.store, subject, [one.image for one in written.chain[:1]])
    wanted = ecosystems_needed(subject.packages, subject.distro)
    for base in bases:
        wanted |= ecosystems_needed(base.subject.packages, base.subject.distro)
    # What was scanned with is used: a plan does not fetch again.
    lookup, _ = ensure(wanted, replace(settings.scan.database, offline=True))
    try:
        judging = _Judging(subject, lookup, settings.scan, bases)
        return _planned(report, judging, written, settings.most)
    finally:
        lookup.close()


class _Written:
    """The Dockerfile and the manifests beside it, as far as there are any."""

    def __init__(self, settings: RemedySettings) -> None:
        self.file: Dockerfile | None = None
        self.name = ""
        self.chain: tuple[Stage, ...] = ()
        self.files: dict[str, bytes] = {}
        self.folder = Path()
        place = settings.dockerfile
        if place is None:
            return
        self.folder, self.name = place.parent, place.name
        self.file, self.chain = read_chain(place, settings.stage, settings.build_arguments)
        self.files = read_manifests(self.folder)

    def patched(self, changes: Iterable[Change]) -> tuple[Patched, ...]:
        """Return the files that the changes' edits change."""
        by_file: dict[str, list[Edit]] = {}
        for change in changes:
            for edit in change.edits:
                by_file.setdefault(edit.file, []).append(edit)
        found = []
        for name, edits in sorted(by_file.items()):
            own = self.file is not None and name == self.name
            before = self.file.content if own and self.file is not None else self.files[name]
            found.append(Patched(name, self.folder / name, before, apply_edits(before, edits)))
        return tuple(found)


class _Judging:
    """The matchers on one subject, with the data and suppressions of its scan."""

    def __init__(
        self,
        subject: Subject,
        lookup: Database,
        settings: ScanSettings,
        bases: tuple[KnownBase, ...],
    ) -> None:
        self.subject = subject
        self.bases = bases
        self._lookup = lookup
        self._settings = settings
        self._suppressions: Suppressions = load_suppressions(settings.suppress)

    def packages(self, packages: Sequence[Package]) -> tuple[Finding, ...]:
        """Return the findings that count on packages of this subject."""
        return self.judge(packages, self.subject.distro, release=False)

    def judge(
        self, packages: Sequence[Package], distro: Distro | None, *, release: bool
    ) -> tuple[Finding, ...]:
        """Return the findings that count on packages of a distribution."""
        settings = self._settings
        if "vuln" not in settings.scanners:
            return ()
        development = settings.include_development
        matched = match_packages(packages, distro, self._lookup, include_development=development)
        findings = matched.findings
        if release:
            findings += match_release(distro, self._lookup, settings.now).findings
        enriched = enrich_all(findings, self._lookup)
        future = replace(self.subject, packages=tuple(packages), distro=distro, findings=enriched)
        heard = suppress(future, self._suppressions, settings.now).findings
        return tuple(one for one in heard if not one.suppressed)


def _planned(report: Report, judging: _Judging, written: _Written, most: Breaks) -> Plan:
    subject = judging.subject
    findings = tuple(one for one in subject.findings if not one.suppressed)
    origins = origins_of(subject.image, written.chain)
    situation = Situation(
        subject=subject,
        findings=findings,
        judge=judging.packages,
        dockerfile=written.file,
        name=written.name,
        chain=written.chain,
        origins=origins.made,
        base_layers=_base_layers(subject, judging.bases, origins.base_layers),
        files=written.files,
        bases=judging.bases,
    )
    changes = tuple(_weighed(one, judging, findings) for one in propose_all(situation))
    choice = choose(changes, findings, most)
    future, remaining = _future(judging, choice.taken)
    edited = [one for one in choice.taken if one.edits]
    after_patch = remaining if len(edited) == len(choice.taken) else _future(judging, edited)[1]
    return Plan(
        report=report,
        subject=subject,
        findings=findings,
        taken=choice.taken,
        left=choice.left,
        remaining=tuple(sorted(remaining, key=_worst_first)),
        cleared=_without(findings, remaining),
        introduced=_without(remaining, findings),
        after_patch=tuple(sorted(after_patch, key=_worst_first)),
        unsure=future.unsure,
        files=written.patched(choice.taken),
        remediations=tuple(_remediations(choice.taken, written)),
    )


def _remediations(taken: Iterable[Change], written: _Written) -> Iterator[Remediation]:
    """Yield the patch of each change by itself; one that holds a secret stands in no report."""
    for change in taken:
        files = written.patched([change])
        before = {one.name: one.before for one in files}
        if files and not any(values_in(change, before)):
            patch = b"".join(
                unified_diff(_in_repository(one.place), one.before, one.after) for one in files
            )
            yield Remediation(summary=change.what, clears=change.clears, patch=patch)


def _in_repository(place: Path) -> str:
    """Return the path of a file as `git apply` needs it: below this folder where it is."""
    whole, here = place.resolve(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else Path(place.name)).as_posix()


def _weighed(change: Change, judging: _Judging, findings: Sequence[Finding]) -> Change:
    """Return a change with what it clears and brings, found by matching again."""
    if not (change.versions or change.removes or change.adds):
        return replace(change, removed_risk=_risk_of(change.clears, findings))
    before: Sequence[Finding] = findings
    if change.removes or change.adds:
        _, after = _future(judging, [change])
    else:
        touched = {one.package for one in change.versions}
        before = [one for one in findings if one.package in touched]
        after = judging.packages(upgraded_by(change, judging.subject.packages))
    cleared = {one.id for one in _without(before, after) if is_matched(one)}
    clears = tuple(sorted(cleared | set(change.clears)))
    return replace(
        change,
        clears=clears,
        introduces=len(_without(after, before)),
        removed_risk=_risk_of(clears, findings),
    )


def _without(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings beyond those that the others have too, each counted."""
    left = Counter(map(_sign, others))
    found: list[Finding] = []
    for one in findings:
        sign = _sign(one)
        if left[sign]:
            left[sign] -= 1
        else:
            found.append(one)
    return tuple(found)


def _future(judging: _Judging, changes: Iterable[Change]) -> tuple[Predicted, tuple[Finding, ...]]:
    future = predict(judging.subject, changes, judging.bases)
    matched = judging.judge(future.packages, future.distro, release=True)
    return future, (*future.others, *matched)


def _sign(finding: Finding) -> tuple[str, str, str]:
    """Return what makes two findings, before and after, the same thing to mend."""
    if is_matched(finding):
        return finding.kind, finding.rule, finding.package_name
    return finding.kind, finding.rule, finding.id


def _risk_of(ids: Iterable[str], findings: Sequence[Finding]) -> float:
    wanted = set(ids)
    return round(risk(one for one in findings if one.id in wanted), 1)


def _base_layers(subject: Subject, bases: Iterable[KnownBase], said: int | None) -> int | None:
    """Return how many layers came with the base: those of a known image, else what the file says."""
    if subject.image is None:
        return None
    own = [one.diff_id for one in subject.image.layers]
    counts = [0]
    for base in bases:
        image = base.subject.image
        layers = [one.diff_id for one in image.layers] if image else []
        counts.append(len(layers) if layers and own[: len(layers)] == layers else 0)
    known = subject.base.layers if subject.base else 0
    return max(counts) or said or known or None


def _known(name: str, place: str, settings: ScanSettings) -> KnownBase:
    report = scan_target(place, settings)
    if len(report.subjects) != 1:
        raise UsageError(f"{place}: several platforms", hint="name one with --platform")
    return KnownBase(reference=name, subject=report.subjects[0])


def _worst_first(finding: Finding) -> tuple[int, str, str]:
    return -finding.severity.rank, finding.rule, finding.package
