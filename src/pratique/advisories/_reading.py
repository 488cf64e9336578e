"""
Say once how every feed reads files: first of several places, damage by name, bodies closed.

What a parser cannot read becomes ``FeedDamaged`` for a file that is the whole feed, and a skipped
record, up to ``MAX_SKIPPED``, for one file of many.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, TypeVar

from msgspec import Struct

from pratique.advisories.interface import (
    Batch,
    FeedDamaged,
    FeedNotFound,
    Fetched,
    Job,
    Row,
)
from pratique.formats.packed import read_all
from pratique.model.errors import FormatError

T = TypeVar("T")

MAX_SKIPPED = 100
SMALL_BYTES = 16 << 20
"""Listings and pages that are read whole."""


def first_of(job: Job, *paths: str) -> tuple[str, Fetched]:
    """
    Return the first of several places that has the file, asking each with the etag of last time.

    Raises:
        FeedNotFound: none has it.
        FeedError: unreachable or refused.
    """
    for path in paths[:-1]:
        try:
            return path, job.fetcher.get(path, etag=job.since.etags.get(path, ""))
        except FeedNotFound:
            continue
    return paths[-1], job.fetcher.get(paths[-1], etag=job.since.etags.get(paths[-1], ""))


def small(job: Job, path: str) -> bytes:
    """
    Return a small file whole and unpacked, whether or not it changed.

    Raises:
        FeedNotFound: there is no such file.
        FeedError: unreachable, refused, or damaged.
    """
    body = content_of(job.fetcher.get(path), path)
    try:
        with body:
            return read_all(body, SMALL_BYTES)
    except FormatError as error:
        raise FeedDamaged(f"{path}: {error}") from None


def content_of(fetched: Fetched, path: str) -> IO[bytes]:
    """Return the body of an answer to a request that named no etag."""
    if fetched.body is None:
        raise FeedDamaged(f"the server answers 'unchanged' to a plain request for {path}")
    return fetched.body


def whole(job: Job, paths: tuple[str, ...], parse: Callable[[IO[bytes]], Iterator[Row]]) -> Batch:
    """
    Return the batch of a feed that is one file: all of it, or nothing when it is unchanged.

    Raises:
        FeedNotFound: the file is in none of the places.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    path, fetched = first_of(job, *paths)
    if fetched.body is None:
        return unchanged()
    etags = {path: fetched.etag} if fetched.etag else {}
    return Batch(rows=closing(fetched.body, path, parse), etags=etags)


class Part(Struct, frozen=True):
    """One file of a feed that has several: where it may lie, and what makes rows of it."""

    paths: tuple[str, ...]
    parse: Callable[[IO[bytes]], Iterator[Row]]


def several(job: Job, parts: Iterable[Part]) -> Batch:
    """
    Return the batch of a feed that is a few files: all of them, or nothing when none changed.

    A part that is in none of its places is left out.

    Raises:
        FeedNotFound: no part is there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    found: list[tuple[Part, str, Fetched]] = []
    missing = ""
    for part in parts:
        try:
            found.append((part, *first_of(job, *part.paths)))
        except FeedNotFound as error:
            missing = str(error)
    if not found:
        raise FeedNotFound(missing or "the feed has no files for this shard")
    if all(fetched.body is None for _, _, fetched in found):
        return unchanged()
    etags = {path: fetched.etag for _, path, fetched in found if fetched.etag}
    return Batch(rows=_parts(job, found), etags=etags)


def _parts(job: Job, found: list[tuple[Part, str, Fetched]]) -> Iterator[Row]:
    for part, path, fetched in found:
        body = fetched.body or content_of(job.fetcher.get(path), path)
        yield from closing(body, path, part.parse)


def unchanged() -> Batch:
    """Return the batch that says there is nothing new."""
    return Batch(rows=iter(()), unchanged=True)


def closing(body: IO[bytes], path: str, parse: Callable[[IO[bytes]], Iterator[T]]) -> Iterator[T]:
    """Yield what ``parse`` makes of a body, name damage by its path, close the body at the end."""
    try:
        with body:
            yield from parse(body)
    except FormatError as error:
        raise FeedDamaged(f"{path}: {error}") from None


def skip(skipped: list[str], name: str, error: FormatError) -> None:
    """
    Note one record of many that cannot be read.

    Raises:
        FormatError: there are more than ``MAX_SKIPPED``, so the feed itself is damaged.
    """
    skipped.append(f"{name}: {error}")
    if len(skipped) > MAX_SKIPPED:
        raise FormatError(f"more than {MAX_SKIPPED} records cannot be read, the last: {error}")
