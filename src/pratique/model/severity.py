"""Grade a flaw and record who graded it."""

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """
    The grades, highest first; ``rank`` orders them. Unknown is not low.

    >>> Severity.HIGH.rank > Severity.LOW.rank
    True
    """

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NEGLIGIBLE = "negligible"
    UNKNOWN = "unknown"

    @property
    def rank(self) -> int:
        """Return 5 for critical … 1 for negligible, 0 for unknown."""
        return _RANK[self]


_RANK = {severity: 5 - position for position, severity in enumerate(Severity)}


class Score(Struct, frozen=True, order=True):
    """
    One CVSS vector, or a vendor's own grade where there is none.

    ``source`` is who scored (``nvd``, ``redhat``, ``ghsa``, ``debian``…), ``kind`` is
    ``CVSS:2.0``, ``CVSS:3.0``, ``CVSS:3.1``, ``CVSS:4.0`` or ``vendor``; ``vector`` the vector
    string, or the vendor's word (``important``, ``not yet assigned``). ``value`` is 0.0–10.0.
    """

    source: str
    kind: str
    vector: str
    value: float | None = None
    severity: Severity = Severity.UNKNOWN
