"""
Say what the packages of an image are after changes, so that they can be matched again.

Law: what a change does not name stays as it is. An upgrade of a package that another change has
removed does nothing.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from pratique.model.distro import Distro
from pratique.model.finding import Finding, FindingKind
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.remedies._versions import upgraded
from pratique.remedies.interface import Change, KnownBase

MATCHED = frozenset({FindingKind.VULNERABILITY, FindingKind.END_OF_LIFE})
"""Kinds of findings that matching makes anew; malware by name is among packages, too."""


class Predicted(Struct, frozen=True, kw_only=True):
    """The packages and the distribution after changes, and what stays of the other findings."""

    packages: tuple[Package, ...]
    distro: Distro | None
    others: tuple[Finding, ...]
    unsure: tuple[str, ...] = ()


def predict(
    subject: Subject, changes: Iterable[Change], bases: Iterable[KnownBase] = ()
) -> Predicted:
    """Return what a subject is once the changes are made."""
    made = tuple(changes)
    versions = {up.package: up.version for change in made for up in change.versions}
    removed = {key for change in made for key in change.removes}
    kept = [
        upgraded(one, versions[one.key]) if one.key in versions else one
        for one in subject.packages
        if one.key not in removed
    ]
    keys = _new_keys(subject.packages, versions)
    kept = [
        replace(one, owner=keys.get(one.owner, one.owner)) if one.owner else one for one in kept
    ]
    added = [one for change in made for one in change.adds]
    cleared = {finding for change in made for finding in change.clears}
    return Predicted(
        packages=(*added, *kept),
        distro=_distro(subject, made, bases),
        others=tuple(
            one
            for one in subject.findings
            if not is_matched(one) and not one.suppressed and one.id not in cleared
        ),
        unsure=tuple(text for change in made for text in change.unsure),
    )


def upgraded_by(change: Change, packages: Iterable[Package]) -> tuple[Package, ...]:
    """Return the packages that a change upgrades, as they are afterwards."""
    versions = {one.package: one.version for one in change.versions}
    return tuple(upgraded(one, versions[one.key]) for one in packages if one.key in versions)


def is_matched(finding: Finding) -> bool:
    """Return whether matching the packages makes this finding."""
    by_name = finding.kind is FindingKind.MALWARE and bool(finding.package)
    return finding.kind in MATCHED or by_name


def _new_keys(packages: Iterable[Package], versions: Mapping[str, str]) -> dict[str, str]:
    return {
        one.key: upgraded(one, versions[one.key]).key for one in packages if one.key in versions
    }


def _distro(
    subject: Subject, changes: Iterable[Change], bases: Iterable[KnownBase]
) -> Distro | None:
    for change in changes:
        for base in bases:
            if change.adds and change.adds is base.subject.packages:
                return base.subject.distro
    return subject.distro
