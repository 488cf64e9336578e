"""Describe what a content scanner saw in one file."""

from enum import StrEnum

from msgspec import Struct

from pratique.model.finding import Confidence
from pratique.model.severity import Severity


class Scanner(StrEnum):
    """Whose business a spot is; also what ``--scanners`` calls it."""

    SECRET = "secret"  # noqa: S105
    MALWARE = "malware"
    LICENCE = "license"


class Spot(Struct, frozen=True, array_like=True):
    """
    One thing that a content scanner saw in one file.

    Law: no field holds a secret's value. ``shown`` is its masked form; ``digest`` the sha256 (hex)
    of the value, which lives in memory only: it is made into a fingerprint under the
    organisation's key by the pipeline and never stands in a cache, report or log. ``inside`` is
    empty, or ``!inner/path`` for what lies in an archive; ``line`` counts from 1, 0 is the whole
    file. ``rule`` is the kind's or rule's name; for a licence text the SPDX expression.
    ``aliases`` are what other tools call the rule.
    """

    scanner: Scanner
    rule: str
    title: str
    severity: Severity
    confidence: Confidence
    inside: str = ""
    line: int = 0
    shown: str = ""
    note: str = ""
    digest: str = ""
    aliases: tuple[str, ...] = ()
