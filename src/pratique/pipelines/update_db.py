"""
Have the advisory data that a run needs: fetch what is missing or old, use what is there otherwise.

Law: what could not be had is said. Old data stay in use when the publisher cannot be reached, with
an Unknown that says how old they are; absent data become a coverage Unknown for that ecosystem,
and the scan goes on. CVE scores (hundreds of megabytes at their publishers) are never fetched by a
scan: ``pratique db update --scores`` or a prepared source brings them.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pratique.advisories.database import Database
from pratique.advisories.shards import schema as shard_schema
from pratique.formats.feeds.osv import base_of
from pratique.model.errors import StorageError
from pratique.model.unknown import Stage, Unknown
from pratique.pipelines import shard_files
from pratique.pipelines.db_settings import DAY_S, DbSettings, Outcome, Refreshed

if TYPE_CHECKING:
    from pratique.pipelines.db_feeds import Feeds

__all__ = ["DbSettings", "age", "available", "ensure", "update"]


def ensure(wanted: Iterable[str], settings: DbSettings) -> tuple[Database, tuple[Unknown, ...]]:
    """
    Return the database, with the shards that ``wanted`` needs as fresh as they can be had.

    Args:
        wanted: ecosystem names, with or without release (``Debian:12``, ``PyPI``).
        settings: where and how.

    Raises:
        UsageError: the source is a folder that is not there.
    """
    names = {*wanted, *settings.releases}
    settings = replace(settings, releases=tuple(sorted(names)))
    shards = [*sorted({base_of(name) for name in names}), *shard_schema.SMALL]
    lending = frozenset(shards) if settings.own_data_only else None
    database = Database(settings.folder, lending)
    due = [shard for shard in shards if _is_due(shard, database, settings)]
    if not due:
        return database, ()
    if settings.offline:
        return database, tuple(_lacking(shard, database) for shard in due)
    database.close()
    with _feeds(settings) as feeds:
        unknowns = tuple(said for shard in due for said in _refreshed(shard, feeds, settings))
    return Database(settings.folder, lending), unknowns


def update(shards: Iterable[str], settings: DbSettings) -> Iterator[Refreshed]:
    """
    Update shards, whatever their age, and yield what became of each.

    Raises:
        UsageError: the source is a folder that is not there.
        StorageError: the folder cannot be written or is full.
    """
    from pratique.pipelines.refresh_shard import refresh  # see _feeds

    with _feeds(settings) as feeds:
        for shard in shards:
            yield refresh(shard, feeds, settings)


def available(settings: DbSettings) -> tuple[str, ...]:
    """
    Return every shard that the publishers, or the source, may have data for.

    Raises:
        FeedError: a publisher cannot be asked.
    """
    with _feeds(settings) as feeds:
        return feeds.shards()


def _feeds(settings: DbSettings) -> "Feeds":
    # Feeds, HTTP and TLS cost 60 ms to import, and most scans find fresh data.
    from pratique.pipelines.db_feeds import Feeds

    return Feeds(settings)


def _is_due(shard: str, database: Database, settings: DbSettings) -> bool:
    """Return whether a shard is absent, unreadable, of another source, too old, or lacks a part."""
    opened = database.shard(shard)
    when = shard_files.checked(settings.folder, shard)
    if opened is None or when is None:
        return True
    if any(row.problem for row in opened.feeds.values()):
        return True
    if settings.offline:
        return False
    if opened.origin != settings.origin():
        return True
    # What was checked in the future was checked by a clock that was wrong: nobody knows its age.
    if abs(settings.now.timestamp() - when) > settings.max_age_s:
        return True
    mine = {name for name in settings.releases if name.startswith(f"{shard}:")}
    return any(row.releases and not mine <= {*row.releases} for row in opened.feeds.values())


def _lacking(shard: str, database: Database) -> Unknown:
    """Say what a shard lacks that --offline forbids to fetch."""
    opened = database.shard(shard)
    if opened is None:
        return _unknown(shard, "no data: not on this machine, and --offline forbids fetching")
    problems = (f"{row.name}: {row.problem}" for row in opened.feeds.values() if row.problem)
    return _unknown(shard, f"without news of one of its feeds: {'; '.join(problems)}")


def _refreshed(shard: str, feeds: "Feeds", settings: DbSettings) -> Iterator[Unknown]:
    """Refresh one shard and yield what a person must know of it."""
    from pratique.pipelines.refresh_shard import refresh  # see _feeds

    try:
        result = refresh(shard, feeds, settings)
    except StorageError as error:
        result = Refreshed(shard=shard, outcome=Outcome.KEPT, problems=(str(error),))
    reason = "; ".join(result.problems)
    when = shard_files.checked(settings.folder, shard)
    if result.outcome is Outcome.NO_DATA:
        yield _unknown(shard, "no data: no feed has any")
    elif when is None:
        yield _unknown(shard, f"no data: {reason}")
    elif result.outcome is Outcome.KEPT:
        span = age(settings.now.timestamp() - when)
        where = _elsewhere(shard, settings)
        words = f"data of {span} ago{where} are used, because the update failed: {reason}"
        yield _unknown(shard, words)
    elif reason:
        yield _unknown(shard, f"without news of one of its feeds: {reason}")


def _elsewhere(shard: str, settings: DbSettings) -> str:
    """Name where kept data come from, if that is not where they were wanted from."""
    with Database(settings.folder) as database:
        kept = database.shard(shard)
        if kept is None or kept.origin == settings.origin():
            return ""
        return f" from {kept.origin or 'the publishers'}"


def age(seconds: float) -> str:
    """
    Return a time span as a person says it.

    >>> age(90), age(7200), age(3 * 86400)
    ('2 minutes', '2 hours', '3 days')
    """
    for unit, length in (("day", DAY_S), ("hour", 3600.0), ("minute", 60.0)):
        count = round(max(0.0, seconds) / length)
        if seconds >= length or unit == "minute":
            return f"{count} {unit}{'' if count == 1 else 's'}"
    raise AssertionError("unreachable")


def _unknown(shard: str, reason: str) -> Unknown:
    return Unknown(stage=Stage.ADVISORY, unit="advisories", location=shard, reason=reason)
