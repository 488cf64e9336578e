"""
Read the Ubuntu CVE Tracker: Canonical's own word on every CVE, release and source package.

The tracker is a git repository of text files, one per CVE, in ``active``, ``retired`` and
``ignored``; it is read as one archive (the repository's snapshot; a mirror may hold it as .tar.xz).
Beside what Canonical's OSV has it says *ignored*, *deferred* and *needs triage*, and covers the Pro
products (ESM, FIPS), each in its own ecosystem: a fix in ``Ubuntu:Pro:18.04:LTS`` reaches images
with Ubuntu Pro only. ``pending`` names a version that is not published yet; it counts as not fixed.

Source: https://git.launchpad.net/ubuntu-cve-tracker
"""

from collections.abc import Iterator
from functools import partial
from typing import IO

from pratique.advisories._reading import skip, whole
from pratique.advisories.interface import Batch, Job
from pratique.formats.feeds.feed_archive import archive_files
from pratique.formats.feeds.feed_text import is_cve
from pratique.formats.feeds.ubuntu_tracker import advisory
from pratique.formats.packed import unpacked
from pratique.model.advisory import Advisory
from pratique.model.errors import FormatError

NAME = "ubuntu-cve-tracker"
TITLE = "Ubuntu CVE Tracker"
FOLDER = "ubuntu-cve-tracker"
URL = "https://git.launchpad.net/ubuntu-cve-tracker"
LICENCE = "none stated; the same data as OSV is CC-BY-SA-4.0"
ATTRIBUTION = "Canonical Ubuntu security team"
PROVEN = False
SHARDS = ("Ubuntu",)
PRECEDENCE = 10

_PATHS = (
    "snapshot/ubuntu-cve-tracker-master.tar.gz",
    "ubuntu-cve-tracker-master.tar.xz",
)
_FOLDERS = ("active", "retired", "ignored")
_MOST_BYTES = 8 << 30
_FILE_BYTES = 4 << 20


def fetch(job: Job) -> Batch:
    """
    Return all CVEs of the tracker, or nothing when the archive is unchanged.

    Raises:
        FeedNotFound: the archive is in neither place.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    skipped: list[str] = []
    batch = whole(job, _PATHS, partial(_rows, skipped))
    batch.skipped = skipped
    return batch


def _rows(skipped: list[str], body: IO[bytes]) -> Iterator[Advisory]:
    for name, content in archive_files(unpacked(body, _MOST_BYTES), _is_cve_file, _FILE_BYTES):
        try:
            yield advisory(content, NAME)
        except FormatError as error:
            skip(skipped, name, error)


def _is_cve_file(name: str) -> bool:
    folder, _, leaf = name.rpartition("/")
    return folder.rpartition("/")[2] in _FOLDERS and is_cve(leaf)
