"""
Gather what one decision looks at: a subject, the data behind it, the settings of the policy.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from msgspec import Struct

from pratique.formats.ignore.times import instant
from pratique.model.advisory import DataStatus
from pratique.model.finding import Finding
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.model.verdict import DataBasis

_DAY = timedelta(days=1)
MANY_RECORDS = 1000


class Settings(Struct, frozen=True, kw_only=True):
    """
    The figures of a policy.

    ``max_data_age_days``: advisory data that were fetched longer ago are a doubt;
    ``max_record_age_days``: so are data whose newest record is older, which hints at a mirror that
    stands still (asked only where there are ``MANY_RECORDS``, so that something new is due). ``fix_grace_days``: how long a critical
    flaw may stay after it was published with a fix. ``allowed_licences`` are SPDX ids whose
    findings do not count.
    """

    max_data_age_days: float = 7
    max_record_age_days: float = 60
    fix_grace_days: float = 14
    allowed_licences: tuple[str, ...] = ()


class Case(Struct, frozen=True, kw_only=True, dict=True):
    """
    What a decision is made of.

    ``findings`` are those that count: neither suppressed, nor excepted, nor in the baseline.
    ``left_out`` names the scanners that did not look.
    """

    subject: Subject
    findings: tuple[Finding, ...]
    data: tuple[DataStatus, ...]
    now: datetime
    settings: Settings = Settings()
    left_out: tuple[str, ...] = ()

    @cached_property
    def packages(self) -> Mapping[str, Package]:
        """Return the subject's packages by ``Package.key``."""
        return {one.key: one for one in self.subject.packages}

    def package_of(self, finding: Finding) -> Package | None:
        """Return what the finding was found in."""
        return self.packages.get(finding.package)

    def is_declared_only(self, finding: Finding) -> bool:
        """Whether nothing but a lockfile names the package."""
        package = self.package_of(finding)
        return package is not None and package.declared

    def fix_age_days(self, finding: Finding) -> float | None:
        """Return how long the flaw has been public; None where there is no fix or no date."""
        return age_days(finding.published, self.now) if has_fix(finding) else None

    def needed_data(self) -> Iterator[DataStatus]:
        """Yield the data that packages were matched with."""
        return (one for one in self.data if not one.scores_only)


def has_fix(finding: Finding) -> bool:
    """Whether there is a version that ends the finding and that everybody gets."""
    return bool(finding.fix.version) and not finding.fix.offer


def age_days(date: str, now: datetime) -> float | None:
    """
    Return how long ago an ISO date was, None where it is none; never below 0.

    >>> from datetime import UTC
    >>> age_days("2026-01-01", datetime(2026, 1, 15, 12, tzinfo=UTC))
    14.5
    """
    time = instant(date) if date else None
    return None if time is None else max(0.0, (now - time) / _DAY)


def basis(case: Case, findings: Sequence[Finding]) -> tuple[DataBasis, ...]:
    """Return the advisory data that some findings rest on, sorted by ecosystem."""
    asked = {said.ecosystem.partition(":")[0] for one in findings for said in one.evidence}
    return tuple(described(one) for one in case.data if one.present and one.ecosystem in asked)


def described(status: DataStatus) -> DataBasis:
    """Return a data status as a verdict quotes it."""
    return DataBasis(
        ecosystem=status.ecosystem, feeds=status.feeds, built=status.built, newest=status.newest
    )
