"""
Read the CVE list (version 5) with CISA's Vulnrichment: what each CVE's own assigner says of it.

It has scores and weaknesses months before NVD has them, and CISA's decision points (SSVC). The
first fetch takes the repository's archive; later ones the log of changes, which reaches back about
30 days, and the changed records one by one.

Source: https://github.com/CVEProject/cvelistV5, https://github.com/cisagov/vulnrichment
"""

from collections.abc import Iterator
from functools import partial
from typing import IO

from pratique.advisories._reading import closing, content_of, skip, unchanged
from pratique.advisories.interface import Batch, FeedDamaged, FeedNotFound, Job
from pratique.formats.feeds.cve_record import changed, path_of, record
from pratique.formats.feeds.feed_archive import archive_files
from pratique.formats.feeds.feed_text import is_cve
from pratique.formats.packed import read_all, unpacked
from pratique.model.advisory import CveRecord
from pratique.model.errors import FormatError

NAME = "cve-list"
TITLE = "CVE list with Vulnrichment"
FOLDER = "cvelist"
URL = "https://github.com/CVEProject/cvelistV5"
LICENCE = "CVE terms of use; Vulnrichment CC0-1.0"
ATTRIBUTION = "The CVE Program and its numbering authorities; CISA Vulnrichment"
PROVEN = False
SHARDS = ("cve-scores",)
PRECEDENCE = 40

_ARCHIVE = "archive/refs/heads/main.tar.gz"
_RAW = "raw/refs/heads/main"
_LOG = f"{_RAW}/cves/deltaLog.json"
_LOG_BYTES = 256 << 20
_MOST_SINGLE = 2000
"""Changed records fetched one by one; beyond, the archive is the smaller effort."""
_MOST_BYTES = 32 << 30
_RECORD_BYTES = 16 << 20


def fetch(job: Job) -> Batch:
    """
    Return the records that changed since last time, or all of them.

    Raises:
        FeedNotFound: the archive is not there.
        FeedError: unreachable, refused or damaged; ``rows`` raises it too.
    """
    moments, oldest = _log(job)
    newest = max(moments.values(), default="")
    since = job.since.modified
    if since and oldest and oldest <= since:
        names = sorted(name for name, moment in moments.items() if moment > since)
        if not names:
            return unchanged()
        if len(names) <= _MOST_SINGLE:
            return Batch(rows=_singly(job, names), complete=False, modified=newest)
    fetched = job.fetcher.get(_ARCHIVE, etag=job.since.etags.get(_ARCHIVE, ""))
    if fetched.body is None:
        return unchanged()
    skipped: list[str] = []
    rows = closing(fetched.body, _ARCHIVE, partial(_all, skipped))
    etags = {_ARCHIVE: fetched.etag} if fetched.etag else {}
    return Batch(rows=rows, etags=etags, modified=newest, skipped=skipped)


def _log(job: Job) -> tuple[dict[str, str], str]:
    """Return the changes of the last weeks and where they begin; empty where there is no log."""
    try:
        body = content_of(job.fetcher.get(_LOG), _LOG)
    except FeedNotFound:
        return {}, ""
    try:
        with body:
            return changed(read_all(body, _LOG_BYTES))
    except FormatError as error:
        raise FeedDamaged(f"{_LOG}: {error}") from None


def _singly(job: Job, names: list[str]) -> Iterator[CveRecord]:
    for name in names:
        path = f"{_RAW}/{path_of(name)}"
        body = content_of(job.fetcher.get(path), path)
        yield from closing(body, path, lambda b: iter((record(read_all(b, _RECORD_BYTES))[0],)))


def _all(skipped: list[str], body: IO[bytes]) -> Iterator[CveRecord]:
    for name, content in archive_files(unpacked(body, _MOST_BYTES), _is_record, _RECORD_BYTES):
        try:
            yield record(content)[0]
        except FormatError as error:
            skip(skipped, name, error)


def _is_record(name: str) -> bool:
    return name.endswith(".json") and is_cve(name.rpartition("/")[2].removesuffix(".json"))
