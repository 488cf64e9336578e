"""
Read which versions of known products the CPE configurations of the NVD call vulnerable.

Law: of each record only the matches marked vulnerable count, and of these only the products asked
for, as applications (``a``) or systems (``o``). A match with bounds is a range (``versionEnd
Excluding`` is the fixed version, ``versionEndIncluding`` the last affected one, ``versionStart
Excluding`` lies before everything that follows it); one with a version names that version, its
update part behind a hyphen; one with neither means every version. What is said of the product for
another system (``target_sw``) is left out. Conditions on what it runs on are not evaluated, but
said in the note.

Source: https://nvd.nist.gov/developers/vulnerabilities (schema cve_api_json_2.0).
"""

from collections.abc import Collection, Iterator
from typing import IO

from msgspec import Struct

from pratique.formats.cpe import Cpe, parse_cpe
from pratique.formats.feeds.feed_text import links
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.json_items import decode_json, list_objects
from pratique.formats.feeds.nvd import RECORD_BYTES, Cve, record_of
from pratique.formats.versions.generic import successor
from pratique.model.advisory import Advisory, AdvisoryId, Affected, Range
from pratique.model.errors import FormatError

ECOSYSTEM = "NVD"
_ELSEWHERE = frozenset({"windows", "macos", "mac_os_x", "mac_os", "iphone_os", "android", "ios"})
_TARGET_SOFTWARE = 3
_CONDITION = "the record names further conditions that were not looked at"


class _Match(Struct, rename="camel"):
    criteria: str
    vulnerable: bool = False
    version_start_including: str = ""
    version_start_excluding: str = ""
    version_end_including: str = ""
    version_end_excluding: str = ""


class _Node(Struct, rename="camel"):
    negate: bool = False
    cpe_match: list[_Match] = []


class _Configuration(Struct):
    operator: str = "OR"
    nodes: list[_Node] = []


class _Reference(Struct):
    url: str = ""


class _Configured(Cve):
    configurations: tuple[_Configuration, ...] = ()
    references: tuple[_Reference, ...] = ()


class _Item(Struct):
    cve: _Configured


def product_advisories(
    stream: IO[bytes], feed: str, products: Collection[str]
) -> Iterator[tuple[Advisory, str]]:
    """
    Yield each record with the time it was last modified; without statements where none concerns.

    Raises:
        FormatError: it is not a feed of this version.
    """
    for raw in list_objects(stream, "vulnerabilities", RECORD_BYTES):
        cve = decode_json(raw, _Item).cve
        record = record_of(cve)
        statements: dict[str, Affected] = {}
        if not record.rejected:
            statements = _statements(cve, products)
        modified = iso_date(cve.last_modified)
        yield (
            Advisory(
                id=AdvisoryId(record.id),
                feed=feed,
                affected=tuple(statements[name] for name in sorted(statements)),
                description=record.description,
                scores=record.scores,
                cwes=record.cwes,
                references=links(one.url for one in cve.references),
                published=record.published,
                modified=modified,
            ),
            modified,
        )


def _statements(cve: _Configured, products: Collection[str]) -> dict[str, Affected]:
    found: dict[str, Affected] = {}
    for configuration in cve.configurations:
        conditional = configuration.operator.upper() == "AND"
        for node in configuration.nodes:
            for match in node.cpe_match:
                cpe = _vulnerable(match, node, products)
                if cpe is not None:
                    one = found.get(cpe.product, Affected(ecosystem=ECOSYSTEM, name=cpe.product))
                    found[cpe.product] = _with(one, match, cpe, conditional=conditional)
    return found


def _vulnerable(match: _Match, node: _Node, products: Collection[str]) -> Cpe | None:
    """Return the name that a match is about where it counts."""
    if not match.vulnerable or node.negate:
        return None
    try:
        cpe = parse_cpe(match.criteria)
    except FormatError:
        return None
    elsewhere = cpe.rest[_TARGET_SOFTWARE] in _ELSEWHERE
    counts = cpe.part in ("a", "o") and cpe.product in products and cpe.version != "-"
    return cpe if counts and not elsewhere else None


def _with(one: Affected, match: _Match, cpe: Cpe, *, conditional: bool) -> Affected:
    ranges, versions = one.ranges, one.versions
    if cpe.version != "*":
        exact = cpe.version if cpe.update in ("*", "-") else f"{cpe.version}-{cpe.update}"
        versions = (*versions, exact) if exact not in versions else versions
    else:
        interval = _range(match)
        ranges = (*ranges, interval) if interval not in ranges else ranges
    return Affected(
        ecosystem=ECOSYSTEM,
        name=one.name,
        ranges=ranges,
        versions=versions,
        note=_CONDITION if conditional or one.note else "",
    )


def _range(match: _Match) -> Range:
    start = match.version_start_including
    if not start and match.version_start_excluding:
        start = successor(match.version_start_excluding)
    fixed = match.version_end_excluding
    last = "" if fixed else match.version_end_including
    return Range(introduced=start or "0", fixed=fixed, last_affected=last)
