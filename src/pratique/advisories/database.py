"""
Answer every question about advisories from a folder of shards: the ``AdvisoryLookup`` of a scan.

Shards are opened when they are first asked for. One that is absent, damaged or of another schema
version answers "no data", which ``status`` shows as not present: a coverage Unknown, never clean.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Self

from msgspec.structs import replace

from pratique.advisories.shards import schema as shard_schema
from pratique.advisories.shards.shard import Shard
from pratique.formats.cvss import in_order
from pratique.formats.feeds.osv import base_of
from pratique.model.advisory import (
    Advisory,
    Affected,
    Candidate,
    CveRecord,
    DataStatus,
    Epss,
    Exploited,
)
from pratique.model.errors import StorageError


class Database:
    """
    Look advisories up; use as a context manager.

    >>> Database(Path("/nowhere")).status("Debian").present
    False
    """

    def __init__(self, folder: Path, lending: Collection[str] | None = None) -> None:
        """
        Open nothing yet.

        Args:
            folder: where the shards lie.
            lending: the shards that may be asked for scores of flaws of other ecosystems; None asks
                all that are here, so that what is said can depend on what was scanned before.
        """
        self._folder = folder
        self._lending = lending
        self._shards: dict[str, Shard | None] = {}
        self._names: tuple[str, ...] | None = None
        self._lenders: set[str] = set()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the shards."""
        self.close()

    def close(self) -> None:
        """Close the shards; the next look-up opens them again."""
        for shard in self._shards.values():
            if shard is not None:
                shard.close()
        self._shards.clear()
        self._names = None

    def candidates(self, ecosystem: str, name: str) -> tuple[Candidate, ...]:
        """
        Return every live statement on ``name`` in exactly ``ecosystem``, native feed first.

        The advisory of a candidate carries no ``affected`` of its own: that would be every
        statement of the record, thousands for a kernel.
        """
        shard = self.shard(base_of(ecosystem))
        return shard.candidates(ecosystem, name) if shard else ()

    def candidates_of(
        self, ecosystem: str, names: Collection[str], wanted: Callable[[Affected], bool]
    ) -> Mapping[str, tuple[Candidate, ...]]:
        """Return what ``candidates`` says of many names, less those without a ``wanted`` one."""
        shard = self.shard(base_of(ecosystem))
        return shard.candidates_of(ecosystem, names, wanted) if shard else {}

    def releases(self, base: str) -> frozenset[str]:
        """Return the full ecosystem names under ``base`` that have data; empty: none."""
        shard = self.shard(base)
        return shard.releases() if shard else frozenset()

    def statements(self, ecosystem: str, most: int) -> int:
        """Return how many live statements there are on exactly ``ecosystem``, at most ``most``."""
        shard = self.shard(base_of(ecosystem))
        return shard.statements(ecosystem, most) if shard else 0

    def status(self, base: str) -> DataStatus:
        """Return what is known of the data for the base ecosystem."""
        shard = self.shard(base)
        if shard is None:
            return DataStatus(ecosystem=base, present=False)
        feeds = [feed for feed in shard.feeds.values() if feed.records]
        return DataStatus(
            ecosystem=base,
            present=bool(feeds),
            built=shard.built,
            newest=shard.newest,
            feeds=tuple(feed.name for feed in feeds),
            advisories=sum(feed.records for feed in feeds),
            unproven=tuple(feed.name for feed in feeds if not feed.proven),
        )

    def cve(self, cve_id: str) -> CveRecord | None:
        """
        Return what score feeds say of a CVE.

        Where they have no score, every advisory of the lending shards that is about this flaw
        alone is asked, whatever its ecosystem; each score says whose it is.
        """
        shard = self.shard(shard_schema.CVE_SCORES)
        record = shard.cve(cve_id) if shard else None
        if record is not None and (record.scores or record.rejected):
            self._lenders.add(shard_schema.CVE_SCORES)
            return record
        borrowed = self._borrowed(cve_id)
        if record is None or borrowed is None:
            return record or borrowed
        return replace(record, scores=borrowed.scores, cwes=record.cwes or borrowed.cwes)

    def lenders(self) -> frozenset[str]:
        """Return the shards whose scores of a CVE were given out so far, whatever was matched."""
        return frozenset(self._lenders)

    def exploited(self, cve_id: str) -> Exploited | None:
        """Return the known-exploited entry of a CVE."""
        shard = self.shard(shard_schema.KEV)
        return shard.exploited(cve_id) if shard else None

    def epss(self, cve_id: str) -> Epss | None:
        """Return the exploit prediction of a CVE."""
        shard = self.shard(shard_schema.EPSS)
        return shard.epss(cve_id) if shard else None

    def end_of_life(self, product: str, cycle: str) -> str | None:
        """Return the ISO date when support of a release ends, None when unknown."""
        shard = self.shard(shard_schema.END_OF_LIFE)
        found = shard.end_of_life(product, cycle) if shard else None
        return (found.eol or None) if found else None

    def _borrowed(self, cve_id: str) -> CveRecord | None:
        """Gather the CVSS scores and CWEs of a flaw from the advisories of all ecosystems."""
        found: list[Advisory] = []
        for base in self._bases():
            if self._lending is not None and base not in self._lending:
                continue
            shard = self.shard(base)
            about = tuple(shard.about(cve_id)) if shard else ()
            if any(s.kind.startswith("CVSS:") for advisory in about for s in advisory.scores):
                self._lenders.add(base)
            found += about
        scores = (score for advisory in found for score in advisory.scores)
        vectors = in_order(score for score in scores if score.kind.startswith("CVSS:"))
        if not vectors:
            return None
        own = next((advisory for advisory in found if advisory.id == cve_id), None)
        return CveRecord(
            id=cve_id,
            scores=vectors,
            cwes=tuple(sorted({cwe for advisory in found for cwe in advisory.cwes})),
            description=own.description if own else "",
            published=own.published if own else "",
        )

    def _bases(self) -> tuple[str, ...]:
        if self._names is None:
            self._names = shard_schema.shards_in(self._folder)
        return self._names

    def advisories(self, name: str) -> Iterator[Advisory]:
        """Yield every advisory of every shard that goes by ``name``, with all its statements."""
        for base in self._bases():
            shard = self.shard(base)
            if shard is not None:
                yield from shard.advisories(name)

    def shard(self, name: str) -> Shard | None:
        """Return an opened shard, None where there is none that can be read."""
        if name not in self._shards:
            path = self._folder / shard_schema.shard_file(name)
            try:
                self._shards[name] = Shard(path) if path.is_file() else None
            except StorageError:
                # Not clean: status() says "not present", and an update builds it again.
                self._shards[name] = None
        return self._shards[name]
