"""
Read the Arch Linux security tracker: groups of flaws (AVG) per package, with and without a fix.

Arch has no releases: the newest package is the supported one, and all share one ecosystem. Group
names (``AVG-2858``) are the record ids; the CVEs of a group are fixed together, and the grade is
the group's.

Source: https://security.archlinux.org/
"""

from collections.abc import Iterator
from typing import IO

from pratique.advisories._reading import whole
from pratique.advisories.interface import Batch, Job
from pratique.formats.feeds.arch_tracker import ECOSYSTEM, advisories
from pratique.formats.packed import unpacked
from pratique.model.advisory import Advisory

NAME = "arch"
TITLE = "Arch Linux security tracker"
FOLDER = "archlinux"
URL = "https://security.archlinux.org"
LICENCE = "none stated; the tracker is MIT"
ATTRIBUTION = "Arch Linux security team"
PROVEN = False
SHARDS = (ECOSYSTEM,)
PRECEDENCE = 10

_PATHS = ("issues/all.json",)
_MOST_BYTES = 256 << 20


def fetch(job: Job) -> Batch:
    """
    Return all groups, or nothing when the file is unchanged.

    Raises:
        FeedNotFound: the file is not there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    return whole(job, _PATHS, _rows)


def _rows(body: IO[bytes]) -> Iterator[Advisory]:
    return advisories(unpacked(body, _MOST_BYTES), NAME)
