"""
Get a feed's files from a folder or a web server, the same way for every feed.

Laws: a body is the whole file or the fetch fails; nothing partial is ever handed on. Downloads go
to an unnamed temporary file in the folder that the shards lie in, so they vanish with the process
and a full ``/tmp`` does not matter. Text travels packed where the server can: a tracker's JSON is
ten times smaller that way.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Self
from urllib.parse import quote

from pratique.advisories.interface import FeedDamaged, FeedNotFound, Fetched, Fetcher
from pratique.kit.http import Http, HttpError, HttpStatus
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FeedError, FormatError, StorageError, UsageError

_GONE = frozenset({404, 410})
_PACKED = (".gz", ".xz", ".bz2", ".zst", ".zip")
"""Files packed by their publisher: asking for more packing gains nothing and can confuse servers."""
_DATED = "modified "
"""Marks an ``etag`` that is a Last-Modified date, for servers that send no ETag."""


class FolderFetcher:
    """Read a feed that lies in a folder, in its publisher's layout."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get(self, path: str, *, etag: str = "") -> Fetched:
        """
        Open one file; its etag is made of size and time of change.

        Raises:
            FeedNotFound: there is no such file.
            FeedError: it cannot be read, or ``path`` leaves the folder.
        """
        parts = PurePosixPath(path).parts
        if not parts or any(part in ("..", "/") for part in parts):
            raise FeedError(f"not a path below a feed: {path[:80]!r}")
        place = self._root.joinpath(*parts)
        try:
            if not place.is_file():
                raise FeedNotFound(f"no {path} in {self._root}")
            facts = place.stat()
            current = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
            if etag == current:
                return Fetched(body=None, etag=current)
            return Fetched(body=place.open("rb"), etag=current, size_bytes=facts.st_size)
        except OSError as error:
            raise FeedError(f"cannot read {place}: {error.strerror}") from None


class HttpFetcher:
    """
    Download a feed's files from below a root URL.

    Args:
        root: the URL below which the feed's paths lie.
        http: the client, which retries, resumes and follows redirects.
        folder: where unnamed temporary files are made.
        progress: told (what, bytes so far, bytes in all or 0).
    """

    def __init__(
        self,
        root: str,
        http: Http,
        folder: Path,
        *,
        limits: Limits = DEFAULT,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> None:
        self._root = root.rstrip("/")
        self._http = http
        self._folder = folder
        self._limits = limits
        self._progress = progress

    def get(self, path: str, *, etag: str = "") -> Fetched:
        """
        Download one file, or learn that ``etag`` is current.

        Raises:
            FeedNotFound: the server has no such file.
            FeedError: unreachable, refused, interrupted, larger than ``Limits.feed_bytes``.
            StorageError: the disk is full.
        """
        name, question, query = path.partition("?")
        url = f"{self._root}/{quote(name)}{question}{query}"
        body = self._unnamed()
        try:
            return self._download(url, path, etag, body)
        except HttpStatus as error:
            body.close()
            if error.status in _GONE:
                raise FeedNotFound(f"the server has no {url}") from None
            raise FeedError(f"cannot fetch {path}: {error}", hint=error.hint()) from None
        except HttpError as error:
            body.close()
            raise FeedError(f"cannot fetch {path}: {error}", hint=error.hint()) from None
        except OSError as error:
            body.close()
            raise StorageError(f"cannot keep {path}: {error.strerror}") from None

    def _download(self, url: str, path: str, etag: str, body: IO[bytes]) -> Fetched:
        progress = self._progress
        packs = not path.endswith(_PACKED)
        answer = self._http.download(
            url,
            body,
            max_bytes=self._limits.feed_bytes,
            headers={**_conditions(etag), **({"accept-encoding": "gzip"} if packs else {})},
            progress=(lambda done, total: progress(path, done, total)) if progress else None,
        )
        if answer.status == 304:
            body.close()
            return Fetched(body=None, etag=etag)
        body.seek(0)
        if packs and answer.headers.get("content-encoding", "").lower() in ("gzip", "x-gzip"):
            body = self._unpacked(body, path)
        dated = answer.headers.get("last-modified", "")
        current = answer.headers.get("etag", "") or (dated and _DATED + dated)
        return Fetched(body=body, etag=current, size_bytes=answer.size_bytes)

    def _unpacked(self, body: IO[bytes], path: str) -> IO[bytes]:
        """Undo what the server packed for the transfer only."""
        import shutil  # these only where something is downloaded

        from pratique.formats.packed import unpacked

        plain = self._unnamed()
        try:
            with body:
                shutil.copyfileobj(unpacked(body, self._limits.feed_bytes), plain)
        except FormatError as error:
            plain.close()
            raise FeedDamaged(f"{path} arrived damaged: {error}") from None
        plain.seek(0)
        return plain

    def _unnamed(self) -> IO[bytes]:
        try:
            return tempfile.TemporaryFile(dir=self._folder)
        except OSError as error:
            raise StorageError(f"cannot write to {self._folder}: {error.strerror}") from None


class ClosingFetcher:
    """
    Pass on another fetcher's answers, and close at the end every body that was handed out.

    A feed closes what it has read; what was asked for and then not read, because another feed
    failed, is closed here. Use as a context manager.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._bodies: list[IO[bytes]] = []

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the bodies."""
        for body in self._bodies:
            body.close()

    def get(self, path: str, *, etag: str = "") -> Fetched:
        """Fetch one file, see ``Fetcher``."""
        fetched = self._fetcher.get(path, etag=etag)
        self._bodies = [body for body in self._bodies if not body.closed]
        if fetched.body is not None:
            self._bodies.append(fetched.body)
        return fetched


def is_url(source: str) -> bool:
    """
    Say whether ``--source`` names a server.

    >>> is_url("https://mirror.example/feeds"), is_url("../mirror")
    (True, False)
    """
    return source.lower().startswith(("http://", "https://"))


def check_source(source: str) -> None:
    """
    Pass a ``--source`` that can be used.

    Raises:
        UsageError: it names a folder that is not there.
    """
    if source and not is_url(source) and not Path(source).is_dir():
        raise UsageError(
            f"--source: no folder {source[:200]!r}",
            hint="name a folder or an http(s) URL with one directory per feed",
        )


def _conditions(etag: str) -> dict[str, str]:
    if etag.startswith(_DATED):
        return {"if-modified-since": etag.removeprefix(_DATED)}
    return {"if-none-match": etag} if etag else {}
