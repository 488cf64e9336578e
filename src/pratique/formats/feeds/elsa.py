"""
Read Oracle's OVAL file of errata (ELSA): one definition per erratum, all releases in one file.

The criteria of a definition are a tree whose comments are uniform: ``Oracle Linux 9 is installed``,
``Oracle Linux arch is x86_64``, ``Module nodejs:18 is enabled`` narrow what stands beside and below
them; ``curl is earlier than 0:7.76.1-26.el9_3.2`` names a package and its fix. Everything is taken
from the comments, so tests, objects and states need not be held. Law: only fixes are listed.

Left out: builds for Ksplice and FIPS (``.ksplice1``, ``_fips``), whose epoch puts them above every
ordinary build of the package, so that all of these would seem affected.
Bounds: the tree is walked without recursion; ``xml_records`` bounds a definition.
Source: https://linux.oracle.com/security/oval/ (com.oracle.elsa-all.xml.bz2), OVAL 5.3.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from sys import intern
from typing import IO, NamedTuple

from pratique.formats.feeds.feed_text import MAX_TITLE, cut, is_cve, links, unique
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.severity_words import severity_of_word, vendor_score
from pratique.formats.feeds.xml_records import Element, records
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.errors import FormatError

_RELEASE = re.compile(r"Oracle Linux (\d{1,3}) is installed")
_ARCH = re.compile(r"Oracle Linux arch is (\w{1,20})")
_MODULE = re.compile(r"Module ([\w.+-]{1,80}:[\w.+-]{1,80}) is enabled")
_EARLIER = re.compile(r"([\w.+-]{1,200}) is earlier than (\d{1,9}):([\w.+~^-]{1,200})")
_OTHER_BUILDS = ("ksplice", "_fips", ".fips")


class _Context(NamedTuple):
    """What the criteria around a package say."""

    release: str = ""
    arch: str = ""
    module: str = ""


def advisories(stream: IO[bytes], feed: str) -> Iterator[Advisory]:
    """
    Yield one advisory per erratum, in the order of the file.

    Raises:
        FormatError: it is not Oracle's OVAL.
    """
    for definition in records(stream, ("definition",)):
        metadata = definition.child("metadata")
        if metadata is None:
            raise FormatError("an OVAL definition without metadata")
        yield _advisory(definition, metadata, feed)


def _advisory(definition: Element, metadata: Element, feed: str) -> Advisory:
    references = [entry.attributes for entry in metadata.each("reference")]
    names = unique(entry.get("ref_id", "") for entry in references)
    erratum = next((name for name in names if name.startswith("ELSA-")), "")
    if not erratum:
        raise FormatError(f"an OVAL definition that is no erratum: {names[:1]}")
    said = metadata.child("advisory") or Element("advisory", {}, [])
    word = said.text_of("severity")
    return Advisory(
        id=AdvisoryId(erratum[:MAX_TITLE]),
        feed=feed,
        affected=tuple(_statements(definition)),
        upstream=tuple(filter(is_cve, names)),
        title=cut(metadata.text_of("title"), MAX_TITLE),
        description=cut(metadata.text_of("description")),
        severity=severity_of_word(word),
        scores=(vendor_score("oracle", word[:MAX_TITLE]),) if word else (),
        references=links(entry.get("ref_url", "") for entry in references),
        published=iso_date(said.attribute_of("issued", "date")),
    )


def _statements(definition: Element) -> Iterator[Affected]:
    """Yield one statement per release, package, version and module, with its arches."""
    arches: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for context, package, version in _fixes(definition):
        if not any(mark in version for mark in _OTHER_BUILDS):
            arches[context.release, package, version, context.module].append(context.arch)
    for (release, package, version, module), on in arches.items():
        yield Affected(
            ecosystem=intern(f"Oracle Linux:{release}"),
            name=intern(package),
            ranges=(Range(fixed=version),),
            state=FixState.FIXED,
            arches=() if "" in on else tuple(sorted(set(on))),
            module=module,
        )


def _fixes(definition: Element) -> Iterator[tuple[_Context, str, str]]:
    """Yield every package with its fix and what the criteria around it say."""
    waiting = [(criteria, _Context()) for criteria in definition.each("criteria")]
    while waiting:
        criteria, context = waiting.pop()
        comments = [entry.attributes.get("comment", "") for entry in criteria.each("criterion")]
        if criteria.attributes.get("operator", "AND") == "AND":
            context = _narrowed(context, comments)
        for comment in comments:
            if context.release and (found := _EARLIER.match(comment)):
                epoch = "" if found[2] == "0" else f"{found[2]}:"
                yield context, found[1], epoch + found[3]
        waiting += [(inner, context) for inner in reversed(list(criteria.each("criteria")))]


def _narrowed(context: _Context, comments: list[str]) -> _Context:
    for comment in comments:
        if found := _RELEASE.match(comment):
            context = context._replace(release=found[1])
        elif found := _ARCH.match(comment):
            context = context._replace(arch=found[1])
        elif found := _MODULE.match(comment):
            context = context._replace(module=found[1])
    return context
