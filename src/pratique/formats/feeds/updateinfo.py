"""
Read updateinfo.xml, the errata list of an rpm repository (Amazon Linux, Fedora).

One ``update`` element is one erratum: the flaws it fixes (``reference type="cve"``) and the binary
packages that fix them. Law: a package of that name and arch is affected below the erratum's
``[epoch:]version-release``. The list holds fixes only.

Source: createrepo_c and libdnf, "updateinfo.xml"; https://cdn.amazonlinux.com/.
"""

from collections import defaultdict
from collections.abc import Iterator
from sys import intern
from typing import IO

from msgspec import Struct

from pratique.formats.feeds.feed_text import MAX_TITLE, cut, cves_in, is_cve, links, unique
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.severity_words import severity_of_word, vendor_score
from pratique.formats.feeds.xml_records import Element, records
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.errors import FormatError


class Origin(Struct, frozen=True, kw_only=True):
    """Whose errata they are: the feed, who graded them, and the release they are for."""

    feed: str
    source: str
    ecosystem: str


def advisories(stream: IO[bytes], origin: Origin) -> Iterator[Advisory]:
    """
    Yield one advisory per security erratum, in the order of the file; others fix no flaw.

    Raises:
        FormatError: it is not updateinfo.
    """
    for update in records(stream, ("update",)):
        name = update.text_of("id")
        if not name:
            raise FormatError("an erratum without an id")
        if update.attributes.get("type", "security") != "security":
            continue
        yield _advisory(update, name[:MAX_TITLE], origin)


def location(repomd: IO[bytes]) -> str:
    """
    Return where repomd.xml says the updateinfo file lies, relative to the repository.

    Raises:
        FormatError: it names none, or one outside the repository.
    """
    for data in records(repomd, ("data",)):
        if data.attributes.get("type") == "updateinfo":
            href = data.attribute_of("location", "href")
            if href and "://" not in href and ".." not in href.split("/") and href[0] != "/":
                return href
    raise FormatError("repomd.xml names no updateinfo")


def _advisory(update: Element, name: str, origin: Origin) -> Advisory:
    references = [entry.attributes for entry in update.descendants("reference")]
    named = [entry.get("id", "") for entry in references if entry.get("type") == "cve"]
    flaws = unique(flaw for flaw in named if is_cve(flaw))
    word = update.text_of("severity")
    return Advisory(
        id=AdvisoryId(name),
        feed=origin.feed,
        affected=tuple(_statements(update, origin.ecosystem)),
        upstream=flaws or cves_in(update.text_of("title")),
        title=cut(update.text_of("title"), MAX_TITLE),
        description=cut(update.text_of("description")),
        severity=severity_of_word(word),
        scores=(vendor_score(origin.source, word[:MAX_TITLE]),) if word else (),
        references=links(entry.get("href", "") for entry in references),
        published=iso_date(update.attribute_of("issued", "date")),
        modified=iso_date(update.attribute_of("updated", "date")),
    )


def _statements(update: Element, ecosystem: str) -> Iterator[Affected]:
    """Yield one statement per package name and version, with the arches it is for."""
    arches: dict[tuple[str, str], list[str]] = defaultdict(list)
    for package in update.descendants("package"):
        said = package.attributes
        name, version = said.get("name", ""), evr(said)
        if not name or not version:
            raise FormatError(f"a package without name or version in {update.text_of('id')[:80]}")
        arches[name, version].append(said.get("arch", ""))
    for (name, version), on in arches.items():
        yield Affected(
            ecosystem=ecosystem,
            name=intern(name),
            ranges=(Range(fixed=version),),
            state=FixState.FIXED,
            arches=tuple(sorted(set(filter(None, on)))),
        )


def evr(said: dict[str, str]) -> str:
    """
    Return ``[epoch:]version-release``; an epoch of 0 is left out.

    >>> evr({"epoch": "1", "version": "1.8.0", "release": "7.amzn2"})
    '1:1.8.0-7.amzn2'
    """
    version, release = said.get("version", ""), said.get("release", "")
    epoch = said.get("epoch", "0")
    if not version or not release:
        return ""
    return f"{version}-{release}" if epoch in ("", "0") else f"{epoch}:{version}-{release}"
