"""
Write OpenVEX 0.2.0: the part of it that an analysis needs, as values that encode to it.

Source: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md and openvex_json_schema.json. A
``not_affected`` statement has either a justification or an impact statement, an ``affected`` one
an action statement.
"""

from msgspec import UNSET, Struct, UnsetType, field

CONTEXT = "https://openvex.dev/ns/v0.2.0"


class _Node(Struct, frozen=True, omit_defaults=True):
    """Give all of them one shape: frozen, defaults left out."""


class Vulnerability(_Node, frozen=True):
    """Name a flaw."""

    name: str
    aliases: tuple[str, ...] | UnsetType = UNSET


class Identifiers(_Node, frozen=True):
    """Name a component by package URL."""

    purl: str


class Hashes(_Node, frozen=True):
    """Name a component by its digest."""

    sha256: str = field(name="sha-256")


class Subcomponent(_Node, frozen=True):
    """Be a package inside a product."""

    id: str = field(name="@id")
    identifiers: Identifiers | UnsetType = UNSET


class Product(_Node, frozen=True):
    """Be what a statement is about; limited to its subcomponents where there are some."""

    id: str | UnsetType = field(name="@id", default=UNSET)
    identifiers: Identifiers | UnsetType = UNSET
    hashes: Hashes | UnsetType = UNSET
    subcomponents: tuple[Subcomponent, ...] | UnsetType = UNSET


class Statement(_Node, frozen=True, kw_only=True):
    """Say where products stand with a flaw."""

    vulnerability: Vulnerability
    products: tuple[Product, ...]
    status: str
    status_notes: str | UnsetType = UNSET
    justification: str | UnsetType = UNSET
    impact_statement: str | UnsetType = UNSET
    action_statement: str | UnsetType = UNSET


class Document(_Node, frozen=True, kw_only=True):
    """Be the whole document."""

    context: str = field(name="@context")
    id: str = field(name="@id")
    author: str
    role: str
    timestamp: str
    version: int
    tooling: str
    statements: tuple[Statement, ...]
