"""Find the feeds that fill a shard, and open the way to each: its own URL, or ``--source``."""

from collections.abc import Iterable
from pathlib import Path
from typing import Self, cast

from pratique.advisories.fetchers import FolderFetcher, HttpFetcher, check_source, is_url
from pratique.advisories.interface import Feed, FeedNotFound, Fetcher
from pratique.advisories.shards import schema as shard_schema
from pratique.kit import registry
from pratique.kit.http import Http
from pratique.pipelines.db_settings import DbSettings
from pratique.pipelines.shard_files import storage

_OWN = frozenset({*shard_schema.SMALL, shard_schema.CVE_SCORES})
"""Shards that are no ecosystem: a feed of all ecosystems has nothing for them."""


class Feeds:
    """
    Every feed and the connections to their publishers; use as a context manager.

    Args:
        modules: the feed modules; None takes all that are installed.

    Raises:
        UsageError: ``settings.source`` names a folder that is not there.
    """

    def __init__(self, settings: DbSettings, modules: Iterable[object] | None = None) -> None:
        check_source(settings.source or "")
        self._settings = settings
        found = registry.load("advisories").values() if modules is None else modules
        feeds = [cast(Feed, module) for module in found if hasattr(module, "fetch")]
        self._feeds = sorted(feeds, key=lambda feed: (feed.PRECEDENCE, feed.NAME))
        self._http: Http | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        if self._http is not None:
            self._http.close()

    def filling(self, shard: str) -> tuple[Feed, ...]:
        """Return the feeds that can fill a shard, best precedence first."""
        return tuple(
            feed
            for feed in self._feeds
            if shard in feed.SHARDS or ("*" in feed.SHARDS and shard not in _OWN)
        )

    def shards(self) -> tuple[str, ...]:
        """
        Return every shard that the publishers have data for, as far as they say.

        Raises:
            FeedError: a publisher could not be asked.
        """
        names = {name for feed in self._feeds for name in feed.SHARDS if name != "*"}
        for feed in self._feeds:
            if "*" in feed.SHARDS:
                try:
                    names.update(feed.shards(self.fetcher(feed)))  # type: ignore[attr-defined]
                except FeedNotFound:
                    continue
        return tuple(sorted(names))

    def fetcher(self, feed: Feed) -> Fetcher:
        """
        Return the way to a feed's files.

        Raises:
            StorageError: the folder, where downloads are kept unnamed, cannot be made.
        """
        source = self._settings.source
        if source and not is_url(source):
            return FolderFetcher(Path(source) / feed.FOLDER)
        root = f"{source.rstrip('/')}/{feed.FOLDER}" if source else feed.URL
        settings = self._settings
        with storage(settings.folder):
            settings.folder.mkdir(parents=True, exist_ok=True)
        return HttpFetcher(
            root,
            self._client(),
            settings.folder,
            limits=settings.limits,
            progress=lambda path, done, _: settings.tell(f"fetching {path}: bytes", done),
        )

    def _client(self) -> Http:
        if self._http is None:
            settings = self._settings
            self._http = Http(
                environ=settings.environment(),
                timeout_s=settings.timeout_s,
                ca_file=settings.ca_file,
                backoff=settings.backoff,
            )
        return self._http
