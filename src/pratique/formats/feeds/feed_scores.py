"""
Take CVSS scores from feeds that state the vector and mostly the number as well.

Law: what the publisher computed is kept as published; where only the vector is given the value
stays open, to be worked out (``formats.cvss.completed``) when a finding needs it.
"""

from pratique.formats.cvss import severity_of_v2, severity_of_value
from pratique.model.severity import Score

_LONGEST = 300
_HIGHEST = 10.0


def cvss_score(source: str, vector: str, value: float | None = None) -> Score:
    """
    Return the score of a CVSS vector; a vector without a prefix is version 2.

    >>> cvss_score("nvd", "AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5)
    ... # doctest: +ELLIPSIS
    Score(source='nvd', kind='CVSS:2.0', vector=..., value=7.5, severity=<Severity.HIGH: 'high'>)
    """
    vector = vector.strip()[:_LONGEST]
    kind = vector.partition("/")[0] if vector.startswith("CVSS:") else "CVSS:2.0"
    if value is None or not 0.0 <= value <= _HIGHEST:
        return Score(source, kind, vector)
    severity = severity_of_v2(value) if kind == "CVSS:2.0" else severity_of_value(value)
    return Score(source, kind, vector, value, severity)
