"""
Grade by a publisher's own word, and keep the word.

Every vendor has its own scale ("Important", "moderate", "unimportant", "medium**"). Law: a word
that is not known is UNKNOWN, never low; the word itself is always kept verbatim as a ``Score``.

Source: the scales of Red Hat, Debian (security-tracker "urgency"), Ubuntu ("priority"), Arch,
Amazon, Microsoft and CVSS v3.1 table 14.
"""

from pratique.model.severity import Score, Severity

_WORDS = {
    "critical": Severity.CRITICAL,
    "important": Severity.HIGH,
    "high": Severity.HIGH,
    "moderate": Severity.MEDIUM,
    "medium": Severity.MEDIUM,
    "low": Severity.LOW,
    "minor": Severity.LOW,
    "negligible": Severity.NEGLIGIBLE,
    "unimportant": Severity.NEGLIGIBLE,
}


def severity_of_word(word: str) -> Severity:
    """
    Return the grade a publisher's word stands for; stars (Debian's "set by machine") do not count.

    >>> severity_of_word("Important"), severity_of_word("low**"), severity_of_word("untriaged")
    (<Severity.HIGH: 'high'>, <Severity.LOW: 'low'>, <Severity.UNKNOWN: 'unknown'>)
    """
    return _WORDS.get(word.strip().rstrip("*").lower(), Severity.UNKNOWN)


def vendor_score(source: str, word: str) -> Score:
    """
    Return the publisher's word as a score without a value.

    >>> vendor_score("ubuntu", "low").severity
    <Severity.LOW: 'low'>
    """
    return Score(source, "vendor", word, None, severity_of_word(word))


def worst(severities: tuple[Severity, ...]) -> Severity:
    """
    Return the highest grade; UNKNOWN when there is none.

    >>> worst((Severity.LOW, Severity.HIGH, Severity.UNKNOWN))
    <Severity.HIGH: 'high'>
    """
    return max(severities, key=lambda severity: severity.rank, default=Severity.UNKNOWN)
