"""
Serve a feed from memory, and pack what it serves.

The samples of each publisher's format stand in ``tracker_samples``, ``rpm_samples`` and
``cve_samples``; everything there is invented, only the shapes are the publishers'.
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping

import zstandard

from pratique.advisories.interface import Batch, Feed, FeedNotFound, Fetched, Job, Row, Since

Json = Mapping[str, object]


class MemoryFetcher:
    """Serve a feed's files from a dict; what it was asked for stands in ``asked``."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.asked: list[str] = []
        self.bodies: list[io.BytesIO] = []

    def get(self, path: str, *, etag: str = "") -> Fetched:
        self.asked.append(path)
        if path not in self.files:
            raise FeedNotFound(f"no {path}")
        content = self.files[path]
        current = hashlib.sha256(content).hexdigest()[:16]
        if etag == current:
            return Fetched(body=None, etag=current)
        self.bodies.append(io.BytesIO(content))
        return Fetched(body=self.bodies[-1], etag=current, size_bytes=len(content))


def job(feed: Feed, files: Mapping[str, bytes], **more: object) -> Job:
    """Return a job for a feed's first shard over files in memory."""
    return Job(shard=feed.SHARDS[0], fetcher=MemoryFetcher(files), **more)  # type: ignore[arg-type]


def fetched(
    feed: Feed, files: Mapping[str, bytes], since: Since | None = None, **more: object
) -> tuple[Batch, list[Row]]:
    """Return the batch and all its rows; every body that was handed out must be closed by then."""
    work = job(feed, files, since=since or Since(), **more)
    batch = feed.fetch(work)
    rows = list(batch.rows)
    assert isinstance(work.fetcher, MemoryFetcher)
    assert all(body.closed for body in work.fetcher.bodies)
    return batch, rows


def since(batch: Batch) -> Since:
    """Return what a shard would remember of a batch."""
    return Since(etags=batch.etags, modified=batch.modified)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def tar(files: Mapping[str, bytes]) -> bytes:
    """Return a tar archive; long names make pax headers."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def tar_gz(files: Mapping[str, bytes]) -> bytes:
    return gzip.compress(tar(files), mtime=0)


def tar_zst(files: Mapping[str, bytes]) -> bytes:
    return zstandard.compress(tar(files))
