"""Feeds are found by what they fill, and reached by their URL or through the source."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pratique.advisories import osv
from pratique.advisories.fetchers import FolderFetcher, HttpFetcher
from pratique.model.errors import FeedError, UsageError
from pratique.pipelines.db_feeds import Feeds
from pratique.pipelines.db_settings import DbSettings
from tests.makers.fake_feeds import FakeFeed
from tests.makers.feed_server import serving
from tests.makers.feeds import osv_records, write_osv

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def settings(folder: Path, source: str | None = None) -> DbSettings:
    return DbSettings(folder=folder, now=NOW, source=source, environ={})


def test_feeds_fill_shards_in_order_of_precedence(tmp_path: Path) -> None:
    """A feed of all ecosystems fills no shard that is not an ecosystem."""
    native = FakeFeed("native", [], precedence=10)
    kev = FakeFeed("kev", [], shards=("kev",))
    with Feeds(settings(tmp_path), [osv, kev, native]) as feeds:
        assert [feed.NAME for feed in feeds.filling("Debian")] == ["native", "osv"]
        assert [feed.NAME for feed in feeds.filling("PyPI")] == ["osv"]
        assert [feed.NAME for feed in feeds.filling("kev")] == ["kev"]
        assert feeds.filling("cve-scores") == ()


def test_every_installed_feed_is_found(tmp_path: Path) -> None:
    """Listing is registration."""
    with Feeds(settings(tmp_path)) as feeds:
        assert "osv" in [feed.NAME for feed in feeds.filling("Debian")]


def test_the_source_decides_the_way(tmp_path: Path) -> None:
    """A folder, a server with a directory per feed, or the feed's own URL."""
    fake = FakeFeed("fake", [])
    write_osv(tmp_path, "Debian", osv_records(1))
    with Feeds(settings(tmp_path, str(tmp_path)), [osv]) as feeds:
        [feed] = feeds.filling("Debian")
        fetcher = feeds.fetcher(feed)
        assert isinstance(fetcher, FolderFetcher)
        with fetcher.get("Debian/all.zip").body or pytest.fail("no body") as body:
            assert body.read(2) == b"PK"
    with (
        serving(tmp_path) as server,
        Feeds(settings(tmp_path, server.url + "/"), [osv]) as feeds,
    ):
        [feed] = feeds.filling("Debian")
        fetcher = feeds.fetcher(feed)
        assert isinstance(fetcher, HttpFetcher)
        with fetcher.get("Debian/modified_id.csv").body or pytest.fail("no body") as body:
            assert body.read().startswith(b"2026-01-02")
        assert server.answered(200) == ["osv/Debian/modified_id.csv"]
    with Feeds(settings(tmp_path), [fake]) as feeds, pytest.raises(FeedError):
        feeds.fetcher(fake).get("x")  # its own URL, where nobody listens


def test_shards_are_the_named_and_the_publishers(tmp_path: Path) -> None:
    """Static names, and what a feed of all ecosystems lists; a source without it adds nothing."""
    kev = FakeFeed("kev", [], shards=("kev",))
    with Feeds(settings(tmp_path, str(tmp_path)), [osv, kev]) as feeds:
        assert feeds.shards() == ("kev",)
    write_osv(tmp_path, "Debian", osv_records(1))
    write_osv(tmp_path, "Red Hat", osv_records(1, "Red Hat:x"))
    with Feeds(settings(tmp_path, str(tmp_path)), [osv, kev]) as feeds:
        assert feeds.shards() == ("Debian", "Red Hat", "kev")


def test_a_source_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    """Before anything is asked."""
    with pytest.raises(UsageError):
        Feeds(settings(tmp_path, str(tmp_path / "absent")), [osv])
