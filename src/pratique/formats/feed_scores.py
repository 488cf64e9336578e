"""
Take CVSS scores from feeds that state the vector, the number, or both.

Law: what the publisher computed is kept as published; where only the vector is given the value is
computed from it.
"""

from pratique.model.severity import Score, Severity

_GRADES = (
    (9.0, Severity.CRITICAL),
    (7.0, Severity.HIGH),
    (4.0, Severity.MEDIUM),
    (0.1, Severity.LOW),
    (0.0, Severity.NEGLIGIBLE),
)
_LONGEST = 300


def cvss_score(source: str, vector: str, value: float | None = None) -> Score:
    """
    Return the score of a CVSS vector; a vector without a prefix is version 2.

    >>> cvss_score("nvd", "AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5).kind
    'CVSS:2.0'
    """
    vector = vector.strip()[:_LONGEST]
    kind = vector.partition("/")[0] if vector.startswith("CVSS:") else "CVSS:2.0"
    if value is None or not 0.0 <= value <= 10.0:
        return Score(source, kind, vector)
    severity = next(grade for least, grade in _GRADES if value >= least)
    return Score(source, kind, vector, value, severity)
