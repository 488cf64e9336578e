"""
Bring one shard up to date from all feeds that fill it.

Laws: the shard in place is good at every moment; a feed that fails costs only its own news; a feed
that has nothing for this shard is no failure unless it had something before. A shard never mixes
origins: with another ``--source`` it is built anew, and goes where that source has nothing for it.
"""

import gc
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pratique.advisories.fetchers import ClosingFetcher
from pratique.advisories.interface import Batch, Feed, FeedDamaged, FeedNotFound, Job, Since
from pratique.advisories.shards.feeds import FeedRow, described, shortened
from pratique.advisories.shards.shard import Shard, ShardOutdated
from pratique.advisories.shards.writer import ShardWriter
from pratique.kit.clock import iso
from pratique.model.errors import FeedError, FormatError, StorageError
from pratique.pipelines import shard_files
from pratique.pipelines.db_feeds import Feeds
from pratique.pipelines.db_settings import DbSettings, Outcome, Refreshed


class _Plan(Struct):
    """One feed with what it has to say."""

    feed: Feed
    batch: Batch
    releases: tuple[str, ...]


class _FeedFailed(Exception):
    """Report that one feed's rows broke off; the others can go on without it."""

    def __init__(self, feed: str, reason: str) -> None:
        super().__init__(reason)
        self.feed = feed


def refresh(shard: str, feeds: Feeds, settings: DbSettings) -> Refreshed:
    """
    Update one shard, or build it.

    Raises:
        StorageError: the folder cannot be written or is full; the old shard stays.
    """
    before = shard_files.checked(settings.folder, shard)

    def waiting() -> None:
        settings.tell(f"{shard}: waiting for another update to end")

    with shard_files.locked(settings.folder, shard, waiting) as waited:
        if waited and shard_files.checked(settings.folder, shard) != before:
            return _result(shard, Outcome.REUSED, settings)
        old, notes = _present(shard, settings)
        moved = old is not None and old.origin != settings.origin()
        try:
            with _without_collector():
                known = None if moved else old
                refreshed = _Refresh(shard, known, feeds, settings).run()
        finally:
            if old is not None:
                old.close()
        return _moved(refreshed, settings) if moved else replace(refreshed, notes=notes)


def _moved(refreshed: Refreshed, settings: DbSettings) -> Refreshed:
    """Return the result of a shard that had another origin; what its source lacks is taken away."""
    shard = refreshed.shard
    if refreshed.outcome is Outcome.NO_DATA:
        with shard_files.storage(settings.folder):
            shard_files.shard_path(settings.folder, shard).unlink(missing_ok=True)
    elif refreshed.outcome is Outcome.FAILED:
        return _result(shard, Outcome.KEPT, settings, refreshed.problems)
    return refreshed


class _Refresh:
    def __init__(self, shard: str, old: Shard | None, feeds: Feeds, settings: DbSettings) -> None:
        self._shard, self._old, self._feeds, self._settings = shard, old, feeds, settings
        self._rows = {row.name: row for row in old.feeds.values()} if old else {}
        self._failed: dict[str, str] = {}

    def run(self) -> Refreshed:
        while True:
            try:
                with ExitStack() as opened:
                    return self._once(list(self._plans(opened)))
            except _FeedFailed as failure:
                # What the other feeds said is spent; ask them again and leave this one out.
                self._failed[failure.feed] = str(failure)

    def _once(self, plans: Sequence[_Plan]) -> Refreshed:
        mended = any(row.problem and name not in self._failed for name, row in self._rows.items())
        if all(plan.batch.unchanged for plan in plans) and not mended:
            return self._nothing_new(plans)
        self._write(plans)
        outcome = Outcome.BUILT if self._fresh(plans) else Outcome.PATCHED
        return _result(self._shard, outcome, self._settings, self._problems())

    def _nothing_new(self, plans: Sequence[_Plan]) -> Refreshed:
        if self._old is None:
            outcome = Outcome.FAILED if self._failed else Outcome.NO_DATA
            return Refreshed(shard=self._shard, outcome=outcome, problems=self._problems())
        if self._failed or not plans:
            return _result(self._shard, Outcome.KEPT, self._settings, self._problems())
        shard_files.touch(self._settings.folder, self._shard, self._settings.now)
        return _result(self._shard, Outcome.UNCHANGED, self._settings)

    def _plans(self, opened: ExitStack) -> Iterator[_Plan]:
        for feed in self._feeds.filling(self._shard):
            if feed.NAME in self._failed:
                continue
            row = self._rows.get(feed.NAME)
            releases = _releases(feed, row, self._shard, self._settings.releases)
            known = self._old is not None and row is not None and row.releases == releases
            since = self._old.since(feed.NAME) if self._old and known else Since()
            job = Job(
                shard=self._shard,
                fetcher=opened.enter_context(ClosingFetcher(self._feeds.fetcher(feed))),
                since=since,
                releases=releases,
                limits=self._settings.limits,
                progress=self._settings.progress,
            )
            self._settings.tell(f"{self._shard}: asking {feed.TITLE}")
            try:
                yield _Plan(feed=feed, batch=feed.fetch(job), releases=releases)
            except FeedNotFound as error:
                if row is not None and row.records:
                    self._failed[feed.NAME] = f"no longer there: {error}"
            except (FeedError, FormatError) as error:
                self._failed[feed.NAME] = str(error)

    def _fresh(self, plans: Sequence[_Plan]) -> bool:
        """Return whether nothing of the old shard needs to be kept."""
        renewed = {p.feed.NAME for p in plans if p.batch.complete and not p.batch.unchanged}
        return all(not row.records or name in renewed for name, row in self._rows.items())

    def _write(self, plans: Sequence[_Plan]) -> None:
        folder, fresh = self._settings.folder, self._fresh(plans)
        with shard_files.replacing(folder, self._shard, self._settings.now) as temporary:
            if not fresh:
                with shard_files.storage(folder):
                    shutil.copyfile(shard_files.shard_path(folder, self._shard), temporary)
            with ShardWriter(temporary, fresh=fresh) as writer:
                for plan in plans:
                    if not plan.batch.unchanged:
                        self._write_feed(writer, plan)
                    elif held := self._rows.get(plan.feed.NAME):
                        writer.open_feed(replace(held, problem=""))
                for name, reason in self._failed.items():
                    writer.open_feed(replace(self._row(name), problem=reason))
                self._settings.tell(f"{self._shard}: writing")
                writer.finish(self._shard, iso(self._settings.now), self._settings.origin())
            Shard(temporary).close()

    def _write_feed(self, writer: ShardWriter, plan: _Plan) -> None:
        feed, batch = plan.feed, plan.batch
        held = self._rows.get(feed.NAME)
        number = writer.open_feed(described(feed))
        if batch.complete:
            writer.clear_feed(number)
        writer.remove(number, batch.removed)
        count = 0
        try:
            for row in batch.rows:
                writer.add(number, row)
                count += 1
            if batch.complete and not count and held is not None and held.records:
                raise FeedDamaged("it is suddenly empty")
        except (FeedError, FormatError) as error:
            raise _FeedFailed(feed.NAME, str(error)) from None
        kept = {} if batch.complete or held is None else held.etags
        writer.open_feed(
            replace(
                described(feed),
                modified=batch.modified or (held.modified if held else ""),
                fetched=iso(self._settings.now),
                etags={**kept, **batch.etags},
                releases=plan.releases,
                skipped=shortened(batch.skipped),
            )
        )

    def _row(self, name: str) -> FeedRow:
        """Return what the shard has of a feed, or else what its module says of itself."""
        if name in self._rows:
            return self._rows[name]
        return next(described(f) for f in self._feeds.filling(self._shard) if name == f.NAME)

    def _problems(self) -> tuple[str, ...]:
        return tuple(f"{name}: {reason}" for name, reason in sorted(self._failed.items()))


def _present(shard: str, settings: DbSettings) -> tuple[Shard | None, tuple[str, ...]]:
    path = shard_files.shard_path(settings.folder, shard)
    if not path.exists():
        return None, ()
    try:
        return Shard(path), ()
    except ShardOutdated:
        note = "laid out by another version of pratique: built again"
    except StorageError as error:
        note = f"{error}: built again"
    settings.tell(f"{shard}: {note}")
    return None, (note,)


def _releases(
    feed: Feed, row: FeedRow | None, shard: str, wanted: Sequence[str]
) -> tuple[str, ...]:
    """Return what to narrow a feed to: what is wanted, and what the shard has; empty for all."""
    mine = {name for name in wanted if name.startswith(f"{shard}:")}
    if not getattr(feed, "NARROWS", False) or not mine:
        return ()
    if row is None or not row.fetched:
        return tuple(sorted(mine))
    return tuple(sorted(mine.union(row.releases))) if row.releases else ()


def _result(
    shard: str, outcome: Outcome, settings: DbSettings, problems: tuple[str, ...] = ()
) -> Refreshed:
    path: Path = shard_files.shard_path(settings.folder, shard)
    try:
        opened = Shard(path)
    except StorageError:
        return Refreshed(shard=shard, outcome=outcome, problems=problems)
    try:
        records = sum(row.records for row in opened.feeds.values())
        size = path.stat().st_size
    finally:
        opened.close()
    return Refreshed(
        shard=shard, outcome=outcome, problems=problems, records=records, size_bytes=size
    )


@contextmanager
def _without_collector() -> Iterator[None]:
    # Building makes many short-lived values and no cycles; the collector would look at them in vain.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
