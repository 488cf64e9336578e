"""
Read Alpine's security database (secdb): fixes by release, repository and source package.

One JSON file per release and repository, ``v3.20/main.json``. The publisher lists fixes only: a
flaw that has no fix is not there, so an image of Alpine can carry flaws that this feed does not
know; OSV knows no more, being made from it. The version ``0`` says that a package was never
affected. Releases are found by asking: every one up to the newest known to this program, then
further until two in a row are missing, and ``edge``. ``main`` and ``community`` share an ecosystem
(``Alpine:v3.20``); the note names which it was.

Source: https://secdb.alpinelinux.org/
"""

from collections.abc import Iterator
from typing import IO

from pratique.advisories._reading import SMALL_BYTES, closing, content_of, unchanged
from pratique.advisories.interface import Batch, FeedNotFound, Fetched, Job
from pratique.formats.feeds.secdb import Fix, advisories, fixes
from pratique.formats.packed import read_all

NAME = "alpine-secdb"
TITLE = "Alpine Linux security database"
FOLDER = "alpine-secdb"
URL = "https://secdb.alpinelinux.org"
LICENCE = "none stated"
ATTRIBUTION = "Alpine Linux security team"
PROVEN = False
SHARDS = ("Alpine",)
PRECEDENCE = 10
NARROWS = True

_REPOSITORIES = ("main", "community")
_MINORS = range(2, 200)
_NEWEST_KNOWN = 24
_MISSES = 2


def fetch(job: Job) -> Batch:
    """
    Return every fix of the wanted releases; one flaw in all of them makes one advisory.

    Raises:
        FeedNotFound: none of the releases is there.
        FeedError: unreachable, refused or damaged.
    """
    etags: dict[str, str] = {}
    found: list[Fix] = []
    same: list[str] = []
    for path, fetched in _available(job):
        etags[path] = fetched.etag
        if fetched.body is None:
            same.append(path)
        else:
            found += closing(fetched.body, path, _fixes)
    if not etags:
        raise FeedNotFound(f"no release of Alpine is there ({', '.join(job.releases) or 'any'})")
    if len(same) == len(etags):
        return unchanged()
    for path in same:  # a flaw's statements come from all files, so these are needed as well
        found += closing(content_of(job.fetcher.get(path), path), path, _fixes)
    return Batch(rows=advisories(found, NAME), etags=etags)


def _available(job: Job) -> Iterator[tuple[str, Fetched]]:
    """Yield every file of the wanted releases that is there."""
    if job.releases:
        for ecosystem in job.releases:
            yield from _files(job, ecosystem.partition(":")[2])
        return
    misses = 0
    for minor in _MINORS:
        files = list(_files(job, f"v3.{minor}"))
        misses = 0 if files else misses + (minor > _NEWEST_KNOWN)
        if misses == _MISSES:
            break
        yield from files
    yield from _files(job, "edge")


def _files(job: Job, release: str) -> Iterator[tuple[str, Fetched]]:
    for repository in _REPOSITORIES:
        path = f"{release}/{repository}.json"
        try:
            yield path, job.fetcher.get(path, etag=job.since.etags.get(path, ""))
        except FeedNotFound:
            continue


def _fixes(body: IO[bytes]) -> Iterator[Fix]:
    return fixes(read_all(body, SMALL_BYTES))
