"""
Render a report as SPDX 2.3 JSON: what is in the subjects, without what is wrong with it.

For procurement and licence tools. The document describes each image or folder, which contains its
packages; packages depend on packages. Licence texts that are no SPDX expression become a
``LicenseRef`` with the text spelt out. What SPDX has no field for stands in annotations
``pratique:<name>=<value>``. The namespace is made from the content, so equal reports give equal
bytes.
"""

import hashlib
import re
import uuid

from msgspec import UNSET, Struct, UnsetType

from pratique.formats.sbom import spdx
from pratique.model.distro import Distro
from pratique.model.errors import UsageError
from pratique.model.package import Package
from pratique.model.report import Report, Subject, SubjectKind
from pratique.reports._encoding import json_bytes
from pratique.reports._facts import distro_facts, package_facts
from pratique.reports._licences import spdx_expression
from pratique.reports._subjects import Place, dependencies, places
from pratique.reports.interface import Style

NAME = "spdx"
MEDIA_TYPE = "application/spdx+json"
SUFFIX = ".spdx.json"

_NAMESPACE = "https://spdx.org/spdxdocs/"
_NIL = str(uuid.UUID(int=0))
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9.-]+")
_PURPOSES = {
    SubjectKind.IMAGE: "CONTAINER",
    SubjectKind.DIRECTORY: "FILE",
    SubjectKind.SBOM: "FILE",
}


class _Writer(Struct, frozen=True):
    """What every element of one document needs: who annotates, when, and the licences met."""

    creator: str
    now: str
    licences: dict[str, spdx.ExtractedLicense]


def render(report: Report, style: Style) -> bytes:
    """
    Return the document.

    Raises:
        UsageError: another version than 2.3 was asked for.
    """
    if style.sbom_version not in ("", spdx.VERSION):
        raise UsageError(
            f"SPDX {style.sbom_version[:20]!r} is not written", hint=f"versions: {spdx.VERSION}"
        )
    content = json_bytes(_document(report))
    # The nil UUID stands in the namespace, which comes before anything the image says.
    unique = str(uuid.uuid5(uuid.NAMESPACE_URL, content.decode()))
    return content.replace(_NIL.encode(), unique.encode(), 1)


def _document(report: Report) -> spdx.Document:
    creator = f"Tool: pratique-{report.tool_version}"
    writer = _Writer(creator, report.now, {})
    subjects = places(report)
    packages: list[spdx.Package] = []
    relationships: list[spdx.Relationship] = []
    for place in subjects:
        packages += _packages(place, writer)
        relationships += _relationships(place)
    name = subjects[0].name if len(subjects) == 1 else "subjects"
    return spdx.Document(
        spdx_version=f"SPDX-{spdx.VERSION}",
        data_license="CC0-1.0",
        spdx_id=spdx.DOCUMENT_ID,
        document_namespace=f"{_NAMESPACE}pratique-{_NIL}",
        name=name,
        creation_info=spdx.CreationInfo(created=report.now, creators=(creator,)),
        document_describes=tuple(_id("Subject", place.ref) for place in subjects),
        packages=tuple(packages),
        relationships=tuple(relationships),
        has_extracted_licensing_infos=tuple(writer.licences[key] for key in sorted(writer.licences))
        or UNSET,
        comment=_gaps(report) or UNSET,
    )


def _packages(place: Place, writer: _Writer) -> list[spdx.Package]:
    distro = place.subject.distro
    system = [] if distro is None else [_operating_system(place.distro_ref, distro, writer)]
    return [
        _subject(place, writer),
        *system,
        *(_package(ref, package, writer) for ref, package in place.packages),
    ]


def _subject(place: Place, writer: _Writer) -> spdx.Package:
    subject = place.subject
    return _element(
        _id("Subject", place.ref),
        place.name,
        version_info=subject.digest or UNSET,
        primary_package_purpose=_PURPOSES[subject.kind],
        checksums=_checksums(subject),
        external_refs=_purl(place.purl),
        annotations=_annotations(_image_facts(subject), writer),
    )


def _operating_system(ref: str, distro: Distro, writer: _Writer) -> spdx.Package:
    return _element(
        _id("OperatingSystem", ref),
        distro.id or "unknown",
        version_info=distro.version or UNSET,
        primary_package_purpose="OPERATING-SYSTEM",
        description=distro.name or UNSET,
        annotations=_annotations(list(distro_facts(distro).items()), writer),
    )


def _package(ref: str, package: Package, writer: _Writer) -> spdx.Package:
    facts = package_facts(package) | {"location": package.location}
    return _element(
        _id(f"Package-{package.type}-{package.name[:60]}", ref),
        package.name,
        version_info=package.version or UNSET,
        supplier=_supplier(package.vendor),
        license_declared=_declared(package.licences, writer),
        primary_package_purpose="LIBRARY",
        source_info=_source_info(package) or UNSET,
        external_refs=_purl(package.purl),
        annotations=_annotations(list(facts.items()), writer),
    )


def _element(spdx_id: str, name: str, **more: object) -> spdx.Package:
    """Return a package with what every one must say, mostly that nothing is asserted."""
    fields: dict[str, object] = {
        "spdx_id": spdx_id,
        "name": name or "unnamed",
        "download_location": spdx.NOASSERTION,
        "files_analyzed": False,
        "license_concluded": spdx.NOASSERTION,
        "license_declared": spdx.NOASSERTION,
        "copyright_text": spdx.NOASSERTION,
        "supplier": spdx.NOASSERTION,
    }
    return spdx.Package(**(fields | more))  # type: ignore[arg-type]


def _relationships(place: Place) -> list[spdx.Relationship]:
    root = _id("Subject", place.ref)
    ids = {ref: _package_id(ref, package) for ref, package in place.packages}
    found = [spdx.Relationship(spdx.DOCUMENT_ID, "DESCRIBES", root)]
    if place.subject.distro is not None:
        system = _id("OperatingSystem", place.distro_ref)
        found.append(spdx.Relationship(root, "CONTAINS", system))
    found += [spdx.Relationship(root, "CONTAINS", inner) for inner in ids.values()]
    for ref, needs in dependencies(place).items():
        found += [spdx.Relationship(ids[ref], "DEPENDS_ON", ids[need]) for need in needs]
    return found


def _declared(texts: tuple[str, ...], writer: _Writer) -> str:
    """Return all licences of a package as one expression; they all apply, as far as is known."""
    parts = [_licence(text.strip(), writer) for text in texts if text.strip()]
    unique = list(dict.fromkeys(parts))
    if len(unique) > 1:
        unique = [f"({part})" if " " in part else part for part in unique]
    return " AND ".join(unique) or spdx.NOASSERTION


def _licence(text: str, writer: _Writer) -> str:
    expression = spdx_expression(text)
    if expression:
        return expression
    licence_id = _id_text("LicenseRef", text[:40], text)
    writer.licences[licence_id] = spdx.ExtractedLicense(
        license_id=licence_id, extracted_text=text, name=text
    )
    return licence_id


def _source_info(package: Package) -> str:
    built = f"{package.source_name} {package.source_version}".strip()
    return f"built package from: {built}" if package.source_name else ""


def _supplier(vendor: str) -> str:
    name = " ".join(vendor.replace("(", " ").replace(")", " ").split())
    return f"Organization: {name}" if name else spdx.NOASSERTION


def _checksums(subject: Subject) -> tuple[spdx.Checksum, ...] | UnsetType:
    algorithm, _, value = (subject.digest or "").partition(":")
    return (spdx.Checksum(algorithm.upper(), value),) if value else UNSET


def _purl(purl: str) -> tuple[spdx.ExternalRef, ...] | UnsetType:
    return (spdx.ExternalRef("PACKAGE-MANAGER", "purl", purl),) if purl else UNSET


def _image_facts(subject: Subject) -> list[tuple[str, str]]:
    if subject.image is None:
        return []
    layers = [("image:layer:diff_id", str(layer.diff_id)) for layer in subject.image.layers]
    return [("image:platform", str(subject.image.config.platform)), *layers]


def _annotations(
    facts: list[tuple[str, str]], writer: _Writer
) -> tuple[spdx.Annotation, ...] | UnsetType:
    return (
        tuple(
            spdx.Annotation(writer.now, "OTHER", writer.creator, f"pratique:{name}={value}")
            for name, value in facts
            if value
        )
        or UNSET
    )


def _gaps(report: Report) -> str:
    lines = [f"{one.location}: {one.reason}" for s in report.subjects for one in s.unknowns]
    return "Incomplete. " + "; ".join(dict.fromkeys(lines)) if lines else ""


def _package_id(ref: str, package: Package) -> str:
    return _id(f"Package-{package.type}-{package.name[:60]}", ref)


def _id(kind: str, ref: str) -> str:
    return _id_text("SPDXRef", kind, ref)


def _id_text(prefix: str, readable: str, unique: str) -> str:
    """Return an identifier of SPDX's alphabet, readable and made unique by a hash."""
    digest = hashlib.sha256(unique.encode()).hexdigest()[:16]
    words = _NOT_IN_ID.sub("-", readable).strip("-.")
    return "-".join(filter(None, (prefix, words, digest)))
