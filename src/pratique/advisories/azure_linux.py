"""
Read Microsoft's OVAL definitions for Azure Linux 3 and CBL-Mariner 2.

One file per release; names are those of source packages. It covers fixes, and, for CBL-Mariner,
flaws without one (the newest package is still affected). CBL-Mariner 2.0 is Azure Linux 2 in OSV's
words, hence its ecosystem ``Azure Linux:2``. A mirror may hold the files gzipped.

Source: https://github.com/microsoft/AzureLinuxVulnerabilityData
"""

from collections.abc import Iterator
from functools import partial
from typing import IO

from pratique.advisories._reading import Part, several
from pratique.advisories.interface import Batch, Job
from pratique.formats.feeds.oval import Origin, advisories, tables
from pratique.formats.packed import unpacked
from pratique.model.advisory import Advisory

NAME = "azure-linux"
TITLE = "Azure Linux vulnerability data"
FOLDER = "azurelinux"
URL = "https://raw.githubusercontent.com"
LICENCE = "MIT"
ATTRIBUTION = "Microsoft Azure Linux"
PROVEN = False
SHARDS = ("Azure Linux",)
PRECEDENCE = 10

_FOLDER = "microsoft/AzureLinuxVulnerabilityData/main"
_FILES = {
    "Azure Linux:3": f"{_FOLDER}/azurelinux-3.0-oval.xml",
    "Azure Linux:2": f"{_FOLDER}/cbl-mariner-2.0-oval.xml",
}
_MOST_BYTES = 1 << 30


def fetch(job: Job) -> Batch:
    """
    Return all definitions of both releases, or nothing when no file changed.

    Raises:
        FeedNotFound: neither file is there.
        FeedError: unreachable or refused; ``rows`` raises ``FeedDamaged``.
    """
    parts = (
        Part((path, f"{path}.gz"), partial(_rows, ecosystem)) for ecosystem, path in _FILES.items()
    )
    return several(job, parts)


def _rows(ecosystem: str, body: IO[bytes]) -> Iterator[Advisory]:
    known = tables(unpacked(body, _MOST_BYTES))
    origin = Origin(feed=NAME, source="microsoft", ecosystem=ecosystem)
    yield from advisories(unpacked(body, _MOST_BYTES), known, origin)
