"""
Read the Node.js project's list of flaws in Node.js itself, which no package registry has.

It names the release lines that are vulnerable and those releases that have the fix; the flaws of
npm packages are not in it.

Source: https://github.com/nodejs/security-wg
"""

from collections.abc import Iterator
from typing import IO

from pratique.advisories._reading import whole
from pratique.advisories.interface import Batch, Job
from pratique.formats.feeds.nodejs_core import ECOSYSTEM, advisories
from pratique.model.advisory import Advisory

NAME = "nodejs-core"
TITLE = "Node.js security working group"
FOLDER = "nodejs-core"
URL = "https://raw.githubusercontent.com"
LICENCE = "MIT"
ATTRIBUTION = "Node.js contributors"
PROVEN = False
SHARDS = (ECOSYSTEM,)
PRECEDENCE = 10

_PATHS = ("nodejs/security-wg/main/vuln/core/index.json",)


def fetch(job: Job) -> Batch:
    """
    Return all flaws, or nothing when the file is unchanged.

    Raises:
        FeedNotFound: the file is not there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    skipped: list[str] = []

    def rows(body: IO[bytes]) -> Iterator[Advisory]:
        return advisories(body, NAME, skipped)

    batch = whole(job, _PATHS, rows)
    batch.skipped = skipped
    return batch
