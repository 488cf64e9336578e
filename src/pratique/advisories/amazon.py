"""
Read the errata of Amazon Linux 2 and 2023 (ALAS) from the core repositories themselves.

``mirror.list`` names the repository's current address, its ``repomd.xml`` the file with the errata
(``updateinfo``); a mirror without these steps holds the file under ``<release>/core/repodata``. The
list of x86_64 names the packages of all arches. It holds fixes only. Not read: the extras of
Amazon Linux 2, whose packages have the names of core packages in other versions.

Source: https://cdn.amazonlinux.com/, https://alas.aws.amazon.com/
"""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import IO
from urllib.parse import urlsplit

from pratique.advisories._reading import Part, several, small
from pratique.advisories.interface import Batch, FeedDamaged, FeedNotFound, Job
from pratique.formats.feeds.updateinfo import Origin, advisories, location
from pratique.formats.packed import unpacked
from pratique.model.advisory import Advisory
from pratique.model.errors import FormatError

NAME = "amazon"
TITLE = "Amazon Linux Security Advisories"
FOLDER = "amazonlinux"
URL = "https://cdn.amazonlinux.com"
LICENCE = "none stated"
ATTRIBUTION = "Amazon Linux security"
PROVEN = False
SHARDS = ("Amazon Linux",)
PRECEDENCE = 10

_MIRROR_LISTS = {
    "2": "2/core/latest/x86_64/mirror.list",
    "2023": "al2023/core/mirrors/latest/x86_64/mirror.list",
}
_MOST_BYTES = 1 << 30


def fetch(job: Job) -> Batch:
    """
    Return all errata of the wanted releases, or nothing when no list of errata changed.

    Raises:
        FeedNotFound: no release is there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    return several(job, [_part(job, release) for release in _MIRROR_LISTS])


def _part(job: Job, release: str) -> Part:
    path = _live_path(job, release) or f"{release}/core/repodata/updateinfo.xml.gz"
    return Part((path,), partial(_rows, release))


def _live_path(job: Job, release: str) -> str:
    """Return where the errata lie now; empty where there is no list of mirrors."""
    try:
        mirrors = small(job, _MIRROR_LISTS[release]).decode(errors="replace").split()
    except FeedNotFound:
        return ""
    repository = urlsplit(mirrors[0]).path.strip("/") if mirrors else ""
    if not repository or ".." in repository.split("/"):
        raise FeedDamaged(f"{_MIRROR_LISTS[release]} names no repository")
    path = f"{repository}/repodata/repomd.xml"
    try:
        return f"{repository}/{location(BytesIO(small(job, path)))}"
    except FormatError as error:
        raise FeedDamaged(f"{path}: {error}") from None


def _rows(release: str, body: IO[bytes]) -> Iterator[Advisory]:
    origin = Origin(feed=NAME, source="amazon", ecosystem=f"Amazon Linux:{release}")
    return advisories(unpacked(body, _MOST_BYTES), origin)
