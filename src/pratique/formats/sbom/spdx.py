"""
Write SPDX 2.3 JSON: the part of it that a package list needs, as values that encode to it.

Field names are SPDX's own; what is unset is left out.
Source: https://spdx.github.io/spdx-spec/v2.3/ (clauses 6 to 11; JSON names from annex F).
"""

from msgspec import UNSET, Struct, UnsetType, field

VERSION = "2.3"
NOASSERTION = "NOASSERTION"
DOCUMENT_ID = "SPDXRef-DOCUMENT"


class _Node(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """Give all of them one shape: frozen, camel case, defaults left out."""


class CreationInfo(_Node, frozen=True):
    """Say when and by what the document was made (6.8, 6.9)."""

    created: str
    creators: tuple[str, ...]


class Checksum(_Node, frozen=True):
    """Hold one hash; ``algorithm`` is ``SHA256`` and the like (7.10)."""

    algorithm: str
    checksum_value: str


class ExternalRef(_Node, frozen=True):
    """Point outside the document, here by package URL (7.21)."""

    reference_category: str
    reference_type: str
    reference_locator: str


class Annotation(_Node, frozen=True):
    """Hold a remark of a tool (clause 12); here ``pratique:<name>=<value>``."""

    annotation_date: str
    annotation_type: str
    annotator: str
    comment: str


class Package(_Node, frozen=True):
    """Describe one package, image or operating system (clause 7)."""

    spdx_id: str = field(name="SPDXID")
    name: str
    download_location: str
    files_analyzed: bool
    license_concluded: str
    license_declared: str
    copyright_text: str
    supplier: str
    version_info: str | UnsetType = UNSET
    primary_package_purpose: str | UnsetType = UNSET
    checksums: tuple[Checksum, ...] | UnsetType = UNSET
    source_info: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    external_refs: tuple[ExternalRef, ...] | UnsetType = UNSET
    annotations: tuple[Annotation, ...] | UnsetType = UNSET


class ExtractedLicense(_Node, frozen=True):
    """Spell out a licence that is not on the SPDX list (clause 10)."""

    license_id: str
    extracted_text: str
    name: str


class Relationship(_Node, frozen=True):
    """Say how two elements relate (clause 11)."""

    spdx_element_id: str
    relationship_type: str
    related_spdx_element: str


class Document(_Node, frozen=True):
    """Be the whole document (clause 6)."""

    spdx_version: str
    data_license: str
    spdx_id: str = field(name="SPDXID")
    document_namespace: str
    name: str
    creation_info: CreationInfo
    document_describes: tuple[str, ...]
    packages: tuple[Package, ...]
    relationships: tuple[Relationship, ...]
    has_extracted_licensing_infos: tuple[ExtractedLicense, ...] | UnsetType = UNSET
    comment: str | UnsetType = UNSET
