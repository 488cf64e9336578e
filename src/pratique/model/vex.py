"""
Hold what a VEX document states, whatever its format.

The words are OpenVEX's (https://github.com/openvex/spec, 0.2.0); CycloneDX and CSAF are translated
into them by their readers.
"""

from enum import StrEnum

from msgspec import Struct


class VexStatus(StrEnum):
    """Where a product stands with a flaw."""

    NOT_AFFECTED = "not_affected"
    AFFECTED = "affected"
    FIXED = "fixed"
    UNDER_INVESTIGATION = "under_investigation"


class VexProduct(Struct, frozen=True, kw_only=True):
    """
    One thing a statement is about; any of its names will do.

    ``purls`` are package URLs (of an image, ``pkg:oci/…``, too), ``digests`` are
    ``algorithm:hex``. ``parts`` are the package URLs of the subcomponents that the statement is
    limited to; empty: the product as a whole. ``whole`` marks what the document itself is about (the
    image that an SBOM lists).
    """

    purls: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    whole: bool = False


class VexStatement(Struct, frozen=True, kw_only=True):
    """
    One author's word on one flaw in some products.

    ``names`` are the flaw's names. ``timestamp`` is ISO 8601 as written, of the statement or else
    of its document; ``version`` the document's. ``document`` is its id, ``place`` the file.
    """

    names: tuple[str, ...]
    status: VexStatus
    products: tuple[VexProduct, ...] = ()
    justification: str = ""
    detail: str = ""
    """The author's own words: impact, action or notes."""
    timestamp: str = ""
    version: str = ""
    author: str = ""
    document: str = ""
    place: str = ""
