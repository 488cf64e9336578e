"""
Tell that nothing of a subject was compared with advisories, so that ``--fail-on`` has no answer.

Law: where no package was compared with data that speak for it, nobody can say that none is as bad as
the threshold: undecided, never a pass, also where the data that lack are fetched on request only. One
package that was compared is enough: what lacks for the others are gaps of the world, which the report
names and which a policy weighs (``gate``). Types on which nobody publishes anything are no reason,
because no data could answer; neither is a subject without packages.
"""

from collections.abc import Iterable

from msgspec import Struct

from pratique.model.unknown import Stage, Unknown
from pratique.policy.doubts import ALWAYS_UNDECIDED, FIXES, category

_NAMED = 3
"""Gaps that are named; an image can have one for each vendor that it makes up."""
_UNCOMPARED = "uncompared-package"
_GAPS = ("missing-advisory-data", "unfetched-advisory-data", _UNCOMPARED, "third-party-package")
"""The doubts of packages that data could speak of, the gravest first."""
_WEIGH = "let `pratique gate` answer: its policy says what such a gap is worth"


class Unchecked(Struct, frozen=True, kw_only=True):
    """Why nothing was compared, and what to do about it; each is one line."""

    reason: str
    fix: str


def unchecked(compared: int, unknowns: Iterable[Unknown]) -> Unchecked | None:
    """
    Return why the packages of a subject were not checked, None where some were or none could be.

    ``compared`` counts the packages that were compared, ``unknowns`` are what matching did not do.
    """
    if compared:
        return None
    found = sorted(
        (_GAPS.index(gap), one)
        for one in unknowns
        if one.stage is Stage.MATCH and (gap := category(one)) in _GAPS
    )
    if not found:
        return None
    gravest = _GAPS[found[0][0]]
    reasons = [_why(_GAPS[gap], one) for gap, one in found]
    more = [f"{len(reasons) - _NAMED} more reasons"] if len(reasons) > _NAMED + 1 else []
    named = reasons[:_NAMED] if more else reasons
    accept = () if gravest in ALWAYS_UNDECIDED else (_WEIGH,)
    return Unchecked(
        reason=f"no package was checked against data that cover it: {'; '.join((*named, *more))}",
        fix=", or ".join((*filter(None, [FIXES.get(gravest, "")]), *accept)),
    )


def _why(gap: str, unknown: Unknown) -> str:
    """Return a gap in words; how many packages it concerns says nothing where it is all of them."""
    return unknown.reason if gap == _UNCOMPARED else unknown.reason.partition(": ")[2]
