"""
Read the packages of an SPDX document, 2.2 and 2.3, in JSON or tag-value form.

Both forms become the same entries. Packages are decoded one by one, so one that is malformed costs
itself only. Source: https://spdx.github.io/spdx-spec/v2.3/ (clauses 6 to 12) and v2.2.2.
"""

from collections.abc import Iterable
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct, field

from pratique.formats.sbom._read_distro import distro_from_component
from pratique.formats.sbom._read_document import Document, Problem
from pratique.formats.sbom._read_package import (
    Listed,
    facts_of,
    facts_of_remark,
    names_image,
)
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Scope

VERSIONS = frozenset({"SPDX-2.2", "SPDX-2.3"})
_NOTHING = frozenset({"NOASSERTION", "NONE", ""})
_HOLDERS = ("CONTAINER", "SOURCE", "ARCHIVE", "FILE", "APPLICATION", "INSTALL")
_HOLDER_IDS = (
    "SPDXRef-Application",
    "SPDXRef-ContainerImage",
    "SPDXRef-DocumentRoot",
    "SPDXRef-Filesystem",
    "SPDXRef-Repository",
)
"""How Trivy and Syft name what holds packages, where they give it no purpose."""
_SCOPES = {
    "DEV_DEPENDENCY_OF": Scope.DEVELOPMENT.value,
    "TEST_DEPENDENCY_OF": Scope.DEVELOPMENT.value,
    "BUILD_DEPENDENCY_OF": Scope.DEVELOPMENT.value,
    "OPTIONAL_DEPENDENCY_OF": Scope.OPTIONAL.value,
}
_Part = TypeVar("_Part")
_TRIVY = "aquasecurity:trivy:"


class ExternalRef(Struct, frozen=True):
    """One reference out of the document (7.21)."""

    kind: str | None = field(name="referenceType", default=None)
    locator: str | None = field(name="referenceLocator", default=None)


class Remark(Struct, frozen=True):
    """One annotation (clause 12)."""

    comment: str | None = None


class Element(Struct, frozen=True):
    """One package of the document (clause 7), as far as it is read."""

    name: str | None = None
    id: str | None = field(name="SPDXID", default=None)
    version: str | None = field(name="versionInfo", default=None)
    purpose: str | None = field(name="primaryPackagePurpose", default=None)
    supplier: str | None = None
    declared: str | None = field(name="licenseDeclared", default=None)
    concluded: str | None = field(name="licenseConcluded", default=None)
    source_info: str | None = field(name="sourceInfo", default=None)
    description: str | None = None
    refs: list[ExternalRef] | None = field(name="externalRefs", default=None)
    annotations: list[Remark] | None = None
    attributions: list[str] | None = field(name="attributionTexts", default=None)


class Relation(Struct, frozen=True):
    """One relationship (clause 11)."""

    left: str = field(name="spdxElementId", default="")
    kind: str = field(name="relationshipType", default="")
    right: str = field(name="relatedSpdxElement", default="")


class Extracted(Struct, frozen=True):
    """One licence spelt out (clause 10)."""

    id: str = field(name="licenseId", default="")
    name: str | None = None
    text: str | None = field(name="extractedText", default=None)


class _Json(Struct, frozen=True):
    version: str = field(name="spdxVersion", default="")
    packages: list[Raw] | None = None
    relationships: list[Raw] | None = None
    licences: list[Raw] | None = field(name="hasExtractedLicensingInfos", default=None)


def read_spdx_json(content: bytes, limits: Limits) -> Document:
    """
    Return what an SPDX JSON document lists.

    Raises:
        FormatError: not SPDX 2.2 or 2.3.
        LimitExceeded: more packages than ``limits.packages``.
    """
    try:
        parsed = msgspec.json.decode(content, type=_Json)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"not SPDX JSON: {error}") from None
    if len(parsed.packages or ()) > limits.packages:
        raise LimitExceeded(f"more than {limits.packages} packages")
    problems: list[Problem] = []
    elements = _each(parsed.packages, Element, "package", problems)
    document = document_of(
        parsed.version,
        elements,
        _each(parsed.relationships, Relation, "relationship", []),
        _each(parsed.licences, Extracted, "licence", []),
    )
    document.problems += problems
    return document


def document_of(
    version: str,
    elements: Iterable[Element],
    relations: Iterable[Relation],
    licences: Iterable[Extracted],
) -> Document:
    """
    Return what the parts of a document list, whichever form they were read from.

    Raises:
        FormatError: the version is another.
    """
    if version not in VERSIONS:
        raise FormatError(
            f"{version[:20]!r} is not read",
            hint="SPDX-2.2 and SPDX-2.3 are; convert the SBOM with its own tool",
        )
    document = Document(format=version.replace("-", " "))
    spelt = {
        one.id: one.name if one.name not in (None, *_NOTHING) else one.text for one in licences
    }
    listed: dict[str | int, Listed] = {}
    for number, element in enumerate(elements):
        _file(element, number, listed, spelt, document)
    needs: dict[str | int, list[str]] = {}
    scopes: dict[str | int, str] = {}
    for relation in relations:
        if relation.kind in _SCOPES:
            scopes[relation.left] = _SCOPES[relation.kind]
        ends = (relation.left, relation.right)
        if relation.kind == "DEPENDENCY_OF":
            ends = ends[::-1]
        if relation.kind in ("DEPENDS_ON", "DEPENDENCY_OF") and listed.keys() >= set(ends):
            needs.setdefault(ends[0], []).append(listed[ends[1]].name)
    document.packages = [
        msgspec.structs.replace(
            one,
            needs=tuple(needs.get(ref, ())),
            facts={"scope": scopes[ref], **one.facts} if ref in scopes else one.facts,
        )
        for ref, one in listed.items()
    ]
    return document


def _file(
    element: Element,
    number: int,
    listed: dict[str | int, Listed],
    spelt: dict[str, str | None],
    document: Document,
) -> None:
    """Put a package where it belongs: distribution, image, holder or package."""
    ref, name, version = element.id or "", element.name or "", element.version or ""
    remarks = _remarks(element)
    document.diff_ids += [
        v for k, v in remarks if k in (f"{_TRIVY}DiffID", "pratique:image:layer:diff_id")
    ]
    properties = dict(reversed(remarks))
    purl = next((r.locator for r in element.refs or () if r.kind == "purl" and r.locator), "")
    if element.purpose == "OPERATING-SYSTEM" or ref.startswith("SPDXRef-OperatingSystem"):
        distro = distro_from_component(name, version, element.description or "", properties)
        document.distros += [distro] if distro else []
        return
    if names_image(purl) or (not purl and _is_holder(element, ref)):
        return
    facts = facts_of_remark(element.source_info or "") | facts_of(properties)
    cpes = [r.locator for r in element.refs or () if r.kind == "cpe23Type" and r.locator]
    if cpes:
        facts.setdefault("cpes", " ".join(cpes))
    # An identifier that is taken must not hide a package: the number stands in for it.
    listed[ref if ref and ref not in listed else number] = Listed(
        name=name,
        version=version,
        purl=purl,
        vendor=_vendor(element.supplier or ""),
        licences=_licences(element, spelt),
        facts=facts,
    )


def _is_holder(element: Element, ref: str) -> bool:
    return element.purpose in _HOLDERS or ref.startswith(_HOLDER_IDS)


def _remarks(element: Element) -> list[tuple[str, str]]:
    """Return the facts in annotations: ours ``name=value``, Trivy's ``name: value``."""
    found = []
    texts = [one.comment or "" for one in element.annotations or ()]
    for text in (*texts, *(element.attributions or ())):
        if text.startswith("pratique:"):
            name, _, value = text.partition("=")
            found.append((name, value))
        else:
            name, _, value = text.partition(": ")
            found.append((name if name.startswith(_TRIVY) else _TRIVY + name, value))
    return found


def _licences(element: Element, spelt: dict[str, str | None]) -> tuple[str, ...]:
    text = element.declared or ""
    if text in _NOTHING:
        text = element.concluded or ""
    if text in _NOTHING:
        return ()
    return (spelt.get(text) or text,)


def _vendor(supplier: str) -> str:
    kind, _, name = supplier.partition(": ")
    return name if kind in ("Organization", "Person") else ""


def _each(
    raws: list[Raw] | None, kind: type[_Part], part: str, problems: list[Problem]
) -> list[_Part]:
    found = []
    for raw in raws or ():
        try:
            found.append(msgspec.json.decode(raw, type=kind))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            problems.append(Problem(part, str(error)))
    return found
