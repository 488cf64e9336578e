"""
Read Photon OS's CVE metadata, one file per release from 1.0 to 5.0.

Names are those of source packages and their larger parts. It covers fixes and flaws without one;
the score is a number whose vector is not given.

Source: https://packages.broadcom.com/photon/photon_cve_metadata/
"""

from collections.abc import Iterator
from functools import partial
from typing import IO

from pratique.advisories._reading import closing, content_of, first_of, unchanged
from pratique.advisories.interface import Batch, FeedNotFound, Job
from pratique.formats.feeds.photon import Fix, advisories, fixes
from pratique.formats.packed import unpacked

NAME = "photon"
TITLE = "Photon OS CVE metadata"
FOLDER = "photon"
URL = "https://packages.broadcom.com/photon/photon_cve_metadata"
LICENCE = "none stated"
ATTRIBUTION = "VMware by Broadcom, Photon OS"
PROVEN = False
SHARDS = ("Photon OS",)
PRECEDENCE = 10

_FILES = {
    release: f"cve_data_photon{release}.json" for release in ("1.0", "2.0", "3.0", "4.0", "5.0")
}
_MOST_BYTES = 512 << 20


def fetch(job: Job) -> Batch:
    """
    Return every entry of every release; one CVE in all of them makes one advisory.

    Raises:
        FeedNotFound: no release is there.
        FeedError: unreachable, refused or damaged.
    """
    etags: dict[str, str] = {}
    found: list[Fix] = []
    same: list[str] = []
    for release, path in _FILES.items():
        try:
            _, fetched = first_of(job, path)
        except FeedNotFound:
            continue
        etags[path] = fetched.etag
        if fetched.body is None:
            same.append(release)
        else:
            found += closing(fetched.body, path, partial(_fixes, release))
    if not etags:
        raise FeedNotFound("no release of Photon OS is there")
    if len(same) == len(etags):
        return unchanged()
    for release in same:  # a CVE's statements come from all files, so these are needed as well
        path = _FILES[release]
        found += closing(content_of(job.fetcher.get(path), path), path, partial(_fixes, release))
    return Batch(rows=advisories(found, NAME), etags=etags)


def _fixes(release: str, body: IO[bytes]) -> Iterator[Fix]:
    return fixes(unpacked(body, _MOST_BYTES), release)
