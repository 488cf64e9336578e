"""The three forms of rpm's database, their headers, and the log of the third."""

from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz.harness import Harness
from pratique.formats.packages.rpmdb import berkeley, ndb, sqlite
from pratique.formats.packages.rpmdb.header import Header
from pratique.formats.packages.rpmdb.manifest import parse_manifest
from tests.makers import rpmdb as make

_BLOBS = [make.package(f"p{n}", requires=["x"] * (1 + n * 20)) for n in range(4)]
_CUT = b"\0--log--\0"


def _header(content: bytes) -> None:
    header = Header(content)
    header.record()
    header.files()
    header.requires()
    header.provides()


def _sqlite(content: bytes) -> None:
    database, _, log = content.partition(_CUT)
    for _ in sqlite.blobs(database, log):
        pass


def _sqlite_seeds() -> list[bytes]:
    with TemporaryDirectory() as place:
        folder = Path(place)
        database, log = make.sqlite_with_log(_BLOBS[:1], _BLOBS[1:2], folder)
        return [make.sqlite(_BLOBS[:2], folder), database + _CUT + log]


HARNESSES = (
    Harness(
        "rpm-berkeley",
        berkeley.blobs,
        lambda: [make.berkeley(_BLOBS, page_size=512, order=order) for order in "<>"],
    ),
    Harness("rpm-ndb", ndb.blobs, lambda: [make.ndb(_BLOBS[:2])]),
    Harness("rpm-sqlite", _sqlite, _sqlite_seeds),
    Harness("rpm-header", _header, lambda: [*_BLOBS[:2], make.package("a", magic=True)]),
    Harness(
        "rpm-manifest",
        parse_manifest,
        lambda: [make.manifest([{"name": "a", "evr": "1-1"}, {"name": "b", "evr": "2-1"}])],
    ),
)
