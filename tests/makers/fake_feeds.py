"""Make feeds that say what a test tells them to, behind the interface of ``advisories/``."""

from collections.abc import Iterator

from pratique.advisories.interface import Batch, FeedNotFound, Job, Row
from pratique.model.errors import FeedError


class FakeFeed:
    """
    A feed of one shard.

    ``rows`` None means that the publisher has nothing for the shard; an exception in ``rows`` is
    raised when its turn comes; ``jobs`` lists what was asked.
    """

    TITLE = FOLDER = "fake"
    URL = "http://127.0.0.1:1"
    LICENCE = "CC0-1.0"
    ATTRIBUTION = "nobody"
    PROVEN = True

    def __init__(
        self,
        name: str,
        rows: list[Row | Exception] | None,
        *,
        shards: tuple[str, ...] = ("Debian",),
        precedence: int = 10,
        narrows: bool = False,
    ) -> None:
        self.NAME = name
        self.SHARDS = shards
        self.PRECEDENCE = precedence
        self.NARROWS = narrows
        self.rows = rows
        self.down = False
        self.unchanged = False
        self.complete = True
        self.removed: tuple[str, ...] = ()
        self.skipped: list[str] = []
        self.jobs: list[Job] = []

    def fetch(self, job: Job) -> Batch:
        """Answer as told."""
        self.jobs.append(job)
        if self.down:
            raise FeedError("cannot reach it")
        if self.rows is None:
            raise FeedNotFound("nothing here")
        if self.unchanged:
            return Batch(rows=iter(()), unchanged=True)
        return Batch(
            rows=self._rows(self.rows),
            complete=self.complete,
            removed=self.removed,
            skipped=list(self.skipped),
            etags={"file": str(len(self.jobs))},
            modified="2026-01-01T00:00:00Z",
        )

    def _rows(self, rows: list[Row | Exception]) -> Iterator[Row]:
        for row in rows:
            if isinstance(row, Exception):
                raise row
            yield row
