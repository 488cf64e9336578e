"""
Read CVSS vectors: version 2, 3.0, 3.1 and 4.0.

Law: a vector gives the base score that the FIRST calculators give (through the ``cvss`` library,
the reference by Red Hat), or FormatError; nothing is guessed. Bounds: ``MAX_CHARS``. Sources:
https://www.first.org/cvss/v4-0/specification-document and its predecessors; the grades are those
of CVSS v3.1 table 14 (version 2 by NVD's use of the same bounds, without "critical").
"""

from collections.abc import Iterable
from functools import lru_cache

from pratique.model.errors import FormatError
from pratique.model.severity import Score, Severity

MAX_CHARS = 300


@lru_cache(maxsize=1 << 14)
def score(source: str, vector: str) -> Score:
    """
    Return a vector as a score with value and grade; ``source`` is who scored.

    Raises:
        FormatError: it is no CVSS vector.

    >>> score("nvd", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H").value
    9.8
    """
    # Here, because `cvss` brings `decimal` and large tables, and few scans meet a new vector.
    from cvss import CVSS2, CVSS3, CVSS4
    from cvss.exceptions import CVSSError

    if len(vector) > MAX_CHARS:
        raise FormatError(f"not a CVSS vector: {vector[:40]!r}…")
    text = vector.strip().rstrip("/")
    try:
        if text.startswith("CVSS:4.0/"):
            value = float(CVSS4(text).base_score)
            return Score(source, "CVSS:4.0", text, value, severity_of_value(value))
        if text.startswith("CVSS:3."):
            value = float(CVSS3(text).scores()[0])
            return Score(source, text[:8], text, value, severity_of_value(value))
        value = float(CVSS2(text.strip("()")).scores()[0])
    except (CVSSError, ValueError, KeyError, IndexError, TypeError, ArithmeticError):
        raise FormatError(f"not a CVSS vector: {vector[:80]!r}") from None
    return Score(source, "CVSS:2.0", text, value, severity_of_v2(value))


def severity_of_value(value: float) -> Severity:
    """
    Return the grade of a version 3 or 4 score; 0.0 ("none") is NEGLIGIBLE.

    >>> severity_of_value(6.9), severity_of_value(0.0)
    (<Severity.MEDIUM: 'medium'>, <Severity.NEGLIGIBLE: 'negligible'>)
    """
    for least, severity in _BOUNDS:
        if value >= least:
            return severity
    return Severity.NEGLIGIBLE


def severity_of_v2(value: float) -> Severity:
    """
    Return the grade of a version 2 score, which knows no "critical".

    >>> severity_of_v2(10.0), severity_of_v2(5.0)
    (<Severity.HIGH: 'high'>, <Severity.MEDIUM: 'medium'>)
    """
    severity = severity_of_value(value)
    if severity is Severity.CRITICAL:
        return Severity.HIGH
    return Severity.LOW if value < 4.0 else severity


def completed(given: Score) -> Score:
    """
    Return a score with value and grade worked out from its vector where they are missing.

    A vendor's word, or a vector that cannot be read, stays as it is.

    >>> completed(Score("ghsa", "CVSS:3.1", "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N")).value
    1.8
    """
    if given.value is not None or not given.kind.startswith("CVSS"):
        return given
    try:
        return score(given.source, given.vector)
    except FormatError:
        return given


def best(scores: Iterable[Score]) -> Score | None:
    """
    Return the score to grade by: the newest CVSS version, then the highest value; None without any.

    >>> best([Score("a", "CVSS:2.0", "…", 9.0), Score("b", "CVSS:3.1", "…", 5.0)]).source
    'b'
    """
    known = [score for score in scores if score.value is not None]
    return max(known, key=lambda score: (score.kind, score.value or 0.0), default=None)


def in_order(scores: Iterable[Score]) -> tuple[Score, ...]:
    """
    Return the scores completed, each once, in an order that never changes.

    >>> in_order([Score("b", "vendor", "low"), Score("a", "vendor", "high")])[0].source
    'a'
    """
    unique = set(map(completed, scores))
    return tuple(sorted(unique, key=lambda one: (one.source, one.kind, one.vector, one.value or 0)))


_BOUNDS = (
    (9.0, Severity.CRITICAL),
    (7.0, Severity.HIGH),
    (4.0, Severity.MEDIUM),
    (0.1, Severity.LOW),
)
