"""
Read the errata of Oracle Linux (ELSA) from Oracle's OVAL file.

One packed file for all releases; names are those of binary packages, with arch and module stream.
It holds fixes only. Builds for Ksplice and FIPS are left out: they are other packages under the
same name.

Source: https://linux.oracle.com/security/oval/
"""

from collections.abc import Iterator
from typing import IO

from pratique.advisories._reading import whole
from pratique.advisories.interface import Batch, Job
from pratique.formats.feeds.elsa import advisories
from pratique.formats.packed import unpacked
from pratique.model.advisory import Advisory

NAME = "oracle"
TITLE = "Oracle Linux errata"
FOLDER = "oracle"
URL = "https://linux.oracle.com"
LICENCE = "none stated"
ATTRIBUTION = "Oracle Linux errata system"
PROVEN = False
SHARDS = ("Oracle Linux",)
PRECEDENCE = 10

_PATHS = ("security/oval/com.oracle.elsa-all.xml.bz2",)
_MOST_BYTES = 4 << 30


def fetch(job: Job) -> Batch:
    """
    Return all errata, or nothing when the file is unchanged.

    Raises:
        FeedNotFound: the file is not there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    return whole(job, _PATHS, _rows)


def _rows(body: IO[bytes]) -> Iterator[Advisory]:
    return advisories(unpacked(body, _MOST_BYTES), NAME)
