"""
Say what was not understood; an Unknown travels from the step that met it to the verdict.

Law: "not looked at" never turns into "nothing found".
"""

from enum import StrEnum

from msgspec import Struct


class Weight(StrEnum):
    """How much an Unknown weighs."""

    BLOCKING = "blocking"
    """Packages or layers may be missing: no verdict of "allow" can rest on this."""
    COVERAGE = "coverage"
    """One file or one data source was not covered; the rest stands."""


class Stage(StrEnum):
    """
    The step that met the Unknown.

    ``content`` is the search for secrets and malware, ``assess`` the tools of others.
    """

    SOURCE = "source"
    LAYER = "layer"
    MERGE = "merge"
    EXTRACT = "extract"
    CONTENT = "content"
    ADVISORY = "advisory"
    MATCH = "match"
    ASSESS = "assess"


THIRD_PARTY = "third-party"
"""
The unit of an Unknown about packages that somebody else than the distribution built.

Its own name, so that no text of an image (a vendor called "Debian:12") passes for it.
"""


class Unknown(Struct, frozen=True, kw_only=True, order=True):
    """
    One thing that was not understood.

    ``unit`` is the extractor, matcher, feed or reader that gave up; ``location`` a path in the
    image, a layer digest or an ecosystem; ``reason`` one line a person understands.
    """

    stage: Stage
    unit: str
    location: str
    reason: str
    weight: Weight = Weight.COVERAGE
