"""
Give alerts away: the one interface of this folder.

A form is a module with ``NAME``, ``TITLE``, ``TYPE`` and ``written``; it is pure. A channel
(``outputs.channels``) takes the bytes of a form to a file, socket or server.
"""

from typing import Protocol

from pratique.model.alert import Alert, Incident


class Form(Protocol):
    """One form that alerts and incidents are written in."""

    NAME: str
    TITLE: str
    TYPE: str
    """The media type."""

    def written(self, told: Alert | Incident) -> bytes:
        """Return one record, without a line end; the same bytes for the same value."""
