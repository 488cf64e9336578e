"""A feed's file is had whole or not at all, from a folder or a server."""

import gzip
from pathlib import Path

import pytest

from pratique.advisories.fetchers import FolderFetcher, HttpFetcher, check_source, is_url
from pratique.advisories.interface import FeedNotFound, Fetched
from pratique.kit.http import Backoff, Http
from pratique.kit.limits import Limits
from pratique.model.errors import FeedError, StorageError, UsageError
from tests.makers.feed_server import Fault, serving

IMPATIENT = Backoff(retries=1, sleep=lambda _: None)


def content(fetched: Fetched) -> bytes | None:
    if fetched.body is None:
        return None
    with fetched.body as body:
        return body.read()


def test_a_folder_gives_files_and_etags(tmp_path: Path) -> None:
    """The same etag means: nothing to read; a changed file has another."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.csv").write_bytes(b"one")
    fetcher = FolderFetcher(tmp_path)

    first = fetcher.get("a/b.csv")
    assert (content(first), first.size_bytes) == (b"one", 3)
    same = fetcher.get("a/b.csv", etag=first.etag)
    (tmp_path / "a" / "b.csv").write_bytes(b"other")
    other = fetcher.get("a/b.csv", etag=first.etag)

    assert content(same) is None
    assert content(other) == b"other"


@pytest.mark.parametrize("path", ["absent", "absent/file", "file/below", "."])
def test_a_folder_says_what_is_not_there(tmp_path: Path, path: str) -> None:
    """Absent files, and paths through a file, are not found; no path at all is an error."""
    (tmp_path / "file").touch()

    with pytest.raises(FeedError if path == "." else FeedNotFound):
        FolderFetcher(tmp_path).get(path)


@pytest.mark.parametrize("path", ["../secret", "a/../../secret", "/etc/passwd", ""])
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    """A record's id becomes part of a path, so it is checked."""
    (tmp_path / "feed").mkdir()
    (tmp_path / "secret").write_text("s")

    with pytest.raises(FeedError):
        FolderFetcher(tmp_path / "feed").get(path)


def test_a_server_gives_files_and_etags(tmp_path: Path) -> None:
    """Names are escaped; an unchanged file costs no body."""
    place = tmp_path / "osv" / "Red Hat"
    place.mkdir(parents=True)
    (place / "RHSA-2026:1.json").write_bytes(b"{}")
    seen: list[tuple[str, int, int]] = []
    with serving(tmp_path) as server, Http(environ={}, backoff=IMPATIENT) as http:
        fetcher = HttpFetcher(
            server.url + "/osv/", http, tmp_path, progress=lambda *what: seen.append(what)
        )
        first = fetcher.get("Red Hat/RHSA-2026:1.json")
        same = fetcher.get("Red Hat/RHSA-2026:1.json", etag=first.etag)

        assert content(first) == b"{}"
        assert content(same) is None
        assert same.etag == first.etag
        assert seen[-1] == ("Red Hat/RHSA-2026:1.json", 2, 2)
        with pytest.raises(FeedNotFound):
            fetcher.get("absent")


def test_text_travels_packed(tmp_path: Path) -> None:
    """The body is the plain file all the same; files packed by their publisher stay as they are."""
    text = b'{"a": "b"}' * 10_000
    (tmp_path / "data.json").write_bytes(text)
    (tmp_path / "data.json.gz").write_bytes(gzip.compress(text, mtime=0))
    with serving(tmp_path) as server, Http(environ={}, backoff=IMPATIENT) as http:
        server.packs = True
        fetcher = HttpFetcher(server.url, http, tmp_path)

        assert content(fetcher.get("data.json")) == text
        assert server.sent_bytes() < len(text) // 50
        assert content(fetcher.get("data.json.gz")) == gzip.compress(text, mtime=0)
        bomb = HttpFetcher(server.url, http, tmp_path, limits=Limits(feed_bytes=len(text) - 1))
        with pytest.raises(FeedError):
            bomb.get("data.json")
        server.faults["data.json"] = Fault(corrupt=True)
        with pytest.raises(FeedError):
            fetcher.get("data.json")


@pytest.mark.parametrize("fault", [Fault(cut=True), Fault(status=403), Fault(status=500)])
def test_a_server_that_fails_is_a_feed_error(tmp_path: Path, fault: Fault) -> None:
    """Cut bodies, refusals and internal errors leave nothing behind."""
    (tmp_path / "all.zip").write_bytes(bytes(100_000))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with serving(tmp_path) as server, Http(environ={}, backoff=IMPATIENT) as http:
        server.faults["all.zip"] = fault
        with pytest.raises(FeedError) as caught:
            HttpFetcher(server.url, http, scratch).get("all.zip")

    assert not isinstance(caught.value, FeedNotFound)
    assert list(scratch.iterdir()) == []


def test_bounds_and_disks_hold(tmp_path: Path) -> None:
    """A body over the limit is refused; a folder that cannot be written is a StorageError."""
    (tmp_path / "all.zip").write_bytes(bytes(100_000))
    with serving(tmp_path) as server, Http(environ={}, backoff=IMPATIENT) as http:
        small = HttpFetcher(server.url, http, tmp_path, limits=Limits(feed_bytes=99_999))
        with pytest.raises(FeedError):
            small.get("all.zip")
        with pytest.raises(StorageError):
            HttpFetcher(server.url, http, tmp_path / "absent").get("all.zip")


def test_nobody_listens(tmp_path: Path) -> None:
    """A closed port is a FeedError with a hint."""
    with Http(environ={}, backoff=IMPATIENT) as http, pytest.raises(FeedError) as caught:
        HttpFetcher("http://127.0.0.1:1", http, tmp_path).get("x")

    assert caught.value.hint()


def test_a_source_is_a_folder_or_a_url(tmp_path: Path) -> None:
    """A folder must be there; a URL is not asked yet."""
    check_source("")
    check_source(str(tmp_path))
    check_source("https://mirror.example")
    assert is_url("HTTP://x")
    with pytest.raises(UsageError):
        check_source(str(tmp_path / "absent"))
