"""
Read endoflife.date: when support of a release ends.

One JSON list of cycles per product. A date is a date, or a truth value: ``false`` is "still
supported, no end announced", ``true`` is "has ended" without saying when. Law: ``true`` becomes the
last day that is known to lie before the end (the latest release, else the first), so that it reads
as ended; ``false`` becomes empty.

Source: https://endoflife.date/docs/api (v0), github.com/endoflife-date/endoflife.date.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.feeds.feed_text import MAX_TITLE
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.json_items import decode_json

_LONG_AGO = "1970-01-01"


class _Cycle(Struct, rename="camel"):
    cycle: str | int | float
    eol: str | bool | None = None
    extended_support: str | bool | None = None
    latest: str | None = None
    latest_release_date: str | None = None
    release_date: str | None = None


class Cycle(Struct, frozen=True, kw_only=True):
    """One release cycle; dates are ISO days, empty where none is known."""

    cycle: str
    eol: str = ""
    extended: str = ""
    latest: str = ""


def cycles(content: bytes) -> Iterator[Cycle]:
    """
    Yield the cycles of one product, newest first as published.

    Raises:
        FormatError: it is not a product of endoflife.date.

    >>> next(cycles(b'[{"cycle": "3.20", "eol": "2026-04-01"}]')).eol
    '2026-04-01'
    """
    for said in decode_json(content, list[_Cycle]):
        known = iso_date(said.latest_release_date or "") or iso_date(said.release_date or "")
        yield Cycle(
            cycle=str(said.cycle)[:MAX_TITLE],
            eol=_end(said.eol, known),
            extended=_end(said.extended_support, known),
            latest=(said.latest or "")[:MAX_TITLE],
        )


def products(content: bytes) -> tuple[str, ...]:
    """
    Return the names in ``all.json``.

    Raises:
        FormatError: it is not a list of names.
    """
    return tuple(decode_json(content, list[str]))


def _end(said: str | bool | None, known: str) -> str:
    if isinstance(said, str):
        return iso_date(said)
    return (known or _LONG_AGO) if said else ""
