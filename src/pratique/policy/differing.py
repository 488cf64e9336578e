"""
Say what changed between two reports on images, and why each finding came or went.

Laws: a finding is the same when its kind, its rule and its package (without the version), or its place
where it has no package, are the same. Only what counts on its side is compared: one that was
suppressed there is not there. The reason is the first that holds: the package came, went or changed; the
flaw was published later; it was suppressed; the advisory data differ; the layer is another.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from pratique.model.finding import Finding, FindingKind
from pratique.policy.judging import identity
from pratique.policy.recorded import (
    EarlierImage,
    EarlierLayer,
    EarlierPackage,
    EarlierReport,
    EarlierSubject,
)


class PackageChange(Struct, frozen=True, kw_only=True):
    """A package whose versions differ; ``before`` or ``after`` is empty where it is absent."""

    type: str
    name: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class FindingChange(Struct, frozen=True, kw_only=True):
    """A finding that came or went, and why."""

    rule: str
    kind: str
    severity: str
    exploited: bool
    package: str
    version: str
    location: str
    fix: str
    why: str


class Regrade(Struct, frozen=True, kw_only=True):
    """A finding on both sides that is judged otherwise."""

    rule: str
    package: str
    before: str
    after: str


class FieldChange(Struct, frozen=True, kw_only=True):
    """A field of the image that differs."""

    field: str
    before: str
    after: str


class Difference(Struct, frozen=True, kw_only=True):
    """All that changed from one report to another."""

    before: str
    after: str
    packages: tuple[PackageChange, ...] = ()
    new: tuple[FindingChange, ...] = ()
    gone: tuple[FindingChange, ...] = ()
    regraded: tuple[Regrade, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    layers_shared: int = 0
    layers_gone: tuple[EarlierLayer, ...] = ()
    layers_new: tuple[EarlierLayer, ...] = ()
    size_bytes: int = 0
    """How much larger the stored layers are; negative: smaller."""


_Key = tuple[str, str, str]


def differ(before: EarlierReport, after: EarlierReport) -> Difference:
    """Return what changed between the first subjects of two reports."""
    left, right = _first(before), _first(after)
    packages = tuple(_packages(left.packages, right.packages))
    old, new = _counting(left), _counting(right)
    why = _Why(before, after, packages)
    old_layers, new_layers = _layers(left), _layers(right)
    shared = {one.diff_id for one in old_layers} & {one.diff_id for one in new_layers}
    return Difference(
        before=left.target,
        after=right.target,
        packages=packages,
        new=tuple(_change(f, why.came(key, f)) for key, f in new.items() if key not in old),
        gone=tuple(_change(f, why.went(key, f)) for key, f in old.items() if key not in new),
        regraded=tuple(_regraded(old, new)),
        fields=tuple(_fields(left, right)),
        layers_shared=len(shared),
        layers_gone=tuple(one for one in old_layers if one.diff_id not in shared),
        layers_new=tuple(one for one in new_layers if one.diff_id not in shared),
        size_bytes=_size(right) - _size(left),
    )


def _first(report: EarlierReport) -> EarlierSubject:
    return report.subjects[0] if report.subjects else EarlierSubject()


def _layers(subject: EarlierSubject) -> tuple[EarlierLayer, ...]:
    return subject.image.layers if subject.image is not None else ()


def _size(subject: EarlierSubject) -> int:
    return subject.image.size_bytes if subject.image is not None else 0


def _counting(subject: EarlierSubject) -> dict[_Key, Finding]:
    found: dict[_Key, Finding] = {}
    for one in subject.findings:
        if not one.suppressed:
            found.setdefault(identity(one), one)
    return found


def _packages(
    before: Iterable[EarlierPackage], after: Iterable[EarlierPackage]
) -> Iterator[PackageChange]:
    old, new = _versions(before), _versions(after)
    for kind, name in sorted(old.keys() | new.keys()):
        left = tuple(sorted(old.get((kind, name), ())))
        right = tuple(sorted(new.get((kind, name), ())))
        if left != right:
            yield PackageChange(type=kind, name=name, before=left, after=right)


def _versions(packages: Iterable[EarlierPackage]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for one in packages:
        found.setdefault((one.type, one.name), set()).add(one.version)
    return found


def _regraded(old: Mapping[_Key, Finding], new: Mapping[_Key, Finding]) -> Iterator[Regrade]:
    for key in sorted(old.keys() & new.keys()):
        before, after = _grade(old[key]), _grade(new[key])
        if before != after:
            rule, package = new[key].rule, new[key].package_name
            yield Regrade(rule=rule, package=package, before=before, after=after)


def _grade(finding: Finding) -> str:
    exploited = ", known to be exploited" if finding.exploited else ""
    return f"{finding.severity}{exploited}"


def _change(finding: Finding, why: str) -> FindingChange:
    return FindingChange(
        rule=finding.rule,
        kind=str(finding.kind),
        severity=str(finding.severity),
        exploited=finding.exploited is not None,
        package=finding.package_name,
        version=finding.package_version,
        location=finding.location,
        fix=finding.fix.version,
        why=why,
    )


class _Why:
    """Find why a finding stands on one side only."""

    def __init__(
        self, before: EarlierReport, after: EarlierReport, packages: Iterable[PackageChange]
    ) -> None:
        self._before, self._after = before, after
        self._changed = {one.name: one for one in packages}
        self._left, self._right = _first(before), _first(after)
        self._hidden_left = {identity(f): f.suppressed for f in self._left.findings if f.suppressed}
        self._hidden_right = {
            identity(f): f.suppressed for f in self._right.findings if f.suppressed
        }
        self._old_layers = {one.diff_id for one in _layers(self._left)}
        self._new_layers = {one.diff_id for one in _layers(self._right)}

    def came(self, key: _Key, finding: Finding) -> str:
        """Return why a finding is on the second side only."""
        change = self._changed.get(finding.package_name)
        if change is not None and finding.package_name:
            return _moved(change)
        if key in self._hidden_left:
            return f"no longer suppressed ({self._hidden_left[key]})"
        if finding.published and finding.published[:10] > self._before.created[:10]:
            return f"published on {finding.published[:10]}, after the first report"
        if finding.layer is not None and finding.layer.diff_id not in self._old_layers:
            return f"a new layer: {finding.layer.created_by or finding.layer.diff_id}"
        return self._data(finding)

    def went(self, key: _Key, finding: Finding) -> str:
        """Return why a finding is on the first side only."""
        change = self._changed.get(finding.package_name)
        if change is not None and finding.package_name:
            return _moved(change)
        if key in self._hidden_right:
            return f"suppressed now: {self._hidden_right[key]}"
        if finding.layer is not None and finding.layer.diff_id not in self._new_layers:
            return f"its layer is gone: {finding.layer.created_by or finding.layer.diff_id}"
        return self._data(finding)

    def _data(self, finding: Finding) -> str:
        if finding.kind is not FindingKind.VULNERABILITY:
            return "another version of pratique, or other scanners"
        bases = {one.ecosystem.partition(":")[0] for one in finding.evidence}
        old = max((d.newest for d in self._before.data if d.ecosystem in bases), default="")
        new = max((d.newest for d in self._after.data if d.ecosystem in bases), default="")
        if old == new:
            return "another version of pratique, or other options"
        return f"advisory data of {new[:10] or 'no date'} instead of {old[:10] or 'no date'}"


def _moved(change: PackageChange) -> str:
    if not change.before:
        return f"the package was added ({', '.join(change.after)})"
    if not change.after:
        return f"the package was removed ({', '.join(change.before)})"
    return f"the package changed from {', '.join(change.before)} to {', '.join(change.after)}"


def _fields(left: EarlierSubject, right: EarlierSubject) -> Iterator[FieldChange]:
    before, after = left.image or EarlierImage(), right.image or EarlierImage()
    for name in ("platform", "created"):
        yield from _field(name, getattr(before, name), getattr(after, name))
    for label in sorted(before.labels.keys() | after.labels.keys()):
        one, other = before.labels.get(label, ""), after.labels.get(label, "")
        yield from _field(f"label {label}", one, other)


def _field(name: str, before: str, after: str) -> Iterator[FieldChange]:
    if before != after:
        yield FieldChange(field=name, before=before, after=after)
