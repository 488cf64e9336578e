"""
Read Canonical's own OSV records: Ubuntu's CVEs, security notices (USN) and Livepatch notices.

One archive of JSON files, published by Canonical itself, so newer than OSV.dev's copy. It holds
flaws with and without a fix, but not why there is none; the CVE Tracker's word on the same CVE
counts before it.

Source: https://documentation.ubuntu.com/security/security-updates/osv/
"""

from collections.abc import Iterator
from functools import partial
from typing import IO

from pratique.advisories._reading import skip, whole
from pratique.advisories.interface import Batch, Job
from pratique.formats.feeds.feed_archive import archive_files
from pratique.formats.feeds.osv import parse
from pratique.formats.packed import unpacked
from pratique.model.advisory import Advisory
from pratique.model.errors import FormatError

NAME = "ubuntu-osv"
TITLE = "Ubuntu OSV records"
FOLDER = "ubuntu-osv"
URL = "https://security-metadata.canonical.com/osv"
LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = "Canonical Ubuntu security team"
PROVEN = False
SHARDS = ("Ubuntu",)
PRECEDENCE = 20

_PATHS = ("osv-all.tar.xz",)
_MOST_BYTES = 64 << 30


def fetch(job: Job) -> Batch:
    """
    Return all records, or nothing when the archive is unchanged.

    Raises:
        FeedNotFound: the archive is not there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    skipped: list[str] = []
    batch = whole(job, _PATHS, partial(_rows, job, skipped))
    batch.skipped = skipped
    return batch


def _rows(job: Job, skipped: list[str], body: IO[bytes]) -> Iterator[Advisory]:
    stream = unpacked(body, _MOST_BYTES)
    for name, content in archive_files(stream, _is_record, job.limits.feed_record_bytes):
        try:
            yield parse(content, feed=NAME, base=job.shard)
        except FormatError as error:
            skip(skipped, name, error)


def _is_record(name: str) -> bool:
    return name.endswith(".json")
