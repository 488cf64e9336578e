"""
Render a report as CycloneDX JSON, 1.6 unless ``Style.sbom_version`` says 1.7.

For tools that take SBOMs with vulnerabilities (Dependency-Track and the like). ``bom-ref`` is
``Package.key``; what CycloneDX has no field for stands in properties named ``pratique:…``
(docs/explanation/reports.md). Several subjects are components of one document, each with its
packages inside. The serial number is made from the content, so equal reports give equal bytes.
"""

import uuid

from msgspec import UNSET, UnsetType

from pratique.formats.sbom import cyclonedx as cdx
from pratique.formats.text import printable
from pratique.model.distro import Distro
from pratique.model.errors import UsageError
from pratique.model.finding import Finding
from pratique.model.package import Package, Scope
from pratique.model.report import Report, SubjectKind
from pratique.reports._encoding import json_bytes
from pratique.reports._facts import cpe_names, distro_facts, package_facts
from pratique.reports._flaws import others, vulnerabilities
from pratique.reports._layers import base_words
from pratique.reports._licences import is_single, spdx_expression
from pratique.reports._needs import dependencies
from pratique.reports._places import about, told
from pratique.reports._subjects import Place, places
from pratique.reports.interface import Style

NAME = "cyclonedx"
MEDIA_TYPE = "application/vnd.cyclonedx+json"
SUFFIX = ".cdx.json"

_NIL = f"urn:uuid:{uuid.UUID(int=0)}"
_MAX_VERSION_CHARS = 1024
"""The schema's bound on the version of a component."""
_SCOPES: dict[Scope, str | UnsetType] = {
    Scope.RUNTIME: UNSET,
    Scope.DEVELOPMENT: "excluded",
    Scope.OPTIONAL: "optional",
}
"""What a lockfile says a package is for; "excluded" is what does not run."""
_TYPES = {
    SubjectKind.IMAGE: "container",
    SubjectKind.DIRECTORY: "file",
    SubjectKind.SBOM: "file",
    SubjectKind.FILE: "file",
}


def render(report: Report, style: Style) -> bytes:
    """
    Return the document.

    Raises:
        UsageError: the version asked for is neither 1.6 nor 1.7.
    """
    version = style.sbom_version or cdx.DEFAULT_VERSION
    if version not in cdx.VERSIONS:
        raise UsageError(
            f"CycloneDX {version[:20]!r} is not written",
            hint="versions: " + ", ".join(cdx.VERSIONS),
        )
    content = json_bytes(_bom(report, version))
    # The nil UUID stands before anything that came from the image, so the first one is ours.
    serial = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content.decode())}"
    return content.replace(_NIL.encode(), serial.encode(), 1)


def _bom(report: Report, version: str) -> cdx.Bom:
    subjects = places(report)
    alone = len(subjects) == 1
    root = _subject(subjects[0], inside=False) if alone else _collection(report)
    needs: list[cdx.Dependency] = []
    if not alone:
        needs.append(_dependency(str(root.bom_ref), tuple(place.ref for place in subjects)))
    for place in subjects:
        needs += _dependencies(place)
    components = (
        _contents(subjects[0]) if alone else tuple(_subject(p, inside=True) for p in subjects)
    )
    found = vulnerabilities(subjects) if report.scanned else UNSET
    return cdx.Bom(
        schema=cdx.schema_url(version),
        bom_format="CycloneDX",
        spec_version=version,
        serial_number=_NIL,
        version=1,
        metadata=_metadata(report, root),
        components=components,
        dependencies=tuple(needs),
        compositions=_compositions(subjects),
        vulnerabilities=found,
    )


def _metadata(report: Report, root: cdx.Component) -> cdx.Metadata:
    tool = cdx.Component(type="application", name="pratique", version=report.tool_version)
    data = [
        cdx.Property(
            f"pratique:data:{status.ecosystem}", status.built if status.present else "none"
        )
        for status in report.data
    ]
    return cdx.Metadata(
        timestamp=report.now,
        tools=cdx.Tools((tool,)),
        component=root,
        properties=tuple(data) or UNSET,
    )


def _collection(report: Report) -> cdx.Component:
    target = report.subjects[0].target if report.subjects else "nothing"
    return cdx.Component(type="container", name=target or "unnamed", bom_ref="pratique:subjects")


def _subject(place: Place, *, inside: bool) -> cdx.Component:
    subject = place.subject
    hashes = UNSET if subject.digest is None else (_hash(subject.digest),)
    return cdx.Component(
        type=_TYPES[subject.kind],
        name=place.name,
        bom_ref=place.ref,
        version=str(subject.digest) if subject.digest else UNSET,
        hashes=hashes if subject.kind in (SubjectKind.SBOM, SubjectKind.FILE) else UNSET,
        purl=place.purl or UNSET,
        components=_contents(place) if inside else UNSET,
        properties=_subject_properties(place) or UNSET,
    )


def _contents(place: Place) -> tuple[cdx.Component, ...]:
    distro = place.subject.distro
    system = () if distro is None else (_operating_system(distro, place.distro_ref),)
    return system + tuple(_package(ref, package) for ref, package in place.packages)


def _operating_system(distro: Distro, ref: str) -> cdx.Component:
    return cdx.Component(
        type="operating-system",
        name=distro.id or "unknown",
        bom_ref=ref,
        version=distro.version[:_MAX_VERSION_CHARS] or UNSET,
        description=distro.name or UNSET,
        properties=_properties(distro_facts(distro)),
    )


def _package(ref: str, package: Package) -> cdx.Component:
    location = package.location
    seen = (cdx.Occurrence(location),) if location else ()
    return cdx.Component(
        type="library",
        name=package.name,
        bom_ref=ref,
        version=package.version[:_MAX_VERSION_CHARS],
        scope=_SCOPES[package.scope],
        supplier=cdx.Organization(package.vendor) if package.vendor else UNSET,
        licenses=_licences(package),
        cpe=next(iter(cpe_names(package)), UNSET),
        purl=package.purl,
        evidence=cdx.ComponentEvidence(seen) if seen else UNSET,
        properties=_properties(package_facts(package)),
    )


def _licences(package: Package) -> tuple[cdx.LicenseChoice, ...] | UnsetType:
    """
    Return the licences; an expression may only stand alone (schema, ``licenseChoice``).

    What was made of all that a package says goes before what it says word for word.
    """
    whole = spdx_expression(package.licence_expression)
    texts = (whole,) if whole else package.licences
    known = [(text, spdx_expression(text)) for text in texts if text.strip()]
    if len(known) == 1 and known[0][1] and not is_single(known[0][1]):
        return (cdx.LicenseChoice(expression=known[0][1]),)
    choices = tuple(
        cdx.LicenseChoice(
            license=cdx.License(id=expression) if is_single(expression) else cdx.License(name=text)
        )
        for text, expression in known
    )
    return tuple(dict.fromkeys(choices)) or UNSET


def _subject_properties(place: Place) -> tuple[cdx.Property, ...]:
    subject, image = place.subject, place.subject.image
    facts: list[tuple[str, str]] = []
    if image:
        facts += [
            ("image:platform", str(image.config.platform)),
            ("image:config_digest", image.config_digest),
            ("image:index_digest", image.index_digest or ""),
        ]
        facts += [("image:layer:diff_id", layer.diff_id) for layer in image.layers]
    facts += [("base", base_words(subject))]
    facts += [(f"finding:{one.kind.value}", _other(one)) for one in others(subject)]
    facts += [("unknown", f"{one.location}: {one.reason}") for one in subject.unknowns]
    return tuple(cdx.Property(f"pratique:{name}", value) for name, value in facts if value)


def _other(finding: Finding) -> str:
    """Return a finding that CycloneDX has no list for in one line; of a secret its mask."""
    words = (finding.severity.value, printable(finding.rule), about(finding), told(finding))
    return ": ".join(filter(None, words))


def _properties(facts: dict[str, str]) -> tuple[cdx.Property, ...] | UnsetType:
    kept = tuple(cdx.Property(f"pratique:{name}", value) for name, value in facts.items() if value)
    return kept or UNSET


def _dependencies(place: Place) -> list[cdx.Dependency]:
    inside = [ref for ref, _ in place.packages]
    if place.subject.distro is not None:
        inside.insert(0, place.distro_ref)
    needs = dependencies(place)
    return [
        _dependency(place.ref, tuple(inside)),
        *(_dependency(ref, needs[ref]) for ref, _ in place.packages if needs[ref]),
    ]


def _dependency(ref: str, needs: tuple[str, ...]) -> cdx.Dependency:
    return cdx.Dependency(ref=ref, depends_on=needs or UNSET)


def _compositions(subjects: tuple[Place, ...]) -> tuple[cdx.Composition, ...] | UnsetType:
    gaps = tuple(place.ref for place in subjects if place.subject.unknowns)
    return (cdx.Composition(aggregate="incomplete", assemblies=gaps),) if gaps else UNSET


def _hash(digest: str) -> cdx.Hash:
    algorithm, _, content = digest.partition(":")
    return cdx.Hash(alg={"sha256": "SHA-256", "sha512": "SHA-512"}[algorithm], content=content)
