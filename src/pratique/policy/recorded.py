"""
Hold what a JSON report records, as far as later runs look at it.

Law: a field that an older report lacks has a default that claims nothing.
"""

from msgspec import Struct

from pratique.model.advisory import DataStatus
from pratique.model.finding import Finding
from pratique.model.package import LayerRef


class EarlierLayer(Struct, frozen=True, kw_only=True):
    """A layer as a report names it."""

    diff_id: str
    size_bytes: int = -1
    created_by: str = ""


class EarlierImage(Struct, frozen=True, kw_only=True):
    """An image as a report describes it."""

    name: str = ""
    platform: str = ""
    created: str = ""
    size_bytes: int = 0
    layers: tuple[EarlierLayer, ...] = ()
    labels: dict[str, str] = {}


class EarlierPackage(Struct, frozen=True, kw_only=True):
    """A package as a report lists it."""

    key: str
    type: str
    name: str
    version: str
    purl: str = ""
    arch: str = ""
    location: str = ""
    declared: bool = False
    layer: LayerRef | None = None


class EarlierSubject(Struct, frozen=True, kw_only=True):
    """One subject of an earlier report."""

    target: str = ""
    digest: str | None = None
    image: EarlierImage | None = None
    findings: tuple[Finding, ...] = ()
    packages: tuple[EarlierPackage, ...] = ()


class EarlierReport(Struct, frozen=True, kw_only=True):
    """An earlier report, as far as it is looked at."""

    schema: str = ""
    created: str = ""
    data: tuple[DataStatus, ...] = ()
    subjects: tuple[EarlierSubject, ...] = ()
