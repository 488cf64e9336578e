"""
Write what is in the subjects as SPDX 3.0.1 JSON-LD.

One bill of materials whose roots are the images or folders; each contains its packages, packages
depend on packages and have a declared licence. A lockfile is a file that its subject contains and
has as dependency manifest, and that depends on what only it names; the scope of such a dependency
says what is needed to develop only. Facts without a field are CycloneDX properties
(Extension profile). IRIs hold a UUID made from the content, so equal reports give equal bytes.
"""

import uuid
from collections.abc import Iterable

from msgspec import UNSET, Struct, UnsetType

from pratique.formats.sbom import spdx3
from pratique.model.package import Package, Scope
from pratique.model.report import Report, Subject, SubjectKind
from pratique.reports._encoding import json_bytes
from pratique.reports._facts import cpe_names, distro_facts, image_facts, package_facts
from pratique.reports._licences import spdx_expression
from pratique.reports._needs import dependencies, is_manifested, manifests, owners
from pratique.reports._sentences import unread
from pratique.reports._spdx_words import declared, element_id, source_info
from pratique.reports._subjects import Place, places

_NAMESPACE = "https://spdx.org/spdxdocs/pratique-"
_PROFILES = ("core", "software", "simpleLicensing")
"""Extension is left out: in the context of 3.0.1 its name means a property."""
_PURPOSES = {
    SubjectKind.IMAGE: "container",
    SubjectKind.DIRECTORY: "file",
    SubjectKind.SBOM: "bom",
    SubjectKind.FILE: "file",
}
_HASHES = {"sha256": "sha256", "sha512": "sha512"}


def render_spdx3(report: Report) -> bytes:
    """Return the document; its UUID is that of the same document with a nil UUID."""
    nameless = json_bytes(_Writer(report, str(uuid.UUID(int=0))).document())
    unique = str(uuid.uuid5(uuid.NAMESPACE_URL, nameless.decode()))
    return json_bytes(_Writer(report, unique).document())


class _Held(Struct, frozen=True):
    """A place, the IRI of its subject and those of its packages."""

    place: Place
    root: str
    ids: dict[str, str]


class _Writer:
    """Gather the elements of one document, in the order in which they are first needed."""

    def __init__(self, report: Report, unique: str) -> None:
        self._report = report
        self._base = f"{_NAMESPACE}{unique}#"
        self._elements: list[spdx3.Element] = []
        self._organisations: dict[str, str] = {}
        self._licences: dict[str, str] = {}

    def document(self) -> spdx3.Document:
        """Return the whole document."""
        held = [self._held(place) for place in places(self._report)]
        for one in held:
            self._subject(one)
            self._relations(one)
        roots = tuple(one.root for one in held)
        agent, tool, licence = (self._iri(name) for name in ("agent", "tool", "data-licence"))
        sbom, name = self._iri("sbom"), held[0].place.name if len(held) == 1 else "subjects"
        inside = tuple(element.id for element in self._elements)
        common = {"creation_info": spdx3.CREATION_INFO, "profiles": _PROFILES}
        head: tuple[spdx3.Node, ...] = (
            spdx3.CreationInfo(self._report.now, (agent,), (tool,)),
            spdx3.SoftwareAgent(id=agent, creation_info=spdx3.CREATION_INFO, name="pratique"),
            spdx3.Tool(
                id=tool,
                creation_info=spdx3.CREATION_INFO,
                name=f"pratique-{self._report.tool_version}",
            ),
            spdx3.LicenseExpression(
                id=licence, creation_info=spdx3.CREATION_INFO, expression="CC0-1.0"
            ),
            spdx3.SpdxDocument(
                id=self._iri("document"),
                name=name,
                comment=unread(self._report) or UNSET,
                root=(sbom,),
                element=(sbom, agent, tool, licence),
                data_license=licence,
                **common,  # type: ignore[arg-type]
            ),
            spdx3.Sbom(
                id=sbom,
                root=roots,
                element=inside,
                sbom_type=("analyzed",),
                **common,  # type: ignore[arg-type]
            ),
        )
        return spdx3.Document((*head, *self._elements))

    def _held(self, place: Place) -> _Held:
        ids = {
            ref: self._iri(f"Package-{one.type}-{one.name[:60]}", ref)
            for ref, one in place.packages
        }
        return _Held(place, self._iri("Subject", place.ref), ids)

    def _subject(self, held: _Held) -> None:
        place, subject = held.place, held.place.subject
        self._add(
            spdx3.Package,
            held.root,
            name=place.name,
            version=str(subject.digest) if subject.digest else UNSET,
            purpose=_PURPOSES[subject.kind],
            purl=place.purl or UNSET,
            verified_using=_hashes(subject),
            identifiers=_identifiers(place.purl, ()),
            extension=_facts(image_facts(subject)),
        )
        if subject.distro is not None:
            self._add(
                spdx3.Package,
                self._iri("OperatingSystem", place.distro_ref),
                name=subject.distro.id or "unknown",
                version=subject.distro.version or UNSET,
                description=subject.distro.name or UNSET,
                purpose="operatingSystem",
                extension=_facts(distro_facts(subject.distro).items()),
            )
        for location in manifests(place):
            self._add(
                spdx3.File, self._manifest(place, location), name=location, purpose="manifest"
            )
        for ref, package in place.packages:
            self._package(held.ids[ref], package)

    def _package(self, iri: str, package: Package) -> None:
        supplier = self._organisation(package.vendor) if package.vendor.strip() else UNSET
        facts = package_facts(package) | {"location": package.location}
        self._add(
            spdx3.Package,
            iri,
            name=package.name or "unnamed",
            version=package.version or UNSET,
            purpose="library",
            purl=package.purl or UNSET,
            source_info=source_info(package) or UNSET,
            supplied_by=supplier,
            identifiers=_identifiers(package.purl, cpe_names(package)),
            extension=_facts(facts.items()),
        )
        custom: dict[str, str] = {}
        expression = declared(package.licences, custom)
        if expression:
            self._relate(iri, "hasDeclaredLicense", (self._licence(expression, custom),))
        concluded = spdx_expression(package.licence_expression)
        if concluded:
            self._relate(iri, "hasConcludedLicense", (self._licence(concluded, {}),))

    def _relations(self, held: _Held) -> None:
        place = held.place
        installed = [held.ids[ref] for ref, one in place.packages if not is_manifested(one)]
        files = [self._manifest(place, location) for location in manifests(place)]
        if place.subject.distro is not None:
            installed.insert(0, self._iri("OperatingSystem", place.distro_ref))
        self._relate(held.root, "contains", (*files, *installed), place.subject)
        self._relate(held.root, "hasDependencyManifest", files)
        named: dict[tuple[str, Scope], list[str]] = {}
        for ref, package in place.packages:
            if is_manifested(package):
                key = (self._manifest(place, package.location), package.scope)
                named.setdefault(key, []).append(held.ids[ref])
        for (manifest, scope), iris in named.items():
            self._name(manifest, scope, iris)
        parts: dict[str, list[str]] = {}
        for owner, ref in owners(place):
            parts.setdefault(owner, []).append(held.ids[ref])
        for owner, iris in parts.items():
            self._relate(held.ids[owner], "contains", iris)
        for ref, needs in dependencies(place).items():
            self._relate(held.ids[ref], "dependsOn", [held.ids[need] for need in needs])

    def _name(self, manifest: str, scope: Scope, iris: list[str]) -> None:
        """Say what a lockfile names."""
        if scope is Scope.DEVELOPMENT:
            self._relate(manifest, "dependsOn", iris, scope="development")
        else:
            kind = "hasOptionalDependency" if scope is Scope.OPTIONAL else "dependsOn"
            self._relate(manifest, kind, iris)

    def _relate(
        self,
        source: str,
        kind: str,
        to: Iterable[str],
        whole: Subject | None = None,
        scope: str = "",
    ) -> None:
        """Say how an element relates to others, and whether that is all where it can be told."""
        targets = tuple(to)
        if not targets:
            return
        made: type[spdx3.Element] = spdx3.ScopedRelationship if scope else spdx3.Relationship
        more = {"scope": scope} if scope else {}
        complete = UNSET if whole is None else "incomplete" if whole.unknowns else "complete"
        iri = self._iri("Relationship", f"{source} {kind} {scope} {targets[0]} {len(targets)}")
        self._add(made, iri, source=source, kind=kind, to=targets, completeness=complete, **more)

    def _licence(self, expression: str, custom: dict[str, str]) -> str:
        """Return the IRI of an expression; equal ones are one element."""
        if expression not in self._licences:
            entries = []
            for reference, text in sorted(custom.items()):
                iri = self._iri("", reference)
                if reference not in self._licences:
                    self._licences[reference] = iri
                    self._add(spdx3.LicensingText, iri, name=text, text=text)
                entries.append(spdx3.CustomLicense(reference, iri))
            iri = self._iri("Licence", expression)
            self._add(
                spdx3.LicenseExpression, iri, expression=expression, custom=tuple(entries) or UNSET
            )
            self._licences[expression] = iri
        return self._licences[expression]

    def _organisation(self, name: str) -> str:
        if name not in self._organisations:
            iri = self._iri(f"Organization-{name[:40]}", name)
            self._add(spdx3.Organization, iri, name=name)
            self._organisations[name] = iri
        return self._organisations[name]

    def _manifest(self, place: Place, location: str) -> str:
        return self._iri("Manifest", f"{place.ref}#{location}")

    def _add(self, made: type[spdx3.Element], iri: str, /, **fields: object) -> None:
        element = made(id=iri, creation_info=spdx3.CREATION_INFO, **fields)  # type: ignore[arg-type]
        self._elements.append(element)

    def _iri(self, readable: str, unique: str = "") -> str:
        return self._base + (element_id(readable, unique) if unique else readable)


def _hashes(subject: Subject) -> tuple[spdx3.Hash, ...] | UnsetType:
    algorithm, _, value = (subject.digest or "").partition(":")
    return (spdx3.Hash(_HASHES[algorithm], value),) if algorithm in _HASHES else UNSET


def _identifiers(
    purl: str, cpes: tuple[str, ...]
) -> tuple[spdx3.ExternalIdentifier, ...] | UnsetType:
    names = [("packageUrl", purl)] if purl else []
    names += [("cpe23", cpe) for cpe in cpes]
    return tuple(spdx3.ExternalIdentifier(kind, name) for kind, name in names) or UNSET


def _facts(facts: Iterable[tuple[str, str]]) -> tuple[spdx3.CdxProperties, ...] | UnsetType:
    kept = tuple(spdx3.CdxProperty(f"pratique:{name}", value) for name, value in facts if value)
    return (spdx3.CdxProperties(kept),) if kept else UNSET
