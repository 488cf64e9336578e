"""Make small shards from advisories, as an update would write them."""

from collections.abc import Iterable
from pathlib import Path

from pratique.advisories.interface import Row
from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.feeds import FeedRow
from pratique.advisories.shards.writer import ShardWriter
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range

NOW = "2026-11-21T12:00:00Z"
NATIVE = FeedRow(name="native", title="Native", precedence=10, proven=True)
OSV = FeedRow(name="osv", title="OSV", precedence=50)


def advisory(
    name: str,
    package: str = "openssl",
    *,
    ecosystem: str = "Debian:12",
    fixed: str = "1.2-3",
    feed: str = "osv",
    **more: object,
) -> Advisory:
    """Return an advisory on one package."""
    affected = Affected(
        ecosystem=ecosystem, name=package, ranges=(Range("0", fixed),), state=FixState.FIXED
    )
    fields: dict[str, object] = {
        "title": f"a flaw in {package}",
        "description": f"Details of {name}.",
        "modified": "2026-01-02T03:04:05Z",
        "affected": (affected,),
        **more,
    }
    return Advisory(id=AdvisoryId(name), feed=feed, **fields)  # type: ignore[arg-type]


def write_shard(
    folder: Path, name: str, feeds: Iterable[tuple[FeedRow, Iterable[Row]]], now: str = NOW
) -> Path:
    """Write a shard of these feeds' rows into ``folder`` and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / shard_schema.shard_file(name)
    with ShardWriter(path, fresh=True) as writer:
        for feed, rows in feeds:
            number = writer.open_feed(feed)
            for row in rows:
                writer.add(number, row)
        writer.finish(name, now)
    return path
