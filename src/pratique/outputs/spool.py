"""
Keep what a receiver has not taken yet, one journal for each destination.

The folder is named after the destination, so a restart finds what waited; the name is a hash, as a URL
may hold a key. Beside the journal lies ``refused``, a small one, with the records that the receiver said
it will never take: nothing is thrown away unseen.
"""

import hashlib
from pathlib import Path

from msgspec import Struct

from pratique.kit.journal import DEFAULT_BYTES, Journal, Sync
from pratique.kit.segment import MAX_RECORD_BYTES
from pratique.outputs.destination import Destination

REFUSED_BYTES = 16 * MAX_RECORD_BYTES
"""So much that whatever can wait can be set aside: a journal takes records of a sixteenth of itself."""


class SpoolSettings(Struct, frozen=True, kw_only=True):
    """Where spools lie, how large one may grow, and when it is forced to the disk."""

    folder: Path
    max_bytes: int = DEFAULT_BYTES
    sync: Sync = "second"


class Spool(Struct, frozen=True):
    """What waits, and what was refused for good."""

    waiting: Journal
    refused: Journal

    def close(self) -> None:
        """
        Give both back.

        Raises:
            StorageError: the disk is broken; see ``Journal.close``.
        """
        try:
            self.waiting.close()
        finally:
            self.refused.close()


def spool_of(destination: Destination, settings: SpoolSettings) -> Spool:
    """
    Open the spool of a destination.

    Raises:
        StorageError: it cannot be used, or another process uses it.
    """
    folder = settings.folder / folder_name(destination)
    waiting = Journal(folder, max_bytes=settings.max_bytes, sync=settings.sync)
    try:
        return Spool(waiting, Journal(folder / "refused", max_bytes=REFUSED_BYTES))
    except BaseException:
        waiting.close()
        raise


def folder_name(destination: Destination) -> str:
    """
    Return what the folder of a destination is called.

    >>> from pratique.outputs.destination import parse_destination
    >>> folder_name(parse_destination("json=https://a.example"))
    'json-https-a3d4624842ecc9d5'
    """
    parts = (destination.url, destination.host, str(destination.port), destination.path)
    whole = "\0".join((*parts, *destination.command)).encode("utf-8", "backslashreplace")
    scheme = destination.scheme.replace("+", "-")
    return f"{destination.form}-{scheme}-{hashlib.sha256(whole).hexdigest()[:16]}"
