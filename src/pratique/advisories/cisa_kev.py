"""
Read CISA's catalogue of known exploited vulnerabilities: the flaws that attackers do use.

About 1,700 CVEs with the day they were added, the day by which agencies must have acted, and
whether ransomware uses them. Absence says nothing.

Source: https://www.cisa.gov/known-exploited-vulnerabilities-catalog
"""

from collections.abc import Iterator
from typing import IO

from pratique.advisories._reading import whole
from pratique.advisories.interface import Batch, ExploitedRow, Job
from pratique.formats.feeds.kev import exploited
from pratique.formats.packed import unpacked

NAME = "cisa-kev"
TITLE = "CISA Known Exploited Vulnerabilities"
FOLDER = "cisa-kev"
URL = "https://www.cisa.gov"
LICENCE = "CC0-1.0"
ATTRIBUTION = "Cybersecurity and Infrastructure Security Agency"
PROVEN = False
SHARDS = ("kev",)
PRECEDENCE = 30

_PATHS = ("sites/default/files/feeds/known_exploited_vulnerabilities.json",)
_MOST_BYTES = 256 << 20


def fetch(job: Job) -> Batch:
    """
    Return the whole catalogue, or nothing when it is unchanged.

    Raises:
        FeedNotFound: the file is not there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    return whole(job, _PATHS, _rows)


def _rows(body: IO[bytes]) -> Iterator[ExploitedRow]:
    for cve, entry in exploited(unpacked(body, _MOST_BYTES)):
        yield ExploitedRow(cve=cve, exploited=entry)
