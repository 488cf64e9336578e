"""
Read SPDX's tag-value form into the entries of ``_read_spdx``.

A line is ``Tag: value``; a value may run over lines between ``<text>`` and ``</text>``. A package
begins at ``PackageName``, a file at ``FileName``, a spelt-out licence at ``LicenseID``; what
follows belongs to it. Unknown tags are passed over. Source: SPDX 2.3, clause 5.2 and annex G.
"""

from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.sbom._read_document import Document
from pratique.formats.sbom._read_spdx import (
    Element,
    ExternalRef,
    Extracted,
    Relation,
    Remark,
    document_of,
)
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded

_FIELDS = {
    "PackageVersion": "version",
    "PrimaryPackagePurpose": "purpose",
    "PackageSupplier": "supplier",
    "PackageLicenseDeclared": "declared",
    "PackageLicenseConcluded": "concluded",
    "PackageSourceInfo": "source_info",
    "PackageDescription": "description",
}
_SECTIONS = frozenset({"FileName", "SnippetSPDXID", "SnippetSPDXIdentifier", "Reviewer"})


class _Reading(Struct):
    """Where the reader is: the section it is in and what it has gathered."""

    version: str = ""
    section: str = ""
    packages: list[dict[str, str]] = []
    refs: list[list[ExternalRef]] = []
    attributions: list[list[str]] = []
    relations: list[Relation] = []
    licences: list[dict[str, str]] = []
    remarks: dict[str, list[Remark]] = {}
    remark: str = ""


def read_spdx_tag_value(content: bytes, limits: Limits) -> Document:
    """
    Return what a tag-value document lists.

    Raises:
        FormatError: not UTF-8, a text that never ends, or not SPDX 2.2 or 2.3.
        LimitExceeded: more packages than ``limits.packages``.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("not UTF-8", offset=error.start) from None
    reading = _Reading()
    for tag, value in _pairs(text):
        _take(reading, tag, value)
        if len(reading.packages) > limits.packages:
            raise LimitExceeded(f"more than {limits.packages} packages")
    elements = [
        Element(
            **{_FIELDS.get(name, name): value for name, value in fields.items()},
            refs=refs,
            annotations=reading.remarks.get(fields.get("id", "")),
            attributions=attributions,
        )
        for fields, refs, attributions in zip(
            reading.packages, reading.refs, reading.attributions, strict=True
        )
    ]
    licences = [Extracted(**fields) for fields in reading.licences]
    return document_of(reading.version, elements, reading.relations, licences)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield tags and values; one pass over the text, multi-line values included."""
    at, end = 0, len(text)
    while at < end:
        line_end = text.find("\n", at)
        line_end = end if line_end < 0 else line_end
        tag, colon, value = text[at:line_end].partition(":")
        after = line_end + 1
        value = value.strip()
        if value.startswith("<text>"):
            start = text.index("<text>", at) + len("<text>")
            stop = text.find("</text>", start)
            if stop < 0:
                raise FormatError("a <text> never ends", offset=at)
            value = text[start:stop]
            line_end = text.find("\n", stop)
            after = end if line_end < 0 else line_end + 1
        if colon and tag and not tag.startswith("#"):
            yield tag.strip(), value
        at = after


def _take(reading: _Reading, tag: str, value: str) -> None:
    if tag == "SPDXVersion":
        reading.version = value
    elif tag == "Relationship":
        words = value.split()
        reading.relations += [Relation(*words[:3])] if len(words) >= 3 else []
    elif tag in ("SPDXREF", "Annotator"):
        reading.remark = value if tag == "SPDXREF" else ""
    elif tag == "AnnotationComment":
        _remark(reading, value)
    elif tag == "PackageName":
        reading.section = "package"
        reading.packages.append({"name": value})
        reading.refs.append([])
        reading.attributions.append([])
    elif tag == "LicenseID":
        reading.section = "licence"
        reading.licences.append({"id": value})
    elif tag in _SECTIONS:
        reading.section = ""
    elif reading.section == "package":
        _take_of_package(reading, tag, value)
    elif reading.section == "licence" and tag in ("ExtractedText", "LicenseName"):
        reading.licences[-1]["text" if tag == "ExtractedText" else "name"] = value


def _take_of_package(reading: _Reading, tag: str, value: str) -> None:
    if tag == "SPDXID":
        reading.packages[-1].setdefault("id", value)
    elif tag in _FIELDS:
        reading.packages[-1].setdefault(tag, value)
    elif tag == "ExternalRef":
        words = value.split()
        if len(words) >= 3:
            reading.refs[-1].append(ExternalRef(words[1], words[2]))
    elif tag == "PackageAttributionText":
        reading.attributions[-1].append(value)


def _remark(reading: _Reading, value: str) -> None:
    """File an annotation under the element it names, or the package it stands in."""
    here = reading.packages[-1].get("id", "") if reading.section == "package" else ""
    reading.remarks.setdefault(reading.remark or here, []).append(Remark(value))
