"""Describe the shards of a folder: what is in them, whose it is, and how old."""

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.feeds import FeedRow
from pratique.advisories.shards.shard import Shard
from pratique.model.errors import StorageError
from pratique.pipelines import shard_files


class ShardStatus(Struct, frozen=True, kw_only=True):
    """
    One shard.

    ``origin`` is the mirror that it was built from, empty for the publishers. ``age_s`` is the time
    since its feeds were last asked. ``unproven`` names feeds whose live endpoint this code has never
    been exercised against. ``problem`` says why it cannot be read.
    """

    shard: str
    records: int = 0
    newest: str = ""
    built: str = ""
    origin: str = ""
    age_s: float = 0.0
    size_bytes: int = 0
    feeds: tuple[FeedRow, ...] = ()
    unproven: tuple[str, ...] = ()
    problem: str = ""


def describe(folder: Path, now: datetime) -> tuple[ShardStatus, ...]:
    """Return the state of every shard in a folder, sorted by name."""
    return tuple(_describe(folder, name, now) for name in shard_schema.shards_in(folder))


def _describe(folder: Path, name: str, now: datetime) -> ShardStatus:
    path = shard_files.shard_path(folder, name)
    try:
        size = path.stat().st_size
        age_s = max(0.0, now.timestamp() - path.stat().st_mtime)
        shard = Shard(path)
    except OSError as error:
        return ShardStatus(shard=name, problem=str(error.strerror))
    except StorageError as error:
        return ShardStatus(shard=name, size_bytes=size, age_s=age_s, problem=str(error))
    feeds = tuple(shard.feeds.values())
    status = ShardStatus(
        shard=name,
        records=sum(feed.records for feed in feeds),
        newest=shard.newest,
        built=shard.built,
        origin=shard.origin,
        age_s=age_s,
        size_bytes=size,
        feeds=feeds,
        unproven=tuple(feed.name for feed in feeds if not feed.proven),
    )
    shard.close()
    return status
