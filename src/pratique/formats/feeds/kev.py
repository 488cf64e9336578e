"""
Read CISA's catalogue of known exploited vulnerabilities.

Law: an entry means that somebody has used the flaw against real systems. ``Known`` ransomware use
is the only word that counts as such.

Source: https://www.cisa.gov/known-exploited-vulnerabilities-catalog and its JSON schema.
"""

from collections.abc import Iterator
from typing import IO

from msgspec import Struct

from pratique.formats.feeds.feed_text import is_cve
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.json_items import decode_json, list_objects
from pratique.model.advisory import Exploited
from pratique.model.errors import FormatError

_RECORD_BYTES = 1 << 20


class _Entry(
    Struct,
    rename={
        "cve": "cveID",
        "added": "dateAdded",
        "due": "dueDate",
        "ransomware": "knownRansomwareCampaignUse",
    },
):
    cve: str
    added: str = ""
    due: str = ""
    ransomware: str = ""


def exploited(stream: IO[bytes]) -> Iterator[tuple[str, Exploited]]:
    """
    Yield CVE and entry, in the order of the file.

    Raises:
        FormatError: it is not the catalogue.
    """
    for raw in list_objects(stream, "vulnerabilities", _RECORD_BYTES):
        entry = decode_json(raw, _Entry)
        if not is_cve(entry.cve):
            raise FormatError("an entry of the catalogue names no CVE")
        ransomware = entry.ransomware.lower() == "known"
        added, due = iso_date(entry.added), iso_date(entry.due)
        yield entry.cve, Exploited(added=added, due=due, ransomware=ransomware)
