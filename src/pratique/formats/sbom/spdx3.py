"""
Write SPDX 3.0.1 JSON-LD: the part of it that a package list needs, as values that encode to it.

A document is a flat graph of elements, each with an IRI, and relationships between them. Field
names are those of the JSON-LD context; what is unset is left out.
Source: https://spdx.github.io/spdx-spec/v3.0.1/ (profiles Core, Software, SimpleLicensing,
Extension), https://spdx.org/schema/3.0.1/spdx-json-schema.json.
"""

from msgspec import UNSET, Struct, UnsetType, field

VERSION = "3.0.1"
VERSIONS = ("3.0", VERSION)
"""What may be asked for; 3.0 means its last correction, since 3.0.0 had errors in its schema."""
CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
CREATION_INFO = "_:creation"
"""The blank node that every element points at."""


class CreationInfo(Struct, frozen=True, tag_field="type", tag="CreationInfo"):
    """Say when and by what the document was made."""

    created: str
    created_by: tuple[str, ...] = field(name="createdBy")
    created_using: tuple[str, ...] = field(name="createdUsing")
    id: str = field(name="@id", default=CREATION_INFO)
    spec_version: str = field(name="specVersion", default=VERSION)


class CdxProperty(Struct, frozen=True, tag_field="type", tag="extension_CdxPropertyEntry"):
    """Hold a fact SPDX has no field for, in the way CycloneDX does."""

    name: str = field(name="extension_cdxPropName")
    value: str = field(name="extension_cdxPropValue")


class CdxProperties(Struct, frozen=True, tag_field="type", tag="extension_CdxPropertiesExtension"):
    """Hold the facts of one element."""

    properties: tuple[CdxProperty, ...] = field(name="extension_cdxProperty")


class Hash(Struct, frozen=True, tag_field="type", tag="Hash"):
    """Hold one hash; ``algorithm`` is ``sha256`` and the like."""

    algorithm: str
    value: str = field(name="hashValue")


class ExternalIdentifier(Struct, frozen=True, tag_field="type", tag="ExternalIdentifier"):
    """Hold another name of an element; ``kind`` is ``packageUrl``, ``cpe23``…"""

    kind: str = field(name="externalIdentifierType")
    identifier: str


class CustomLicense(Struct, frozen=True, tag_field="type", tag="DictionaryEntry"):
    """Say which element spells out a ``LicenseRef-…``."""

    key: str
    value: str


class Element(Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="type"):
    """Have what all elements have."""

    id: str = field(name="spdxId")
    creation_info: str = field(name="creationInfo")
    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    comment: str | UnsetType = UNSET
    verified_using: tuple[Hash, ...] | UnsetType = field(name="verifiedUsing", default=UNSET)
    identifiers: tuple[ExternalIdentifier, ...] | UnsetType = field(
        name="externalIdentifier", default=UNSET
    )
    extension: tuple[CdxProperties, ...] | UnsetType = UNSET


class SoftwareAgent(Element, frozen=True, tag="SoftwareAgent"):
    """Be the program that answers for the document."""


class Tool(Element, frozen=True, tag="Tool"):
    """Be the version of the program that made it."""


class Organization(Element, frozen=True, tag="Organization"):
    """Supply packages."""


class Package(Element, frozen=True, tag="software_Package"):
    """Describe one package, image or operating system."""

    purpose: str = field(name="software_primaryPurpose")
    version: str | UnsetType = field(name="software_packageVersion", default=UNSET)
    purl: str | UnsetType = field(name="software_packageUrl", default=UNSET)
    source_info: str | UnsetType = field(name="software_sourceInfo", default=UNSET)
    supplied_by: str | UnsetType = field(name="suppliedBy", default=UNSET)


class File(Element, frozen=True, tag="software_File"):
    """Describe one file: a lockfile, whose path is its name."""

    purpose: str = field(name="software_primaryPurpose")


class LicenseExpression(Element, frozen=True, tag="simplelicensing_LicenseExpression"):
    """Hold one expression of licences."""

    expression: str = field(name="simplelicensing_licenseExpression")
    custom: tuple[CustomLicense, ...] | UnsetType = field(
        name="simplelicensing_customIdToUri", default=UNSET
    )


class LicensingText(Element, frozen=True, tag="simplelicensing_SimpleLicensingText"):
    """Spell out a licence that is not on the SPDX list."""

    text: str = field(name="simplelicensing_licenseText")


class Relationship(Element, frozen=True, kw_only=True, tag="Relationship"):
    """Say how one element relates to others."""

    source: str = field(name="from")
    kind: str = field(name="relationshipType")
    to: tuple[str, ...]
    completeness: str | UnsetType = UNSET


class ScopedRelationship(
    Relationship, frozen=True, kw_only=True, tag="LifecycleScopedRelationship"
):
    """Say so for one stage of a life: ``development``, ``runtime``…"""

    scope: str


class Sbom(Element, frozen=True, tag="software_Sbom"):
    """Name what is described and all that describes it."""

    root: tuple[str, ...] = field(name="rootElement")
    element: tuple[str, ...]
    profiles: tuple[str, ...] = field(name="profileConformance")
    sbom_type: tuple[str, ...] = field(name="software_sbomType")


class SpdxDocument(Element, frozen=True, tag="SpdxDocument"):
    """Be the document around the bill of materials."""

    root: tuple[str, ...] = field(name="rootElement")
    element: tuple[str, ...]
    profiles: tuple[str, ...] = field(name="profileConformance")
    data_license: str = field(name="dataLicense")


Node = CreationInfo | Element


class Document(Struct, frozen=True):
    """Be the whole file."""

    graph: tuple[Node, ...] = field(name="@graph")
    context: str = field(name="@context", default=CONTEXT)
