"""Say where advisory data lie, where they come from, and when they are too old."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from pratique.kit.limits import DEFAULT, Limits

if TYPE_CHECKING:
    # A scan whose data are fresh never needs HTTP, whose import is dear.
    from pratique.kit.http import Backoff

DAY_S = 86400.0


class DbSettings(Struct, frozen=True, kw_only=True):
    """
    Settings of one run.

    ``folder`` holds the shards. ``source`` replaces the feeds' own URLs: a folder or an http(s)
    URL with one directory per feed. ``releases`` are the full ecosystem names a scan needs; feeds
    with one file per release then fetch only those. ``own_data_only`` takes severities from the
    shards that a scan needs alone, not from others that happen to be here. ``progress`` is told
    (what, how many so far).
    ``environ`` None is the process environment (proxies, certificates).
    """

    folder: Path
    now: datetime
    source: str | None = None
    offline: bool = False
    max_age_s: float = DAY_S
    releases: tuple[str, ...] = ()
    timeout_s: float = 30.0
    ca_file: Path | None = None
    backoff: "Backoff | None" = None
    limits: Limits = DEFAULT
    own_data_only: bool = False
    progress: Callable[[str, int], None] | None = None
    environ: Mapping[str, str] | None = None

    def environment(self) -> Mapping[str, str]:
        """Return the environment to take proxies from."""
        return os.environ if self.environ is None else self.environ

    def origin(self) -> str:
        """
        Return where data come from under these settings: empty for the publishers.

        A folder is absolute; a URL has no login in it, because shards keep what this returns.

        >>> DbSettings(folder=Path("x"), now=datetime.now(), source="https://me:pw@m/f/").origin()
        'https://m/f'
        """
        if not self.source:
            return ""
        scheme, mark, rest = self.source.partition("://")
        if not mark:
            return str(Path(self.source).resolve())
        host, slash, path = rest.partition("/")
        return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}".rstrip("/")

    def tell(self, what: str, count: int = 0) -> None:
        """Report progress, if anybody listens."""
        if self.progress is not None:
            self.progress(what, count)


class Outcome(StrEnum):
    """What became of one shard."""

    BUILT = "built"
    PATCHED = "patched"
    UNCHANGED = "unchanged"
    REUSED = "updated by another process"
    NO_DATA = "no data"
    KEPT = "kept"
    """A feed failed; the shard stays as it was, or lacks that feed's news."""
    FAILED = "failed"
    """A feed failed and there is no shard."""


class Refreshed(Struct, frozen=True, kw_only=True):
    """
    The result for one shard.

    ``problems`` are one line each: feeds that failed, and a shard of an older layout that had to
    be built again (``notes``).
    """

    shard: str
    outcome: Outcome
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    records: int = 0
    size_bytes: int = 0
