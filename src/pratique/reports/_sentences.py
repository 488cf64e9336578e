"""
Say in plain words what a report holds, for people; every string of the image made printable.

Law: "nothing found" is only said of a subject whose coverage is complete.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from pratique.formats.text import printable
from pratique.model.advisory import DataStatus, FixState
from pratique.model.finding import Fix
from pratique.model.package import Package
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.reports._summary import Counts, without_data

_STALE_DAYS = 7
_LAGGING_DAYS = 30
_KINDS_NAMED = 4
_MISSING = {
    Stage.SOURCE: "layers may be missing",
    Stage.LAYER: "files may be missing",
    Stage.MERGE: "files may be missing",
    Stage.EXTRACT: "packages may be missing",
    Stage.CONTENT: "secrets or malware may be missing",
    Stage.ADVISORY: "flaws may be missing",
    Stage.ASSESS: "weaknesses of the application may be missing",
    Stage.MATCH: "flaws may be missing",
}
_FIX_WORDS = {
    FixState.FIXED: "fixed, version not given",
    FixState.NOT_FIXED: "no fix yet",
    FixState.WILL_NOT_FIX: "will not be fixed",
    FixState.DEFERRED: "fix put off",
    FixState.NOT_AFFECTED: "not affected",
    FixState.UNDER_INVESTIGATION: "under investigation",
    FixState.END_OF_LIFE: "end of life, no fix will come",
    FixState.UNKNOWN: "no fix known",
}


def plural(number: int, noun: str) -> str:
    """
    Return a number with its noun.

    >>> plural(1, "package"), plural(2, "layer")
    ('1 package', '2 layers')
    """
    return f"{number} {noun}" + ("" if number == 1 else "s")


def by_severity(counts: Counts) -> list[tuple[Severity, str]]:
    """
    Return the severities that occur, worst first, each with its words.

    >>> [words for _, words in by_severity(Counts(critical=1, unknown=2))]
    ['1 critical', '2 unknown']
    """
    return [
        (severity, f"{getattr(counts, severity.value)} {severity.value}")
        for severity in Severity
        if getattr(counts, severity.value)
    ]


def fix_step(fix: Fix) -> str:
    """
    Return the version that ends a finding, with the offer one has to buy for it.

    >>> fix_step(Fix(state=FixState.FIXED, version="1.2+esm1", offer="Ubuntu Pro"))
    '1.2+esm1 (needs Ubuntu Pro)'
    """
    return f"{fix.version} (needs {fix.offer})" if fix.version and fix.offer else fix.version


def fix_words(state: FixState) -> str:
    """Return what a publisher's word on the fix means where no version ends the finding."""
    return _FIX_WORDS[state]


def size(number_bytes: int) -> str:
    """
    Return a size a person can take in.

    >>> size(70_500_000), size(900)
    ('67 MiB', '900 B')
    """
    value, unit = float(number_bytes), "B"
    for larger in ("KiB", "MiB", "GiB", "TiB"):
        if value < 1024:
            break
        value, unit = value / 1024, larger
    return f"{value:.1f} {unit}" if value < 10 and unit != "B" else f"{value:.0f} {unit}"


def gaps(subject: Subject, report: Report) -> list[str]:
    """Return one line for everything that was not looked at, the worst first."""
    ordered = sorted(subject.unknowns, key=lambda one: (one.weight is not Weight.BLOCKING, one))
    return list(dict.fromkeys([*map(_gap, ordered), *data_gaps(subject, report)]))


def unread(report: Report) -> str:
    """Return one sentence on all that was not understood, empty where everything was."""
    lines = [f"{one.location}: {one.reason}" for s in report.subjects for one in s.unknowns]
    return "Incomplete. " + "; ".join(dict.fromkeys(lines)) if lines else ""


def data_gaps(subject: Subject, report: Report) -> list[str]:
    """Return one line for each ecosystem without data that no Unknown speaks of already."""
    if not report.scanned or not subject.packages:
        return []
    said = " ".join(unknown.location + unknown.reason for unknown in subject.unknowns)
    lines = [
        f"no advisory data for {printable(status.ecosystem)}: its packages were not checked"
        for status in without_data(report.data)
        if status.ecosystem not in said
    ]
    if not report.data and not subject.unknowns:
        lines.append("no advisory data was used: no package was checked")
    return lines


def distro_words(subject: Subject) -> str:
    """Return the distribution's name, or that there is none."""
    if subject.distro is None:
        return "no distribution recognised"
    known = f"{subject.distro.id} {subject.distro.version}".strip()
    return printable(subject.distro.name or known)


def content_words(subject: Subject) -> list[str]:
    """Return what a subject is in a few phrases: its distribution and packages, or a file."""
    if subject.kind is SubjectKind.FILE:
        return ["linted file"]
    packages = subject.packages
    return [distro_words(subject), package_words(packages), declared_words(packages)]


def checked_words(subject: Subject, report: Report) -> str:
    """Return what "nothing found" rests on: how many packages of what kind, against which data."""
    if subject.kind is SubjectKind.FILE:
        return "the checks of its kind found nothing"
    kinds = Counter(package.type.value for package in subject.packages)
    packages = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    distro = distro_words(subject).partition(" (")[0]
    words = f"{packages} packages, {distro}"
    dates = (one.newest or one.built for one in report.data if not one.scores_only)
    oldest = min((date[:10] for date in dates if date), default="")
    return f"{words}, advisories up to {oldest}" if oldest else words


def package_words(packages: Sequence[Package]) -> str:
    """
    Return how many packages there are of what kinds, the most first.

    Of one kind only their number is said; of many kinds the small ones are summed up.
    """
    kinds = Counter(package.type.value for package in packages).most_common()
    if len(kinds) < 2:
        return plural(len(packages), "package")
    named = kinds if len(kinds) <= _KINDS_NAMED else kinds[: _KINDS_NAMED - 1]
    parts = [f"{number} {kind}" for kind, number in named]
    rest = len(packages) - sum(number for _, number in named)
    return ", ".join([*parts, *([f"{rest} other"] if rest else [])]) + " packages"


def declared_words(packages: Sequence[Package]) -> str:
    """Return how many packages are only named by a lockfile, empty where none is."""
    number = sum(package.declared for package in packages)
    return f"{number} only declared" if number else ""


def data_words(data: Sequence[DataStatus], now: str) -> list[tuple[str, bool]]:
    """Return a line on data of one age, and whether it is too old to rely on, for each age."""
    alike: dict[tuple[str, bool], list[str]] = {}
    for one in data:
        if one.present and not one.scores_only:
            alike.setdefault(_data_age(one, now), []).append(printable(one.ecosystem))
    lines = [(f"{', '.join(names)}{age}", old) for (age, old), names in alike.items()]
    lenders = [printable(one.ecosystem) for one in data if one.present and one.scores_only]
    return [*lines, (f"scores also from {', '.join(lenders)}", False)] if lenders else lines


def stale_words(data: Sequence[DataStatus], now: str) -> str:
    """Return what old data mean, and what to do where fetching again would help."""
    used = (one for one in data if one.present and not one.scores_only)
    ages = [_days_between(one.built, now) for one in used]
    if any(days is None or days > _STALE_DAYS for days in ages):
        return "These data are old: flaws published since are not found (pratique db update)"
    return "Their source has nothing newer: flaws published since are not found"


def skipped_words(skipped: Sequence[str]) -> str:
    """
    Return what of an index was left out, counted by kind; empty without any.

    >>> skipped_words(["sha256:0a: attestation manifest of sha256:0b", "sha256:0c: an artifact (x)"])
    'Left out, being no image: 1 attestation manifest, 1 artifact'
    """
    kinds = Counter(map(_kind, skipped))
    counted = ", ".join(plural(number, kind) for kind, number in kinds.items())
    return f"Left out, being no image: {counted}" if counted else ""


def _kind(skipped: str) -> str:
    """Return the noun in ``DIGEST: [an] NOUN [of …|(…)|, …]``."""
    words = printable(skipped).partition(": ")[2]
    noun = words.removeprefix("an ").partition(" of sha")[0].partition(" (")[0].partition(",")[0]
    return "other document" if noun.startswith("of type") else noun or "other document"


def _gap(unknown: Unknown) -> str:
    line = f"{printable(unknown.location)}: {printable(unknown.reason)}"
    if unknown.location and unknown.location in unknown.reason:
        line = printable(unknown.reason)
    return f"{line} ({_MISSING[unknown.stage]})" if unknown.weight is Weight.BLOCKING else line


def _data_age(status: DataStatus, now: str) -> tuple[str, bool]:
    """Say when the data were fetched and, where that is much earlier, how far they reach."""
    days = _days_between(status.built, now)
    lag = _days_between(status.newest, status.built)
    if days is None:
        return ", of unknown date", True
    line = f" of {printable(status.built[:10])} ({'today' if days <= 0 else plural(days, 'day') + ' old'})"
    if lag is not None and lag > _LAGGING_DAYS:
        return f"{line}, whose newest advisory is of {printable(status.newest[:10])}", True
    return line, days > _STALE_DAYS


def _days_between(earlier: str, later: str) -> int | None:
    try:
        return (datetime.fromisoformat(later[:10]) - datetime.fromisoformat(earlier[:10])).days
    except ValueError:
        return None
