"""
Read the Debian security tracker: Debian's own word on every flaw in every source package.

One large JSON file for all releases, oldstable to sid. Beside what OSV has it says why a flaw has
no fix: put off to a point release (``postponed``), not going to be fixed (``ignored``), out of
support (``end-of-life``), not yet judged (``undetermined``), and it holds flaws without a CVE
(``TEMP-…``). "no DSA" means that no advisory of its own will come, not that no fix will.

Source: https://security-tracker.debian.org/tracker/data/json
"""

from collections.abc import Iterator
from typing import IO

from pratique.advisories._reading import whole
from pratique.advisories.interface import Batch, Job
from pratique.formats.feeds.debian_tracker import advisories
from pratique.formats.packed import read_all
from pratique.model.advisory import Advisory

NAME = "debian-tracker"
TITLE = "Debian security tracker"
FOLDER = "debian-tracker"
URL = "https://security-tracker.debian.org"
LICENCE = "none stated; descriptions from the CVE list"
ATTRIBUTION = "Debian security team"
PROVEN = False
SHARDS = ("Debian",)
PRECEDENCE = 10

_PATHS = ("tracker/data/json",)
_MOST_BYTES = 256 << 20
"""Three times the file of 2026; it is held once, as bytes."""


def fetch(job: Job) -> Batch:
    """
    Return all flaws of all releases, or nothing when the file is unchanged.

    Raises:
        FeedNotFound: the file is not there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    return whole(job, _PATHS, _rows)


def _rows(body: IO[bytes]) -> Iterator[Advisory]:
    return advisories(read_all(body, _MOST_BYTES), NAME)
