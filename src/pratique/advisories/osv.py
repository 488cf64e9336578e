"""
Read OSV.dev: the records of every ecosystem in one format, as whole archives or record by record.

Law: after a delta the shard holds exactly the records that the publisher lists. ``modified_id.csv``
names every record with its time; what the shard has otherwise or not at all is fetched singly when
it is little, else the whole ``all.zip`` is taken, as also when a record of the list is not there
(mirrors often carry the archives only). A record that is no record of this format is skipped and
counted; more than ``MAX_SKIPPED`` of them, or broken JSON, mean a damaged feed.
Source: https://google.github.io/osv.dev/data/ ("Data dumps"), https://ossf.github.io/osv-schema/.
"""

from collections.abc import Iterator
from typing import IO

import msgspec

from pratique.advisories.interface import (
    Batch,
    FeedDamaged,
    FeedNotFound,
    Fetcher,
    Job,
    Row,
)
from pratique.formats.feeds.osv import parse
from pratique.formats.feeds.record_zip import records
from pratique.kit.limits import Limits
from pratique.model.advisory import Advisory
from pratique.model.errors import FormatError

NAME = "osv"
TITLE = "OSV.dev"
FOLDER = "osv"
URL = "https://osv-vulnerabilities.storage.googleapis.com"
LICENCE = "each source's own: CC-BY-4.0 (GHSA, PyPA, Go, Red Hat…), CC0-1.0, MIT, Apache-2.0"
ATTRIBUTION = "OSV.dev and the databases it aggregates, named in each advisory's id"
PROVEN = False
SHARDS = ("*",)
PRECEDENCE = 50

DELTA_RECORDS = 256
"""Single records fetched for one delta; beyond, or beyond a quarter of all, the archive is taken."""
MAX_SKIPPED = 100

_LINE_BYTES = 1024
_NAME_BYTES = 1 << 20


def shards(fetcher: Fetcher) -> tuple[str, ...]:
    """Return the ecosystems that the publisher has archives of."""
    with _opened(fetcher, "ecosystems.txt") as body:
        text = body.read(_NAME_BYTES).decode(errors="replace")
    names = {line.strip().partition(":")[0] for line in text.splitlines()}
    return tuple(sorted(name for name in names if name and name != "GIT" and name[0] != "["))


def fetch(job: Job) -> Batch:
    """
    Return what is new of one ecosystem.

    Raises:
        FeedNotFound: the publisher has no such ecosystem.
        FeedError: unreachable or damaged.
    """
    listing = _listing(job)
    if listing is None:
        return Batch(rows=iter(()), unchanged=True)
    stamps, etags = listing
    if stamps and job.since.held:
        held = job.since.held
        changed = [ext for ext, stamp in stamps.items() if _moment(held.get(ext, "")) != stamp]
        gone = tuple(sorted(held.keys() - stamps.keys()))
        if not changed and not gone:
            return Batch(rows=iter(()), unchanged=True, etags=etags)
        # A list that lost half of its records is likelier damaged than right: the archive decides.
        few = len(changed) <= min(DELTA_RECORDS, len(stamps) // 4) and len(gone) <= len(held) // 2
        if few:
            delta = _delta(job, changed, stamps)
            if delta is not None:
                return Batch(rows=iter(delta), complete=False, removed=gone, etags=etags)
    return _whole(job, etags)


def _listing(job: Job) -> tuple[dict[str, str], dict[str, str]] | None:
    """Return time by record and the list's etag; empty without a list, None if it is unchanged."""
    path = f"{job.shard}/modified_id.csv"
    try:
        answer = job.fetcher.get(path, etag=job.since.etags.get(path, ""))
    except FeedNotFound:
        return {}, {}
    if answer.body is None:
        return None
    with answer.body as body:
        return _stamps(body, job.limits), {path: answer.etag}


def _stamps(body: IO[bytes], limits: Limits) -> dict[str, str]:
    found: dict[str, str] = {}
    while line := body.readline(_LINE_BYTES):
        stamp, comma, ext = line.decode(errors="replace").strip().partition(",")
        if not comma or not line.endswith(b"\n"):
            raise FeedDamaged("modified_id.csv is cut short or not a list of time and id")
        # The list of all ecosystems says "dir/id", the one of a single ecosystem "id".
        found[ext.rpartition("/")[2]] = _moment(stamp)
        if len(found) > limits.feed_records:
            raise FeedDamaged(f"modified_id.csv lists more than {limits.feed_records} records")
    return found


def _moment(stamp: str) -> str:
    """
    Return a time of modification the one way it is compared.

    >>> _moment("2025-01-16T18:15:18.500000Z"), _moment("2025-01-16T18:15:18+00:00")
    ('2025-01-16T18:15:18.5', '2025-01-16T18:15:18')
    """
    bare = stamp.removesuffix("Z").removesuffix("+00:00")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare


def _delta(job: Job, changed: list[str], stamps: dict[str, str]) -> list[Row] | None:
    """Return the changed records, None where one of them is not offered singly."""
    found: list[Row] = []
    for count, ext in enumerate(changed):
        if job.progress:
            job.progress(f"{job.shard}: changed records", count)
        try:
            with _opened(job.fetcher, f"{job.shard}/{ext}.json") as body:
                raw = body.read(job.limits.feed_record_bytes)
        except FeedNotFound:
            return None
        advisory = _advisory(raw, job, ext)
        if _moment(advisory.modified) != stamps[ext]:
            # The list decides about the next delta, so that no record is fetched for ever.
            advisory = msgspec.structs.replace(advisory, modified=stamps[ext])
        found.append(advisory)
    return found


def _whole(job: Job, etags: dict[str, str]) -> Batch:
    path = f"{job.shard}/all.zip"
    # With a list at hand its changes decide; the archive's own etag only counts without one.
    answer = job.fetcher.get(path, etag="" if etags else job.since.etags.get(path, ""))
    if answer.body is None:
        return Batch(rows=iter(()), unchanged=True)
    batch = Batch(rows=iter(()), etags={**etags, path: answer.etag})
    batch.rows = _rows(answer.body, job, batch.skipped)
    return batch


def _rows(body: IO[bytes], job: Job, skipped: list[str]) -> Iterator[Row]:
    count = 0
    try:
        with body:
            for name, raw in records(body, ".json", job.limits):
                try:
                    yield parse(raw, feed=NAME, base=job.shard)
                except FormatError as error:
                    _skip(name, raw, error, skipped)
                count += 1
                if job.progress and count % 500 == 0:
                    job.progress(f"{job.shard}: records", count)
    except FormatError as error:
        raise FeedDamaged(f"{job.shard}/all.zip: {error}") from None


def _advisory(raw: bytes, job: Job, ext: str) -> Advisory:
    try:
        advisory = parse(raw, feed=NAME, base=job.shard)
    except FormatError as error:
        raise FeedDamaged(f"{job.shard}/{ext}.json: {error}") from None
    if advisory.id != ext:
        raise FeedDamaged(f"{job.shard}/{ext}.json holds another record")
    return advisory


def _skip(name: str, raw: bytes, error: FormatError, skipped: list[str]) -> None:
    """
    Count a record that is JSON but not of this format.

    Raises:
        FormatError: it is no JSON at all, or there are too many.
    """
    try:
        msgspec.json.decode(raw, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        raise error from None
    skipped.append(f"{name.removesuffix('.json')}: {error}")
    if len(skipped) > MAX_SKIPPED:
        raise FormatError(f"more than {MAX_SKIPPED} records are not OSV, the last: {error}")


def _opened(fetcher: Fetcher, path: str) -> IO[bytes]:
    answer = fetcher.get(path)
    if answer.body is None:
        raise FeedDamaged(f"the server answers 'unchanged' to a plain request for {path}")
    return answer.body
