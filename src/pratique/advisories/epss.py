"""
Read FIRST's exploit predictions (EPSS): how likely a CVE is to be exploited within 30 days.

One table for all CVEs (about 300,000 lines), new every day. The probability is the estimate; the
percentile says how many CVEs have a lower one.

Source: https://www.first.org/epss/data_stats
"""

from collections.abc import Iterator
from typing import IO

from pratique.advisories._reading import whole
from pratique.advisories.interface import Batch, EpssRow, Job
from pratique.formats.feeds.epss import predictions
from pratique.formats.packed import unpacked

NAME = "epss"
TITLE = "Exploit Prediction Scoring System"
FOLDER = "epss"
URL = "https://epss.empiricalsecurity.com"
LICENCE = "FIRST EPSS terms of use"
ATTRIBUTION = "FIRST.org EPSS special interest group, https://www.first.org/epss"
PROVEN = False
SHARDS = ("epss",)
PRECEDENCE = 30

_PATHS = ("epss_scores-current.csv.gz",)
_MOST_BYTES = 1 << 30


def fetch(job: Job) -> Batch:
    """
    Return the whole table, or nothing when it is unchanged.

    Raises:
        FeedNotFound: the file is not there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    return whole(job, _PATHS, _rows)


def _rows(body: IO[bytes]) -> Iterator[EpssRow]:
    for cve, epss in predictions(unpacked(body, _MOST_BYTES)):
        yield EpssRow(cve=cve, epss=epss)
