"""
Render a report as SPDX 2.3 JSON: what is in the subjects, without what is wrong with it.

For procurement and licence tools. The document describes each image or folder, which contains its
packages; packages depend on packages. Licence texts that are no SPDX expression become a
``LicenseRef`` with the text spelt out. What SPDX has no field for stands in annotations
``pratique:<name>=<value>``. The namespace is made from the content, so equal reports give equal
bytes.
"""

import uuid

from msgspec import UNSET, Struct, UnsetType

from pratique.formats.sbom import spdx, spdx3
from pratique.model.distro import Distro
from pratique.model.errors import UsageError
from pratique.model.package import Package, Scope
from pratique.model.report import Report, Subject, SubjectKind
from pratique.reports._encoding import json_bytes
from pratique.reports._facts import cpe_names, distro_facts, image_facts, package_facts
from pratique.reports._licences import spdx_expression
from pratique.reports._needs import dependencies, is_manifested, manifests, owners
from pratique.reports._sentences import unread
from pratique.reports._spdx3 import render_spdx3
from pratique.reports._spdx_words import declared, element_id, source_info
from pratique.reports._subjects import Place, places
from pratique.reports.interface import Style

NAME = "spdx"
MEDIA_TYPE = "application/spdx+json"
SUFFIX = ".spdx.json"

_NAMESPACE = "https://spdx.org/spdxdocs/"
_NIL = str(uuid.UUID(int=0))
_DEPENDENCIES = {
    Scope.RUNTIME: "DEPENDENCY_OF",
    Scope.DEVELOPMENT: "DEV_DEPENDENCY_OF",
    Scope.OPTIONAL: "OPTIONAL_DEPENDENCY_OF",
}
_PURPOSES = {
    SubjectKind.IMAGE: "CONTAINER",
    SubjectKind.DIRECTORY: "FILE",
    SubjectKind.SBOM: "FILE",
    SubjectKind.FILE: "FILE",
}


class _Writer(Struct, frozen=True):
    """What every element of one document needs: who annotates, when, and the licences met."""

    creator: str
    now: str
    licences: dict[str, str]
    """``LicenseRef-…`` → the words it stands for."""


def render(report: Report, style: Style) -> bytes:
    """
    Return the document.

    Raises:
        UsageError: the version asked for is none of 2.3, 3.0 and 3.0.1.
    """
    if style.sbom_version in spdx3.VERSIONS:
        return render_spdx3(report)
    if style.sbom_version not in ("", spdx.VERSION):
        raise UsageError(
            f"SPDX {style.sbom_version[:20]!r} is not written",
            hint="versions: " + ", ".join((spdx.VERSION, *spdx3.VERSIONS)),
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
        has_extracted_licensing_infos=tuple(
            spdx.ExtractedLicense(license_id=key, extracted_text=text, name=text)
            for key, text in sorted(writer.licences.items())
        )
        or UNSET,
        comment=unread(report) or UNSET,
    )


def _packages(place: Place, writer: _Writer) -> list[spdx.Package]:
    distro = place.subject.distro
    system = [] if distro is None else [_operating_system(place.distro_ref, distro, writer)]
    return [
        _subject(place, writer),
        *system,
        *(_manifest(place, location) for location in manifests(place)),
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
        annotations=_annotations(image_facts(subject), writer),
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
        license_concluded=spdx_expression(package.licence_expression) or spdx.NOASSERTION,
        license_declared=declared(package.licences, writer.licences) or spdx.NOASSERTION,
        primary_package_purpose="LIBRARY",
        source_info=source_info(package) or UNSET,
        external_refs=_refs(package),
        annotations=_annotations(list(facts.items()), writer),
    )


def _manifest(place: Place, location: str) -> spdx.Package:
    """Return a lockfile, as a package: SPDX wants checksums of files."""
    return _element(
        _id("Manifest", f"{place.ref}#{location}"), location, primary_package_purpose="FILE"
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
    for location in manifests(place):
        manifest = _id("Manifest", f"{place.ref}#{location}")
        found.append(spdx.Relationship(root, "CONTAINS", manifest))
        found.append(spdx.Relationship(manifest, "DEPENDENCY_MANIFEST_OF", root))
    found += [_holding(place, package, ids[ref]) for ref, package in place.packages]
    found += [spdx.Relationship(ids[owner], "CONTAINS", ids[ref]) for owner, ref in owners(place)]
    for ref, needs in dependencies(place).items():
        found += [spdx.Relationship(ids[ref], "DEPENDS_ON", ids[need]) for need in needs]
    return found


def _holding(place: Place, package: Package, spdx_id: str) -> spdx.Relationship:
    """Say that the subject contains a package, or what the lockfile that names it says."""
    if not is_manifested(package):
        return spdx.Relationship(_id("Subject", place.ref), "CONTAINS", spdx_id)
    manifest = _id("Manifest", f"{place.ref}#{package.location}")
    return spdx.Relationship(spdx_id, _DEPENDENCIES[package.scope], manifest)


def _supplier(vendor: str) -> str:
    name = " ".join(vendor.replace("(", " ").replace(")", " ").split())
    return f"Organization: {name}" if name else spdx.NOASSERTION


def _checksums(subject: Subject) -> tuple[spdx.Checksum, ...] | UnsetType:
    algorithm, _, value = (subject.digest or "").partition(":")
    return (spdx.Checksum(algorithm.upper(), value),) if value else UNSET


def _purl(purl: str) -> tuple[spdx.ExternalRef, ...] | UnsetType:
    return (spdx.ExternalRef("PACKAGE-MANAGER", "purl", purl),) if purl else UNSET


def _refs(package: Package) -> tuple[spdx.ExternalRef, ...] | UnsetType:
    purl = _purl(package.purl) or ()
    cpes = (spdx.ExternalRef("SECURITY", "cpe23Type", cpe) for cpe in cpe_names(package))
    return (*purl, *cpes) or UNSET


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


def _package_id(ref: str, package: Package) -> str:
    return _id(f"Package-{package.type}-{package.name[:60]}", ref)


def _id(kind: str, ref: str) -> str:
    return element_id(f"SPDXRef-{kind}", ref)
