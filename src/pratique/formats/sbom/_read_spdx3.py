"""
Read the packages of an SPDX 3 document in JSON-LD, as one flat graph of elements.

Only the compact form is read, in which the SPDX context gives the names (the specification demands
it of JSON); elements inside elements are refused one by one. Elements are decoded one by one, so
one that is malformed costs itself only. Facts of other tools are not looked for: none writes SPDX
3 with facts of its own yet. Source: https://spdx.github.io/spdx-spec/v3.0.1/serializations/.
"""

import re

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

_CONTEXT = re.compile(r"https://spdx\.org/rdf/(3\.[01](?:\.[0-9]{1,2})?)/spdx-context\.jsonld")
_PACKAGE = "software_Package"
_RELATIONSHIPS = ("Relationship", "LifecycleScopedRelationship")
_EXPRESSION = "simplelicensing_LicenseExpression"
_TEXT = "simplelicensing_SimpleLicensingText"
_READ = frozenset({_PACKAGE, "Organization", "Person", _EXPRESSION, _TEXT, *_RELATIONSHIPS})
_LICENCES = ("hasDeclaredLicense", "hasConcludedLicense")
"""Best first."""
_HOLDERS = frozenset({"container", "source", "archive", "file", "application", "install", "bom"})


class _Identifier(Struct, frozen=True):
    kind: str = field(name="externalIdentifierType", default="")
    identifier: str = ""


class _Property(Struct, frozen=True):
    name: str = field(name="extension_cdxPropName", default="")
    value: str | None = field(name="extension_cdxPropValue", default=None)


class _Extension(Struct, frozen=True):
    properties: list[_Property] | None = field(name="extension_cdxProperty", default=None)


class _Custom(Struct, frozen=True):
    key: str = ""
    value: str | None = None


class _Kind(Struct, frozen=True):
    type: str | None = None


class _Element(Struct, frozen=True):
    type: str = ""
    id: str = field(name="spdxId", default="")
    name: str | None = None
    description: str | None = None
    version: str | None = field(name="software_packageVersion", default=None)
    purl: str | None = field(name="software_packageUrl", default=None)
    purpose: str | None = field(name="software_primaryPurpose", default=None)
    source_info: str | None = field(name="software_sourceInfo", default=None)
    supplied_by: str | None = field(name="suppliedBy", default=None)
    identifiers: list[_Identifier] | None = field(name="externalIdentifier", default=None)
    extension: list[_Extension] | None = None
    expression: str | None = field(name="simplelicensing_licenseExpression", default=None)
    custom: list[_Custom] | None = field(name="simplelicensing_customIdToUri", default=None)
    text: str | None = field(name="simplelicensing_licenseText", default=None)
    source: str | None = field(name="from", default=None)
    relation: str | None = field(name="relationshipType", default=None)
    to: list[str] | str | None = None
    scope: str | None = None

    @property
    def targets(self) -> list[str]:
        """Return what a relationship points at."""
        return [self.to] if isinstance(self.to, str) else self.to or []


class _File(Struct, frozen=True):
    context: str = field(name="@context", default="")
    graph: list[Raw] | None = field(name="@graph", default=None)


def read_spdx3(content: bytes, limits: Limits) -> Document:
    """
    Return what an SPDX 3 document lists.

    Raises:
        FormatError: not SPDX 3, or not in the compact form.
        LimitExceeded: more packages than ``limits.packages``.
    """
    try:
        file = msgspec.json.decode(content, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"not SPDX 3 JSON-LD: {error}") from None
    version = _CONTEXT.fullmatch(file.context)
    if not version or file.graph is None:
        raise FormatError(
            "JSON-LD without SPDX 3's context and graph", hint="SPDX 3.0 and 3.1 are read"
        )
    document = Document(format=f"SPDX {version[1]}")
    elements = _elements(file.graph, document, limits)
    listed: dict[str | int, Listed] = {}
    names = {one.id: one.name or "" for one in elements if one.type in ("Organization", "Person")}
    for number, element in enumerate(elements):
        if element.type == _PACKAGE:
            _file(element, number, names, listed, document)
    document.packages = _related(elements, listed)
    return document


def _elements(graph: list[Raw], document: Document, limits: Limits) -> list[_Element]:
    """Return the elements that matter here; another's odd fields are nobody's problem."""
    found, packages = [], 0
    for raw in graph:
        try:
            kind = msgspec.json.decode(raw, type=_Kind).type
            packages += kind == _PACKAGE
            if packages > limits.packages:
                raise LimitExceeded(f"more than {limits.packages} packages")
            if kind in _READ:
                found.append(msgspec.json.decode(raw, type=_Element))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            document.problems.append(Problem("element", str(error)))
    return found


def _file(
    element: _Element,
    number: int,
    names: dict[str, str],
    listed: dict[str | int, Listed],
    document: Document,
) -> None:
    """Put a package where it belongs: distribution, image, holder or package."""
    pairs = [
        (one.name, one.value or "")
        for extension in element.extension or ()
        for one in extension.properties or ()
    ]
    document.diff_ids += [v for k, v in pairs if k == "pratique:image:layer:diff_id"]
    properties = dict(reversed(pairs))
    name, version = element.name or "", element.version or ""
    if element.purpose == "operatingSystem":
        distro = distro_from_component(name, version, element.description or "", properties)
        document.distros += [distro] if distro else []
        return
    purl = element.purl or _identifier(element, "packageUrl")
    if names_image(purl) or (not purl and element.purpose in _HOLDERS):
        return
    facts = facts_of_remark(element.source_info or "") | facts_of(properties)
    cpes = [one.identifier for one in element.identifiers or () if one.kind == "cpe23"]
    if cpes:
        facts.setdefault("cpes", " ".join(cpes))
    # An identifier that is taken must not hide a package: the number stands in for it.
    listed[element.id if element.id and element.id not in listed else number] = Listed(
        name=name,
        version=version,
        purl=purl,
        vendor=names.get(element.supplied_by or "", ""),
        facts=facts,
    )


def _related(elements: list[_Element], listed: dict[str | int, Listed]) -> list[Listed]:
    """Return the packages with what the relationships say of them."""
    needs: dict[str, list[str]] = {}
    scopes: dict[str, str] = {}
    licences: dict[str, dict[str, str]] = {relation: {} for relation in _LICENCES}
    spelt = _expressions(elements)
    for one in elements:
        if one.type not in _RELATIONSHIPS or not one.source:
            continue
        if one.relation in licences and one.targets:
            licences[one.relation].setdefault(one.source, spelt.get(one.targets[0], ""))
        elif one.relation == "dependsOn" and one.source in listed:
            needs.setdefault(one.source, []).extend(
                listed[target].name for target in one.targets if target in listed
            )
        elif one.relation == "dependsOn" and one.scope in ("development", "build", "test"):
            scopes.update(dict.fromkeys(one.targets, Scope.DEVELOPMENT.value))
        elif one.relation == "hasOptionalDependency":
            scopes.update(dict.fromkeys(one.targets, Scope.OPTIONAL.value))
    found = []
    for ref, package in listed.items():
        key = str(ref)
        licence = next(filter(None, (licences[one].get(key) for one in _LICENCES)), "")
        found.append(
            msgspec.structs.replace(
                package,
                needs=tuple(needs.get(key, ())),
                licences=(licence,) if licence else (),
                facts={"scope": scopes[key], **package.facts} if key in scopes else package.facts,
            )
        )
    return found


def _expressions(elements: list[_Element]) -> dict[str, str]:
    """Return the licence of each expression's identifier, references spelt out."""
    texts = {one.id: one.text or "" for one in elements if one.type == _TEXT}
    found = dict(texts)
    for one in elements:
        if one.type == _EXPRESSION:
            custom = {entry.key: texts.get(entry.value or "", "") for entry in one.custom or ()}
            expression = one.expression or ""
            found[one.id] = custom.get(expression) or expression
    return found


def _identifier(element: _Element, kind: str) -> str:
    names = (one.identifier for one in element.identifiers or () if one.kind == kind)
    return next(filter(None, names), "")
