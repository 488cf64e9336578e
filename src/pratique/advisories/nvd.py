"""
Read the National Vulnerability Database: scores, weaknesses and descriptions of every CVE.

It serves where a distribution gives no grade of its own; a score keeps who gave it (NVD, the CNA,
CISA). A shard of its own keeps the vulnerable configurations of the programs that
``formats.known_programs`` names, for those that nobody else has advisories for. The first fetch takes one file per year from 2002 on; later ones the file of the last eight
days, or, when that does not reach back far enough, the years whose file changed.

Source: https://nvd.nist.gov/vuln/data-feeds (version 2.0)
"""

from collections.abc import Callable, Iterable, Iterator
from typing import IO

from pratique.advisories._reading import closing, content_of, unchanged
from pratique.advisories.interface import Batch, FeedNotFound, Fetched, Job
from pratique.formats.feeds.nvd import records
from pratique.formats.feeds.nvd_products import ECOSYSTEM, product_advisories
from pratique.formats.known_programs import PRODUCTS
from pratique.formats.packed import unpacked
from pratique.model.advisory import Advisory, CveRecord

NAME = "nvd"
TITLE = "National Vulnerability Database"
FOLDER = "nvd"
URL = "https://nvd.nist.gov"
LICENCE = "public domain"
ATTRIBUTION = "This product uses data from the NVD but is not endorsed or certified by the NVD."
PROVEN = False
SHARDS: tuple[str, ...] = ("cve-scores", ECOSYSTEM)
PRECEDENCE = 30

_RECENT = "feeds/json/cve/2.0/nvdcve-2.0-modified.json.gz"
_YEAR = "feeds/json/cve/2.0/nvdcve-2.0-{}.json.gz"
_YEARS = range(2002, 2100)
_MOST_BYTES = 8 << 30


def fetch(job: Job) -> Batch:
    """
    Return what is new since last time, or everything the first time.

    Raises:
        FeedNotFound: the file of the first year is not there.
        FeedError: unreachable or refused; ``rows`` raises it too, also as ``FeedDamaged``.
    """
    batch = Batch(rows=iter(()), complete=not job.since.etags)
    years = _years(job)
    if job.since.etags:
        if job.since.modified and _reaches_back(job):
            recent = _RECENT, Fetched(body=content_of(job.fetcher.get(_RECENT), _RECENT))
            batch.rows = _rows(job, batch, [recent])
            return batch
        changed = [(path, fetched) for path, fetched in years if fetched.body is not None]
        if not changed:
            return unchanged()
        batch.rows = _rows(job, batch, changed)
        return batch
    first = next(years)
    batch.rows = _rows(job, batch, _from(first, years))
    return batch


def _from(
    first: tuple[str, Fetched], rest: Iterator[tuple[str, Fetched]]
) -> Iterator[tuple[str, Fetched]]:
    yield first
    yield from rest


def _years(job: Job) -> Iterator[tuple[str, Fetched]]:
    """Yield the file of each year, fetched when it is asked for, until one is missing."""
    for year in _YEARS:
        path = _YEAR.format(year)
        try:
            yield path, job.fetcher.get(path, etag=job.since.etags.get(path, ""))
        except FeedNotFound:
            if year == _YEARS[0]:
                raise
            return


def _reaches_back(job: Job) -> bool:
    """Say whether the file of recent changes begins before what the shard has."""
    try:
        body = content_of(job.fetcher.get(_RECENT), _RECENT)
    except FeedNotFound:
        return False
    with body:
        moments = (moment for _, moment in records(unpacked(body, _MOST_BYTES)))
        return min(moments, default="~") <= job.since.modified


def _rows(
    job: Job, batch: Batch, files: Iterable[tuple[str, Fetched]]
) -> Iterator[CveRecord | Advisory]:
    """Yield the records of the files, and note in the batch how new they are."""
    for path, fetched in files:
        batch.etags[path] = fetched.etag
        body = content_of(fetched, path)
        for record, moment in closing(body, path, _reader(job)):
            batch.modified = max(batch.modified, moment)
            # A delta also says which records no longer concern any of our programs.
            if not batch.complete or not isinstance(record, Advisory) or record.affected:
                yield record


def _reader(job: Job) -> Callable[[IO[bytes]], Iterator[tuple[CveRecord | Advisory, str]]]:
    def read(body: IO[bytes]) -> Iterator[tuple[CveRecord | Advisory, str]]:
        content = unpacked(body, _MOST_BYTES)
        if job.shard == ECOSYSTEM:
            yield from product_advisories(content, NAME, PRODUCTS)
        else:
            yield from records(content)

    return read
