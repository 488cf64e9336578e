"""
Read rpm's database in its three forms, never with rpm itself.

``berkeley`` (``Packages``, until RHEL 8 and older Amazon Linux), ``ndb`` (``Packages.db``, SUSE) and
``sqlite`` (``rpmdb.sqlite``, RHEL 9, Fedora, Azure Linux) each turn a file into header blobs;
``header`` reads a blob. ``blobs`` recognises the form by its magic.
"""

from collections.abc import Iterator

from pratique.formats.packages.damaged import Damaged
from pratique.formats.packages.rpmdb import berkeley, ndb, sqlite
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError


def blobs(content: bytes, wal: bytes = b"", limits: Limits = DEFAULT) -> Iterator[bytes | Damaged]:
    """
    Yield the header blob of each package of a database file, whatever its form.

    Args:
        content: the database file.
        wal: the ``-wal`` file beside a SQLite database, empty where there is none.
        limits: ``packages`` bounds the records.

    Raises:
        FormatError: the form is not recognised, or nothing of it can be read.
    """
    if content.startswith(sqlite.MAGIC):
        return sqlite.blobs(content, wal, limits)
    if content.startswith(ndb.MAGIC):
        return ndb.blobs(content, limits)
    if berkeley.is_hash(content):
        return berkeley.blobs(content, limits)
    raise FormatError("not a database of rpm: neither Berkeley DB hash, nor NDB, nor SQLite")
