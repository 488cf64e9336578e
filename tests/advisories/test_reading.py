"""What all feeds share: places, etags, closed bodies, damage by name."""

import gzip
from collections.abc import Iterator
from typing import IO

import pytest

from pratique.advisories import _reading, arch
from pratique.advisories._reading import MAX_SKIPPED, Part, several, skip, small, whole
from pratique.advisories.interface import Batch, FeedDamaged, FeedNotFound, Job, Row, Since
from pratique.model.advisory import CveRecord
from pratique.model.errors import FormatError
from tests.makers.feed_samples import MemoryFetcher, job, since


def lines(body: IO[bytes]) -> Iterator[Row]:
    for line in body.read().decode().split():
        if line == "bad":
            raise FormatError("a bad line")
        yield CveRecord(id=line)


def ids(batch: Batch) -> list[str]:
    return [row.id for row in batch.rows if isinstance(row, CveRecord)]


def parts(*paths: str) -> list[Part]:
    return [Part((path,), lines) for path in paths]


def test_the_first_place_that_has_it() -> None:
    """Places are tried in order; the one that had it keeps its etag."""
    work = job(arch, {"second": b"a b"})

    batch = whole(work, ("first", "second"), lines)

    assert ids(batch) == ["a", "b"]
    assert list(batch.etags) == ["second"]
    with pytest.raises(FeedNotFound):
        whole(work, ("first", "third"), lines)


def test_unchanged_is_said() -> None:
    """With the etag of last time there is nothing to do."""
    files = {"x": b"a"}
    first = whole(job(arch, files), ("x",), lines)

    assert whole(job(arch, files, since=since(first)), ("x",), lines).unchanged


def test_damage_names_the_file_and_closes_it() -> None:
    """The old shard stays; the message says which file it was."""
    work = job(arch, {"x": b"a bad b"})
    batch = whole(work, ("x",), lines)

    with pytest.raises(FeedDamaged, match="x: a bad line"):
        ids(batch)
    assert isinstance(work.fetcher, MemoryFetcher)
    assert all(body.closed for body in work.fetcher.bodies)


def test_several_files_are_all_or_nothing() -> None:
    """If one changed, the others are read too, since a batch replaces all; missing ones are left out."""
    before = {"x": b"a", "y": b"b"}
    first = several(job(arch, before), parts("x", "y", "missing"))
    assert ids(first) == ["a", "b"]

    same = several(job(arch, before, since=since(first)), parts("x", "y"))
    changed = several(job(arch, {"x": b"a", "y": b"c"}, since=since(first)), parts("x", "y"))

    assert same.unchanged
    assert ids(changed) == ["a", "c"]
    with pytest.raises(FeedNotFound):
        several(job(arch, {}), parts("x"))


def test_small_files_are_unpacked_and_bounded() -> None:
    """A listing is read whole, whatever it is packed with."""
    work = job(arch, {"x": gzip.compress(b"text"), "y": gzip.compress(b"text")[:-9]})

    assert small(work, "x") == b"text"
    with pytest.raises(FeedDamaged):
        small(work, "y")


def test_a_server_that_answers_unchanged_unasked() -> None:
    """That is damage, not an empty file."""

    class Odd(MemoryFetcher):
        def get(self, path: str, *, etag: str = "") -> _reading.Fetched:
            return _reading.Fetched(body=None)

    with pytest.raises(FeedDamaged):
        small(Job(shard="x", fetcher=Odd({}), since=Since()), "x")


def test_few_records_may_be_unreadable() -> None:
    """One bad file of many is noted; too many are a damaged feed."""
    noted: list[str] = []
    for count in range(MAX_SKIPPED):
        skip(noted, f"r{count}", FormatError("odd"))

    assert noted[0] == "r0: odd"
    with pytest.raises(FormatError):
        skip(noted, "last", FormatError("odd"))
