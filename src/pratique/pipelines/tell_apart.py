"""
Give each of several findings an id of its own that survives a rebuild.

Law: an id is made of kind, rule and place, never of a layer's digest or a tag. Where two findings
share these (two layers show the same), the second ends with ``#2``; their order is that of the layers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from pratique.model.finding import Finding


def told_apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings in order, ids that were used already with a number."""
    used: Counter[str] = Counter()
    for finding in findings:
        used[finding.id] += 1
        number = used[finding.id]
        yield finding if number == 1 else replace(finding, id=f"{finding.id}#{number}")
