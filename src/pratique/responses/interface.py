"""
Act on an alert: the one interface of this folder.

A response is a module with ``NAME`` (a ``Measure``), ``TITLE`` and ``act``. The guard
(``responses.guard``) has agreed before ``act`` is called: never the node's pid 1, never pratique
itself, never more than the rate allows, nothing in a dry run. ``act`` says what became of it.
"""

from typing import Protocol

from pratique.model.alert import Alert
from pratique.model.reaction import Measure, Reaction


class Response(Protocol):
    """One measure."""

    NAME: Measure
    TITLE: str

    def act(self, alert: Alert) -> Reaction:
        """Do it, and say what became of it; a failure is an outcome, not an exception."""
