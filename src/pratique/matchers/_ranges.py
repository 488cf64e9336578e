"""
Decide where one version stands against one statement of an advisory.

Law (OSV, "Evaluation"): a version is affected when any range holds it or ``versions`` lists it;
``introduced`` 0 is before everything, ``introduced`` itself is inside, ``fixed`` itself is
outside, ``last_affected`` itself is inside, ``limit`` itself is outside. NOT_AFFECTED of the
publisher overrides. An event that is no version makes the statement undecided, unless another
range holds the version.
"""

from enum import Enum

from msgspec import Struct

from pratique.formats.versions.order import Key, key_for, order_name
from pratique.formats.versions.rpm import assume_epoch
from pratique.model.advisory import Affected, FixState, Range
from pratique.model.errors import FormatError


class Standing(Enum):
    """Where a version stands."""

    AFFECTED = "affected"
    FIXED = "fixed"
    OUTSIDE = "outside"
    NOT_AFFECTED = "not affected"
    UNDECIDED = "undecided"


class Verdict(Struct, frozen=True):
    """
    The standing and, where affected, what decided it.

    ``fix`` is the first version that ends every range the version is in, empty where one of them
    has none. ``reason`` says why a statement is undecided.
    """

    standing: Standing
    fix: str = ""
    event: str = ""
    comparison: str = ""
    reason: str = ""


def judge(affected: Affected, version: str, *, epoch_unknown: bool = False) -> Verdict:
    """
    Return where ``version`` stands. ``epoch_unknown``: take each bound's epoch (SOURCERPM).

    >>> from pratique.model.advisory import Affected, Range
    >>> statement = Affected(ecosystem="Debian:12", name="zlib", ranges=(Range(fixed="1.2-3"),))
    >>> judge(statement, "1.2-2").comparison
    '1.2-2 < 1.2-3 (dpkg order)'
    """
    if affected.state is FixState.NOT_AFFECTED:
        return _NOT_AFFECTED
    scale = Scale(affected.ecosystem, version, epoch_unknown)
    holding: list[Range] = []
    past_fix, reason = False, ""
    for interval in affected.ranges:
        try:
            if _holds(interval, scale):
                holding.append(interval)
            elif interval.fixed and not scale.below(interval.fixed, interval.kind):
                past_fix = True
        except FormatError as error:
            reason = reason or str(error)
    if holding:
        return _affected(holding, scale)
    if _listed(affected.versions, scale):
        event = f"listed as affected: {version}"
        return Verdict(Standing.AFFECTED, "", event, f"{version} = {version} (listed)")
    if not affected.ranges and not affected.versions:
        reason = "it does not say which versions are affected"
    if reason:
        return Verdict(Standing.UNDECIDED, reason=reason)
    return _FIXED if past_fix else _OUTSIDE


def may_decide(affected: Affected, scale: "Scale") -> bool:
    """
    Return whether ``judge`` would call the version of ``scale`` affected or undecided.

    It makes no sentences and shares one scale, because most statements decide nothing.
    """
    if affected.state is FixState.NOT_AFFECTED:
        return False
    try:
        for interval in affected.ranges:
            if _holds(interval, scale):
                return True
            if interval.fixed:
                scale.below(interval.fixed, interval.kind)  # an end that is no version
    except FormatError:
        return True
    if _listed(affected.versions, scale):
        return True
    return not affected.ranges and not affected.versions


class Scale:
    """Compare one version with the bounds of ranges in their ecosystem's order."""

    def __init__(self, ecosystem: str, version: str, epoch_unknown: bool) -> None:
        self.version = version
        self._name = order_name(ecosystem)
        self._order = key_for(ecosystem)
        self._epoch_unknown = epoch_unknown
        self._key = None if epoch_unknown else self._order(version)

    def below(self, bound: str, kind: str) -> bool:
        """Return whether the version is before ``bound``."""
        mine, other = self._keys(bound, kind)
        return bool(mine < other)

    def above(self, bound: str, kind: str) -> bool:
        """Return whether the version is after ``bound``."""
        mine, other = self._keys(bound, kind)
        return bool(other < mine)

    def same(self, listed: str) -> bool:
        """Return whether a listed version is this one by its key."""
        try:
            mine, other = self._keys(listed, "")
        except FormatError:
            return False
        return bool(mine == other)

    def highest(self, bounds: list[str], kind: str) -> str:
        """Return the last of some bounds."""
        return max(bounds, key=lambda bound: self._keys(bound, kind)[1])

    def as_compared(self, bound: str) -> str:
        """Return the version as it was compared with ``bound``."""
        return assume_epoch(self.version, bound) if self._epoch_unknown else self.version

    @property
    def label(self) -> str:
        """Return the order's name in a person's words."""
        return _LABELS.get(self._name, f"{self._name} order")

    def _keys(self, bound: str, kind: str) -> tuple[Key, Key]:
        order = self._order
        if kind == "SEMVER" and self._name not in _SEMANTIC:
            order = key_for("npm")
            return order(self.version), order(bound)
        if self._key is None:
            return order(assume_epoch(self.version, bound)), order(bound)
        return self._key, order(bound)


def _holds(interval: Range, scale: Scale) -> bool:
    kind = interval.kind
    if interval.introduced not in ("", "0") and scale.below(interval.introduced, kind):
        return False
    if interval.fixed and not scale.below(interval.fixed, kind):
        return False
    if interval.last_affected and scale.above(interval.last_affected, kind):
        return False
    return not interval.limit or interval.limit == "*" or scale.below(interval.limit, kind)


def _listed(versions: tuple[str, ...], scale: Scale) -> bool:
    return scale.version in versions or any(map(scale.same, versions))


def _affected(holding: list[Range], scale: Scale) -> Verdict:
    """Return the verdict by the range whose end is the last; one without a fix decides."""
    decisive = next((interval for interval in holding if not interval.fixed), None)
    if decisive is None:
        last = scale.highest([interval.fixed for interval in holding], holding[0].kind)
        decisive = next(interval for interval in holding if interval.fixed == last)
    bound = decisive.fixed or decisive.last_affected
    start = decisive.introduced not in ("", "0")
    sentence = scale.as_compared(bound or decisive.introduced)
    if start:
        sentence = f"{decisive.introduced} <= {sentence}"
    if bound:
        sentence += f" {'<' if decisive.fixed else '<='} {bound}"
    elif not start:
        sentence = f"every version, so {sentence} too"
    return Verdict(
        Standing.AFFECTED, decisive.fixed, _event(decisive), f"{sentence} ({scale.label})"
    )


def _event(interval: Range) -> str:
    start = f"introduced {interval.introduced or '0'}"
    if interval.fixed:
        return f"{start}, fixed {interval.fixed}"
    if interval.last_affected:
        return f"{start}, last affected {interval.last_affected}"
    return f"{start}, no fix"


_NOT_AFFECTED = Verdict(Standing.NOT_AFFECTED)
_FIXED = Verdict(Standing.FIXED)
_OUTSIDE = Verdict(Standing.OUTSIDE)
_SEMANTIC = frozenset({"semver", "go", "pub"})
_LABELS = {
    "deb": "dpkg order",
    "rpm": "rpm order",
    "apk": "apk order",
    "alpm": "vercmp order",
    "pep440": "PEP 440 order",
}
