"""
Write one kind of profile: the one interface of this folder.

A unit is a module with ``NAME``, ``TITLE``, ``SUFFIX``, ``write`` and ``refuses``. It is pure. Law: what a
baseline holds its own profile allows: ``refuses`` is empty for every fact of the baseline.
"""

from typing import Protocol

from msgspec import Struct

from pratique.detections.baseline.facts import Fact
from pratique.model.baseline import Baseline


class Profile(Struct, frozen=True, kw_only=True):
    """A profile as text, and what whoever uses it should know."""

    name: str
    text: str
    notes: tuple[str, ...] = ()


class Unit(Protocol):
    """One kind of profile."""

    NAME: str
    TITLE: str
    SUFFIX: str

    def write(self, baseline: Baseline) -> Profile:
        """
        Return the profile.

        Raises:
            UsageError: the baseline does not hold what this kind of profile is made of.
        """

    def refuses(self, baseline: Baseline, fact: Fact) -> str:
        """Return why an act would be refused under the profile, empty where it would not."""
