"""
Render a report as JSON in the project's own schema, ``pratique.report/1``.

Everything is in it: each finding with its evidence, what was not understood, which data stood
behind the answers. The schema is published (docs/reference/report.schema.json, made by
``json_schema``); within one number it only gains optional fields, and every field is always
written. The image's environment and command are left out: they may hold secrets and no reader of
findings needs them.
"""

from typing import Literal

import msgspec
from msgspec import Struct

from pratique.model.advisory import DataStatus
from pratique.model.digest import Digest
from pratique.model.distro import Distro
from pratique.model.finding import Finding
from pratique.model.image import Image
from pratique.model.licence import LicenceClass
from pratique.model.package import LayerRef, Package, Scope
from pratique.model.part import BaseImage, Part
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.unknown import Unknown
from pratique.model.verdict import Verdict
from pratique.reports._encoding import json_bytes
from pratique.reports._summary import Summary, summarise
from pratique.reports.interface import Style

NAME = "json"
MEDIA_TYPE = "application/json"
SUFFIX = ".json"
SCHEMA: Literal["pratique.report/1"] = "pratique.report/1"
_SYMBOL_BYTES = 4
"""Bytes of each hash in ``Linked.symbols``."""


class ToolOut(Struct, frozen=True, kw_only=True):
    """What made the report."""

    name: Literal["pratique"] = "pratique"
    version: str


class LayerOut(Struct, frozen=True, kw_only=True):
    """
    One layer of the image, lowest first; ``created_by`` is its build step.

    ``hidden_bytes`` are those of its files that later layers delete or replace.
    """

    index: int
    digest: Digest
    diff_id: Digest
    size_bytes: int
    media_type: str
    created_by: str
    hidden_bytes: int


class ImageOut(Struct, frozen=True, kw_only=True):
    """The image: what its manifest and config say."""

    name: str
    digest: Digest
    config_digest: Digest
    index_digest: Digest | None
    platform: str
    created: str
    size_bytes: int
    layers: tuple[LayerOut, ...]
    labels: dict[str, str]
    annotations: dict[str, str]


class LinkedOut(Struct, frozen=True, kw_only=True):
    """How much of a module its program contains: packages and functions, counted."""

    packages: int
    functions: int


class PackageOut(Struct, frozen=True, kw_only=True):
    """One package; ``key`` is what ``package`` of a finding names."""

    key: str
    type: str
    name: str
    version: str
    purl: str
    arch: str
    source_name: str
    source_version: str
    source_rpm: str
    module: str
    vendor: str
    licences: tuple[str, ...]
    depends: tuple[str, ...]
    declared: bool
    scope: Scope = Scope.RUNTIME
    cpes: tuple[str, ...] = ()
    linked: LinkedOut | None = None
    owner: str = ""
    unpublished: bool = False
    location: str
    layer: LayerRef | None
    origin: str
    licence_expression: str = ""
    licence_class: LicenceClass | None = None
    part: Part = Part.UNKNOWN


class SubjectOut(Struct, frozen=True, kw_only=True):
    """One image, directory or SBOM: figures first, then what was not understood, then the lists."""

    kind: SubjectKind
    target: str
    digest: Digest | None
    distro: Distro | None
    image: ImageOut | None
    base: BaseImage | None = None
    summary: Summary
    unknowns: tuple[Unknown, ...]
    findings: tuple[Finding, ...]
    packages: tuple[PackageOut, ...]
    verdict: Verdict | None = None
    """What a policy decided; None where none was asked."""


class Document(Struct, frozen=True, kw_only=True):
    """A report of pratique: the outcome of one run over one or more subjects."""

    schema: Literal["pratique.report/1"] = SCHEMA
    tool: ToolOut
    created: str
    scanned: bool
    threshold: str
    outcome: Literal["pass", "fail", "undecided", ""]
    reasons: tuple[str, ...]
    data: tuple[DataStatus, ...]
    skipped: tuple[str, ...]
    subjects: tuple[SubjectOut, ...]


def render(report: Report, style: Style) -> bytes:
    """Return the report as indented JSON; equal reports give equal bytes."""
    return json_bytes(
        Document(
            tool=ToolOut(version=report.tool_version),
            created=report.now,
            scanned=report.scanned,
            threshold=report.threshold,
            outcome=report.outcome,  # type: ignore[arg-type]
            reasons=report.reasons,
            data=report.data,
            skipped=report.skipped,
            subjects=tuple(_subject(subject, report) for subject in report.subjects),
        )
    )


def json_schema() -> bytes:
    """
    Return the JSON Schema (2020-12) of ``pratique.report/1``.

    >>> json_schema()[:70]
    b'{\\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\\n  "$id"'
    """
    schema = msgspec.json.schema(Document)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':').replace('.', ':')}",
        "title": SCHEMA,
    }
    return json_bytes(head | schema)


def _subject(subject: Subject, report: Report) -> SubjectOut:
    return SubjectOut(
        kind=subject.kind,
        target=subject.target,
        digest=subject.digest,
        distro=subject.distro,
        image=_image(subject.image) if subject.image else None,
        base=subject.base,
        summary=summarise(subject, report),
        unknowns=subject.unknowns,
        findings=subject.findings,
        packages=tuple(map(_package, subject.packages)),
        verdict=subject.verdict,
    )


def _image(image: Image) -> ImageOut:
    layers = tuple(
        LayerOut(
            index=layer.index,
            digest=layer.blob.digest,
            diff_id=layer.diff_id,
            size_bytes=layer.blob.size_bytes,
            media_type=layer.blob.media_type,
            created_by=layer.created_by,
            hidden_bytes=layer.hidden_bytes,
        )
        for layer in image.layers
    )
    return ImageOut(
        name=image.name,
        digest=image.digest,
        config_digest=image.config_digest,
        index_digest=image.index_digest,
        platform=str(image.config.platform),
        created=image.config.created,
        size_bytes=sum(layer.size_bytes for layer in layers),
        layers=layers,
        labels=dict(sorted(image.config.labels.items())),
        annotations=dict(sorted(image.annotations.items())),
    )


def _package(package: Package) -> PackageOut:
    fields = {name: getattr(package, name) for name in package.__struct_fields__}
    # The hashes of all functions would be most of the report, and nobody reads them.
    linked = package.linked and LinkedOut(
        packages=len(package.linked.packages),
        functions=len(package.linked.symbols) // _SYMBOL_BYTES,
    )
    return PackageOut(key=package.key, **(fields | {"linked": linked}))
