"""
Write CycloneDX JSON: the part of 1.6 and 1.7 that a scan needs, as values that encode to it.

Field names are CycloneDX's own; what is unset is left out. The two versions differ here in
``specVersion`` and ``$schema`` only.
Source: https://cyclonedx.org/docs/1.6/json/ and https://cyclonedx.org/docs/1.7/json/ (ECMA-424).
"""

from msgspec import UNSET, Struct, UnsetType, field

VERSIONS = ("1.6", "1.7")
DEFAULT_VERSION = "1.6"


class _Node(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """Give all of them one shape: frozen, camel case, defaults left out."""


class Property(_Node, frozen=True):
    """Hold one name and value of a tool's own namespace."""

    name: str
    value: str


class Hash(_Node, frozen=True):
    """Hold one hash; ``alg`` is spelled as the schema does (``SHA-256``)."""

    alg: str
    content: str


class License(_Node, frozen=True):
    """Name a licence by SPDX id or, where it has none, by its text."""

    id: str | UnsetType = UNSET
    name: str | UnsetType = UNSET


class LicenseChoice(_Node, frozen=True):
    """Hold a licence, or an expression that then stands alone in its list."""

    license: License | UnsetType = UNSET
    expression: str | UnsetType = UNSET


class Organization(_Node, frozen=True):
    """Name who supplied a component."""

    name: str


class Occurrence(_Node, frozen=True):
    """Say where a component was found."""

    location: str


class ComponentEvidence(_Node, frozen=True):
    """Hold the places where a component was found."""

    occurrences: tuple[Occurrence, ...]


class Component(_Node, frozen=True):
    """Describe a package, an image, an operating system or a tool."""

    type: str
    name: str
    bom_ref: str | UnsetType = field(name="bom-ref", default=UNSET)
    version: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    supplier: Organization | UnsetType = UNSET
    scope: str | UnsetType = UNSET
    hashes: tuple[Hash, ...] | UnsetType = UNSET
    licenses: tuple[LicenseChoice, ...] | UnsetType = UNSET
    cpe: str | UnsetType = UNSET
    purl: str | UnsetType = UNSET
    components: tuple["Component", ...] | UnsetType = UNSET
    evidence: ComponentEvidence | UnsetType = UNSET
    properties: tuple[Property, ...] | UnsetType = UNSET


class Tools(_Node, frozen=True):
    """List the tools that made the document."""

    components: tuple[Component, ...]


class Metadata(_Node, frozen=True):
    """Say when, by what and about what the document was made."""

    timestamp: str
    tools: Tools
    component: Component
    properties: tuple[Property, ...] | UnsetType = UNSET


class Dependency(_Node, frozen=True):
    """Say what one component needs directly."""

    ref: str
    depends_on: tuple[str, ...] | UnsetType = UNSET


class Composition(_Node, frozen=True):
    """Say how complete a part of the document is (``incomplete``, ``unknown``…)."""

    aggregate: str
    assemblies: tuple[str, ...]


class Source(_Node, frozen=True):
    """Name a publisher."""

    name: str | UnsetType = UNSET
    url: str | UnsetType = UNSET


class Reference(_Node, frozen=True):
    """Hold another name of a vulnerability and who gave it."""

    id: str
    source: Source


class Rating(_Node, frozen=True):
    """Hold one grade and who gave it."""

    source: Source | UnsetType = UNSET
    score: float | UnsetType = UNSET
    severity: str | UnsetType = UNSET
    method: str | UnsetType = UNSET
    vector: str | UnsetType = UNSET
    justification: str | UnsetType = UNSET


class Advisory(_Node, frozen=True):
    """Point at a text about a vulnerability."""

    url: str


class AffectedVersion(_Node, frozen=True):
    """Say of one version whether it is affected."""

    version: str
    status: str


class Affects(_Node, frozen=True):
    """Point at a component that a vulnerability touches."""

    ref: str
    versions: tuple[AffectedVersion, ...] | UnsetType = UNSET


class Analysis(_Node, frozen=True):
    """Say what was decided about a vulnerability in this product."""

    state: str | UnsetType = UNSET
    justification: str | UnsetType = UNSET
    response: tuple[str, ...] | UnsetType = UNSET
    detail: str | UnsetType = UNSET


class Vulnerability(_Node, frozen=True):
    """Describe one flaw and the components it touches."""

    bom_ref: str = field(name="bom-ref")
    id: str
    source: Source | UnsetType = UNSET
    references: tuple[Reference, ...] | UnsetType = UNSET
    ratings: tuple[Rating, ...] | UnsetType = UNSET
    cwes: tuple[int, ...] | UnsetType = UNSET
    description: str | UnsetType = UNSET
    detail: str | UnsetType = UNSET
    recommendation: str | UnsetType = UNSET
    advisories: tuple[Advisory, ...] | UnsetType = UNSET
    published: str | UnsetType = UNSET
    updated: str | UnsetType = UNSET
    analysis: Analysis | UnsetType = UNSET
    affects: tuple[Affects, ...] | UnsetType = UNSET
    properties: tuple[Property, ...] | UnsetType = UNSET


class Bom(_Node, frozen=True):
    """Be the whole document."""

    schema: str = field(name="$schema")
    bom_format: str
    spec_version: str
    serial_number: str
    version: int
    metadata: Metadata
    components: tuple[Component, ...]
    dependencies: tuple[Dependency, ...]
    compositions: tuple[Composition, ...] | UnsetType = UNSET
    vulnerabilities: tuple[Vulnerability, ...] | UnsetType = UNSET


def schema_url(version: str) -> str:
    """
    Return the address that names the schema of a version.

    >>> schema_url("1.6")
    'http://cyclonedx.org/schema/bom-1.6.schema.json'
    """
    return f"http://cyclonedx.org/schema/bom-{version}.schema.json"
