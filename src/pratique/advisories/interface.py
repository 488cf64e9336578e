"""
Fetch advisories: the one interface of this folder, its values and its errors.

A feed is one module: ``NAME``, ``TITLE``, ``URL`` (default root), ``LICENCE``, ``ATTRIBUTION``,
``PROVEN`` (its live endpoint has been exercised from this code), ``SHARDS`` (which shards it can
fill) and ``fetch``. ``--source`` replaces the URL root by ``<source>/<NAME folder>``; the paths
below the root are the same. A feed parses through ``formats/`` and does its I/O only through the
``Fetcher`` it is given.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import IO, Protocol

from msgspec import Struct

from pratique.kit.limits import DEFAULT, Limits
from pratique.model.advisory import Advisory, CveRecord, Epss, Exploited
from pratique.model.errors import FeedError


class FeedNotFound(FeedError):
    """Report that the feed has nothing at this path: the ecosystem has no data there."""


class FeedDamaged(FeedError):
    """Report content that is cut short or not in the publisher's format; the old data stays."""


class Fetched(Struct, frozen=True, kw_only=True):
    """
    The answer to one request.

    ``body`` is a seekable file of the whole content (an unnamed temporary file, or the mirror's
    own), or None when the server says that what we have (``etag``) is current.
    """

    body: IO[bytes] | None
    etag: str = ""
    size_bytes: int = 0


class Fetcher(Protocol):
    """Get files below a feed's root, from the network or from a folder."""

    def get(self, path: str, *, etag: str = "") -> Fetched:
        """
        Fetch one file.

        Raises:
            FeedNotFound: there is no such file.
            FeedError: unreachable, refused, interrupted.
        """


class EndOfLife(Struct, frozen=True, kw_only=True):
    """When support of one release cycle of a product ends; ISO dates, empty when not known."""

    product: str
    cycle: str
    eol: str = ""
    extended: str = ""
    latest: str = ""


class EpssRow(Struct, frozen=True, kw_only=True):
    """One line of the EPSS table."""

    cve: str
    epss: Epss


class ExploitedRow(Struct, frozen=True, kw_only=True):
    """One entry of the known-exploited catalogue."""

    cve: str
    exploited: Exploited


Row = Advisory | CveRecord | EpssRow | ExploitedRow | EndOfLife
"""What a feed can yield; the database files each kind in its own table."""


class Since(Struct, frozen=True, kw_only=True):
    """
    What the shard already holds of this feed.

    ``etags`` by path, ``modified`` the newest modification time seen (ISO 8601), ``held`` the id
    and modification time of every record the shard holds of this feed (withdrawn ones included;
    read from the shard only when it is looked into). Empty: nothing, so the feed sends everything.
    """

    etags: Mapping[str, str] = {}
    modified: str = ""
    held: Mapping[str, str] = {}


class Batch(Struct, kw_only=True):
    """
    What changed in a feed for one shard.

    ``rows`` streams (never hold a whole feed). ``complete`` True: the rows replace all that the
    shard has of this feed; False: they are a delta, and ``removed`` names records that are gone.
    ``unchanged`` True: nothing to do. ``etags`` and ``modified`` are kept for the next ``Since``;
    they are read after ``rows`` is exhausted, and so is ``skipped``: records that could not be
    read, each as "id: reason", which the shard counts and ``db status`` shows.
    """

    rows: Iterator[Row]
    complete: bool = True
    unchanged: bool = False
    removed: tuple[str, ...] = ()
    etags: dict[str, str] = {}
    modified: str = ""
    skipped: list[str] = []


class Job(Struct, frozen=True, kw_only=True):
    """
    One fetch: which shard (``Debian``, ``Alpine``, ``Red Hat``, ``kev``…), from where, since when.

    ``releases`` narrows a feed that has one file per release (``Alpine:v3.20``) to what is needed;
    empty means all.
    """

    shard: str
    fetcher: Fetcher
    since: Since = Since()
    releases: tuple[str, ...] = ()
    limits: Limits = DEFAULT
    progress: Callable[[str, int], None] | None = None


class Feed(Protocol):
    """The interface of a feed module."""

    NAME: str
    TITLE: str
    FOLDER: str
    """The feed's directory below ``--source`` (``osv``, ``alpine-secdb``…)."""
    URL: str
    LICENCE: str
    ATTRIBUTION: str
    PROVEN: bool
    SHARDS: tuple[str, ...]
    """
    Shards it fills, or ``("*",)`` for any ecosystem the publisher has; then the module also has
    ``shards(fetcher) -> tuple[str, ...]``, which asks the publisher for their names.
    """
    PRECEDENCE: int
    """
    Lower wins when two feeds speak of one CVE in one package and release.

    A module whose ``fetch`` honours ``Job.releases`` also says ``NARROWS = True``; all others are
    always asked for every release.
    """

    def fetch(self, job: Job) -> Batch:
        """
        Return what is new for a shard.

        Raises:
            FeedError: unreachable or damaged; ``rows`` may raise it too while it is read.
        """
