"""Lay out what `pratique db` prints: plain lines of at most 80 columns where names allow it."""

from collections.abc import Iterable, Iterator, Sequence

from pratique.advisories.shards.feeds import FeedRow
from pratique.formats.text import columns, padded, printable
from pratique.pipelines.db_settings import Refreshed
from pratique.pipelines.db_status import ShardStatus

UNPROVEN = "*"
_MIB = 1 << 20


def results(refreshed: Iterable[Refreshed]) -> Iterator[str]:
    """Yield one line per shard, and one per problem below it."""
    for result in refreshed:
        size = f"{result.records:>9,} records {_megabytes(result.size_bytes):>9}"
        line = f"{padded(printable(result.shard), 16)}  {result.outcome:<10}"
        yield f"{line} {size if result.records else ''}".rstrip()
        for note in result.notes:
            yield f"  note: {printable(note)}"
        for problem in result.problems:
            yield f"  problem: {printable(problem)}"


def statuses(shards: Sequence[ShardStatus]) -> Iterator[str]:
    """Yield a table of the shards, then whose data they hold."""
    head = ("SHARD", "RECORDS", "NEWEST", "BUILT", "CHECKED", "SIZE", "FEEDS")
    rows = [head, *(_row(shard) for shard in shards)]
    widths = [max(columns(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        yield "  ".join(padded(c, w) for c, w in zip(row, widths, strict=True)).rstrip()
    for shard in shards:
        if shard.problem:
            yield f"problem: {printable(shard.problem)}"
        for feed in shard.feeds:
            if feed.problem:
                problem = printable(feed.problem)
                yield f"{printable(shard.shard)}: {feed.name} could not be read: {problem}"
            if feed.skipped:
                names = printable("; ".join(feed.skipped))
                yield f"{printable(shard.shard)}: {feed.name} skipped unreadable records: {names}"
    for origin in sorted({shard.origin for shard in shards if shard.origin}):
        names = ", ".join(shard.shard for shard in shards if shard.origin == origin)
        yield f"from {printable(origin)}: {printable(names)}"
    yield ""
    yield from _feeds({feed.name: feed for shard in shards for feed in shard.feeds})


def _row(shard: ShardStatus) -> tuple[str, ...]:
    feeds = (feed.name + ("" if feed.proven else UNPROVEN) for feed in shard.feeds)
    return (
        printable(shard.shard),
        f"{shard.records:,}",
        shard.newest[:10] or "-",
        shard.built[:10] or "-",
        f"{_age(shard.age_s)} ago",
        _megabytes(shard.size_bytes),
        "unreadable" if shard.problem else printable(", ".join(feeds)) or "-",
    )


def _feeds(feeds: dict[str, FeedRow]) -> Iterator[str]:
    for name in sorted(feeds):
        feed = feeds[name]
        mark = "" if feed.proven else UNPROVEN
        yield f"{printable(name)}{mark}: {printable(feed.title)}, {printable(feed.url)}"
        yield f"    licence: {printable(feed.licence)}; {printable(feed.attribution)}"
    if any(not feed.proven for feed in feeds.values()):
        yield f"{UNPROVEN} unproven: this version has never been run against the live endpoint"


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / _MIB:.1f} MB"


def _age(seconds: float) -> str:
    """
    Return a time span in one short word.

    >>> _age(30), _age(7200), _age(200_000)
    ('30s', '2h', '2d')
    """
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= length:
            return f"{int(seconds // length)}{unit}"
    return f"{int(seconds)}s"
