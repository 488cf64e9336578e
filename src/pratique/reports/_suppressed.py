"""
Say in plain words whose word it is that findings do not count, and how many each concerns.
"""

from collections import Counter
from collections.abc import Iterable

from pratique.model.finding import Finding, Suppressor

WORDS = {
    Suppressor.DISTRO: "fixed or ruled out by the distribution",
    Suppressor.OS_PACKAGE: "reported for their OS package already",
    Suppressor.REACHABILITY: "not in the program",
    Suppressor.SCOPE: "needed to develop only",
    Suppressor.VEX: "ruled out by VEX",
    Suppressor.IGNORE_RULE: "ignored by a rule",
    Suppressor.EXCEPTION: "excepted",
    Suppressor.NOBODY: "for other reasons",
}


def suppressed_counts(findings: Iterable[Finding]) -> list[tuple[Suppressor, str]]:
    """Return who suppresses findings, each with how many and why, the most first."""
    tally = Counter(finding.suppressed_by for finding in findings if finding.suppressed)
    ordered = sorted(tally.items(), key=lambda item: (-item[1], list(WORDS).index(item[0])))
    return [(who, f"{number} {WORDS[who]}") for who, number in ordered]


def suppressed_words(findings: Iterable[Finding]) -> str:
    """Return the same in one line, empty where nothing is suppressed."""
    return ", ".join(words for _, words in suppressed_counts(findings))
