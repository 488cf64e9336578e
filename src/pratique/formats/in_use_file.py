"""
Write and read what was seen at work as a file: how it travels from where images run to where they
are scanned.

::

    {"schema": "pratique.in-use/1", "in_use": [
      {"digest": "sha256:…", "package": "pkg:deb/debian/curl@7.88.1-10?arch=amd64",
       "path": "/usr/bin/curl", "first_ns": 1790000000000000000, "last_ns": 1790000360000000000}]}

``digest`` is the image's, ``package`` the ``key`` of a package in pratique's JSON report. Law: reading
what was written gives equal rows; anything else is refused. Bounds: ``MAX_BYTES``, ``MAX_ROWS``.
"""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from pratique.model.errors import UsageError
from pratique.model.in_use import InUse

SCHEMA = "pratique.in-use/1"
MAX_BYTES = 128 << 20
MAX_ROWS = 1_000_000


class _Document(Struct, frozen=True):
    schema: str
    in_use: tuple[InUse, ...] = ()


def write_in_use(rows: Iterable[InUse]) -> bytes:
    """Return the file: sorted, one line an item."""
    document = _Document(SCHEMA, tuple(sorted(rows)))
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def read_in_use(content: bytes, place: str) -> tuple[InUse, ...]:
    """
    Return the rows of a file; ``place`` is its name.

    Raises:
        UsageError: it is no such file, or too large.
    """
    if len(content) > MAX_BYTES:
        raise UsageError(f"{place}: more than {MAX_BYTES} bytes")
    try:
        document = msgspec.json.decode(content, type=_Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{place}: {error}"[:300], hint=_HINT) from None
    if document.schema != SCHEMA:
        raise UsageError(f"{place}: the schema is {document.schema[:60]!r}", hint=_HINT)
    if len(document.in_use) > MAX_ROWS:
        raise UsageError(f"{place}: more than {MAX_ROWS} rows")
    return document.in_use


_HINT = f"a JSON file of the schema {SCHEMA}; see docs/how-to/see-what-is-in-use.md"
"""Where people read on."""
