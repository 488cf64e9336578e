"""
Describe what the store keeps of an image, so that it can be judged again without reading it.
"""

from msgspec import Struct

from pratique.model.digest import Digest
from pratique.model.distro import Distro
from pratique.model.package import Package


class Piece(Struct, frozen=True, kw_only=True):
    """
    One package in the circumstances that its verdict depends on.

    Equal pieces of many images are kept and judged once. ``package`` has neither location nor
    layer; ``owner`` is the OS package it is a part of, stripped likewise.
    """

    package: Package
    distro: Distro | None = None
    owner: Package | None = None


class Judged(Struct, frozen=True, array_like=True, order=True):
    """
    What was last said of a piece: one flaw or rule.

    ``suppressed`` is the ``Suppressor``'s value, or empty; what people's own rules suppress is not.
    """

    rule: str
    severity: str
    fix_state: str
    fix_version: str = ""
    suppressed: str = ""


class Holder(Struct, frozen=True, kw_only=True, order=True):
    """One stored image, and what it was called when it was scanned."""

    digest: Digest
    target: str
    stored: str
    """ISO 8601, UTC."""


class StoredImage(Struct, frozen=True, kw_only=True, order=True):
    """
    An image in the catalogue, by which later ones recognise their base.

    ``chain`` is the chain ID of all its layers, ``layers`` how many they are. ``created`` and
    ``labels`` are what the image says of itself. ``distro`` is its name and version.
    """

    digest: Digest
    target: str
    chain: Digest
    layers: int
    created: str = ""
    distro: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    stored: str = ""
    """ISO 8601, UTC."""


class StoredVerdict(Struct, frozen=True, kw_only=True):
    """
    The newest answer for an image, and what the newest scan counted.

    ``answer`` is an ``Answer``'s value, empty where the image was scanned and never judged.
    ``policy`` is the policy's name; ``flaws`` counts findings by severity, the gravest first.
    """

    digest: str
    answer: str = ""
    policy: str = ""
    judged: str = ""
    """ISO 8601, UTC."""
    flaws: tuple[tuple[str, int], ...] = ()
    scanned: str = ""
    """ISO 8601, UTC."""
