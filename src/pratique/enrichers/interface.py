"""
Enrich findings: the one interface of this folder.

An enricher is one module: ``NAME``, ``ORDER`` (lower runs first) and ``enrich``. It returns a new
finding and never drops one.
"""

from typing import Protocol

from pratique.model.advisory import AdvisoryLookup
from pratique.model.finding import Finding


class Enricher(Protocol):
    """The interface of an enricher module."""

    NAME: str
    ORDER: int

    def enrich(self, finding: Finding, lookup: AdvisoryLookup) -> Finding:
        """Return the finding with what this unit knows added."""
