"""
Render reports: the one interface of this folder.

A reporter is one module: ``NAME`` (the word after ``-o``), ``MEDIA_TYPE``, ``SUFFIX`` and
``render``. It prints nothing, reads no clock and escapes every string for its medium.
"""

from typing import Protocol

from msgspec import Struct

from pratique.model.report import Report


class Style(Struct, frozen=True, kw_only=True):
    """
    How a terminal wants it: columns, colour, how much. Formats for machines ignore it.

    ``full`` lists every finding instead of folding to one screen; ``show_suppressed`` lists those
    that do not count, too.
    """

    width: int = 80
    height: int = 40
    colour: bool = False
    full: bool = False
    show_suppressed: bool = False
    sbom_version: str = ""
    """Version of the SBOM format wanted (``1.7``); empty is the format's default."""


class Reporter(Protocol):
    """The interface of a report module."""

    NAME: str
    MEDIA_TYPE: str
    SUFFIX: str

    def render(self, report: Report, style: Style) -> bytes:
        """Return the report in this format; equal reports give equal bytes."""
