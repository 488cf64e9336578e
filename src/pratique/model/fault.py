"""
Say where in a file a check fired, and what would mend it.

Shared by the checks of Dockerfiles, Compose and Kubernetes files, which are siblings. Positions are
bytes of the file, ``end`` exclusive; lines count from 1.
"""

from enum import StrEnum

from msgspec import Struct

from pratique.model.edit import Edit
from pratique.model.finding import Confidence
from pratique.model.severity import Severity


class FixClass(StrEnum):
    """How sure it is that a fix changes nothing else."""

    SAFE = "safe"
    """What is built or run stays the same, but for the bad thing."""
    VERIFIED = "verified"
    """It may change what is built: wanted only where somebody looks at the result."""


class Fault(Struct, frozen=True, kw_only=True):
    """
    One place in a file at which a check fired: one finding.

    ``note`` is one clause that says what is wrong here, never with a secret's value. ``start`` to
    ``end`` is what an editor underlines. ``key`` tells two faults on equal lines apart (a package's
    name); it must not hold a line number. ``edits`` mend it, empty where nothing is sure enough to be
    offered; ``fix`` is their class, ``remedy`` what they do in three or four words. ``severity`` and
    ``confidence`` stand in for the check's usual ones.
    """

    line: int
    note: str
    start: int = 0
    end: int = 0
    key: str = ""
    edits: tuple[Edit, ...] = ()
    fix: FixClass = FixClass.SAFE
    remedy: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None
