"""
Read Red Hat's VEX documents: for every CVE, which products are fixed, affected, or not affected.

It says what errata cannot: affected without a fix (and whether one will come), not affected, under
investigation. "Fixed" names the version that has the fix, not one that was vulnerable before it. A
document covers all products; kept are those of Red Hat Enterprise Linux and its support streams, in
the ecosystems OSV uses (``Red Hat:enterprise_linux:9::appstream``). The first fetch takes the day's
archive and what changed after it; later ones ``changes.csv`` and ``deletions.csv`` only.

Source: https://security.access.redhat.com/data/csaf/v2/vex/
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import IO

from pratique.advisories._reading import closing, content_of, skip, small, unchanged
from pratique.advisories.interface import Batch, FeedDamaged, FeedNotFound, Job
from pratique.formats.feeds.csaf_vex import advisory
from pratique.formats.feeds.feed_archive import archive_files
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.packed import read_all, unpacked
from pratique.model.advisory import Advisory
from pratique.model.errors import FormatError

NAME = "redhat-csaf-vex"
TITLE = "Red Hat VEX (CSAF)"
FOLDER = "redhat-csaf-vex"
URL = "https://security.access.redhat.com/data/csaf/v2/vex"
LICENCE = "CC-BY-4.0"
ATTRIBUTION = "Red Hat Product Security"
PROVEN = False
SHARDS = ("Red Hat",)
PRECEDENCE = 10

_ARCHIVE = re.compile(r"csaf_vex_(\d{4}-\d\d-\d\d)\.tar\.zst")
_DOCUMENT = re.compile(r"\d{4}/(cve-\d{4}-\d{4,19})\.json")
_MOST_SINGLE = 3000
"""Changed documents fetched one by one; beyond, the archive is the smaller effort."""
_LISTING_BYTES = 256 << 20
_MOST_BYTES = 256 << 30


def fetch(job: Job) -> Batch:
    """
    Return the documents that changed since last time, or all of them.

    Raises:
        FeedNotFound: the list of archives or changes is not there.
        FeedError: unreachable, refused or damaged; ``rows`` raises it too.
    """
    changes = _listing(job, "changes.csv")
    deletions = _listing(job, "deletions.csv")
    newest = max((*changes.values(), *deletions.values()), default="")
    since = job.since.modified
    if since:
        fresh = [path for path, moment in changes.items() if moment > since]
        gone = [path for path, moment in deletions.items() if moment > since]
        if not fresh and not gone:
            return unchanged()
        if len(fresh) <= _MOST_SINGLE:
            batch = Batch(rows=iter(()), complete=False, modified=newest)
            batch.removed = tuple(_cve(path) for path in gone)
            batch.rows = _singly(job, fresh, batch.skipped)
            return batch
    return _whole(job, changes, deletions, newest)


def _whole(job: Job, changes: dict[str, str], deletions: dict[str, str], newest: str) -> Batch:
    """Return all documents: the archive's, with newer ones in place of those that changed since."""
    archive = small(job, "archive_latest.txt").decode(errors="replace").strip()
    named = _ARCHIVE.fullmatch(archive)
    if named is None:
        raise FeedDamaged(f"archive_latest.txt names no archive: {archive[:60]!r}")
    # The archive's name has a day, not a time: all that changed on that day counts as newer.
    fresh = [path for path, moment in changes.items() if moment >= named[1]]
    if len(fresh) > _MOST_SINGLE:
        fresh, newest = [], named[1]  # the next update looks again, with a newer archive
    passed = {*fresh, *deletions}
    body = content_of(job.fetcher.get(archive), archive)
    batch = Batch(rows=iter(()), modified=newest)
    batch.rows = _all(job, (archive, body), fresh, passed, batch.skipped)
    return batch


def _all(
    job: Job,
    archive: tuple[str, IO[bytes]],
    fresh: list[str],
    passed: set[str],
    skipped: list[str],
) -> Iterator[Advisory]:
    path, body = archive
    yield from closing(body, path, partial(_archived, job, passed, skipped))
    yield from _singly(job, fresh, skipped)


def _archived(
    job: Job, passed: set[str], skipped: list[str], body: IO[bytes]
) -> Iterator[Advisory]:
    def wanted(name: str) -> bool:
        name = name.removeprefix("./")
        return _DOCUMENT.fullmatch(name) is not None and name not in passed

    stream = unpacked(body, _MOST_BYTES)
    for name, content in archive_files(stream, wanted, job.limits.feed_record_bytes):
        yield from _document(name, content, skipped)


def _singly(job: Job, paths: list[str], skipped: list[str]) -> Iterator[Advisory]:
    """Yield documents fetched one by one; one that is gone meanwhile is passed over."""
    for path in paths:
        try:
            body = content_of(job.fetcher.get(path), path)
        except FeedNotFound:
            continue
        try:
            with body:
                content = read_all(body, job.limits.feed_record_bytes)
        except FormatError as error:
            raise FeedDamaged(f"{path}: {error}") from None
        try:
            yield from _document(path, content, skipped)
        except FormatError as error:
            raise FeedDamaged(str(error)) from None


def _document(name: str, content: bytes, skipped: list[str]) -> Iterator[Advisory]:
    try:
        found = advisory(content, NAME)
    except FormatError as error:
        skip(skipped, name, error)
        return
    if found is not None:
        yield found


def _listing(job: Job, path: str) -> dict[str, str]:
    """Return documents with the time of their last change, as ``path,time`` lines name them."""
    body = content_of(job.fetcher.get(path), path)
    try:
        with body:
            lines = read_all(body, _LISTING_BYTES).decode(errors="replace").splitlines()
    except FormatError as error:
        raise FeedDamaged(f"{path}: {error}") from None
    found: dict[str, str] = {}
    for line in lines:
        name, _, moment = line.replace('"', "").partition(",")
        when = iso_date(moment)
        if not when or not name.endswith(".json"):
            raise FeedDamaged(f"{path} has a line that is not path and time: {line[:80]!r}")
        if _DOCUMENT.fullmatch(name):
            found[name] = max(when, found.get(name, ""))
    return found


def _cve(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".json").upper()
