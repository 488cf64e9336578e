"""
Give alerts away: the one interface of this folder.

A form is a module with ``NAME``, ``TITLE``, ``TYPE``, ``TOGETHER``, ``written`` and ``joined``; it is
pure. A channel (``outputs.channels``) takes the bytes of a form to a file, socket or server.
"""

from collections.abc import Sequence
from typing import Protocol

from pratique.model.alert import Alert, Incident


class Form(Protocol):
    """
    One form that alerts and incidents are written in.

    Laws of ``written``: the same bytes for the same value; no line feed, carriage return or other
    control byte inside, whatever a hostile program put into the texts; never an exception.
    """

    NAME: str
    TITLE: str
    TYPE: str
    """The media type of what ``joined`` returns."""
    TOGETHER: int
    """How many records one request may carry."""

    def written(self, told: Alert | Incident) -> bytes:
        """Return one record, without a line end."""

    def joined(self, records: Sequence[bytes]) -> bytes:
        """Return the body of one request that carries these records, at most ``TOGETHER``."""
