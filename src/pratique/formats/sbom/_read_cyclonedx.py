"""
Read the packages of a CycloneDX JSON document, 1.2 to 1.7.

Components are decoded one by one, so one that is malformed costs itself only; nested components
are walked without recursion. Source: https://cyclonedx.org/docs/1.7/json/.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Raw, Struct, field

from pratique.formats.sbom._read_distro import distro_from_component
from pratique.formats.sbom._read_document import Document, Problem
from pratique.formats.sbom._read_package import Listed, facts_of, names_image
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Scope

VERSIONS = frozenset({"1.2", "1.3", "1.4", "1.5", "1.6", "1.7"})
_PACKAGES = frozenset(
    {"library", "application", "framework", "platform", "container", "firmware", ""}
)
_HOLDERS = frozenset({"application", "container", "platform", "firmware"})
"""Types that may hold packages without being one, when they have no package URL."""


_SCOPES = {"excluded": Scope.DEVELOPMENT.value, "optional": Scope.OPTIONAL.value}


class _Property(Struct, frozen=True):
    name: str = ""
    value: str | None = None


class _Named(Struct, frozen=True):
    name: str | None = None


class _Licence(Struct, frozen=True):
    id: str | None = None
    name: str | None = None


class _LicenceChoice(Struct, frozen=True):
    license: _Licence | None = None
    expression: str | None = None


class _Occurrence(Struct, frozen=True):
    location: str | None = None


class _Evidence(Struct, frozen=True):
    occurrences: list[_Occurrence] | None = None


class _Component(Struct, frozen=True):
    type: str | None = None
    name: str | None = None
    group: str | None = None
    version: str | None = None
    description: str | None = None
    publisher: str | None = None
    purl: str | None = None
    cpe: str | None = None
    scope: str | None = None
    supplier: _Named | None = None
    licenses: list[_LicenceChoice] | None = None
    evidence: _Evidence | None = None
    properties: list[_Property] | None = None
    components: list[Raw] | None = None
    ref: str | None = field(name="bom-ref", default=None)


class _Metadata(Struct, frozen=True):
    component: Raw = Raw()


class _Dependency(Struct, frozen=True):
    ref: str = ""
    depends: list[str] | None = field(name="dependsOn", default=None)


class _Bom(Struct, frozen=True):
    version: str = field(name="specVersion", default="")
    metadata: _Metadata | None = None
    components: list[Raw] | None = None
    dependencies: list[Raw] | None = None


def read_cyclonedx(content: bytes, limits: Limits) -> Document:
    """
    Return what the document lists.

    Raises:
        FormatError: not CycloneDX, or of another version.
        LimitExceeded: more components than ``limits.packages``.
    """
    try:
        bom = msgspec.json.decode(content, type=_Bom)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"not CycloneDX JSON: {error}") from None
    if bom.version not in VERSIONS:
        raise FormatError(
            f"CycloneDX {bom.version[:20]!r} is not read",
            hint="versions 1.2 to 1.7 are; convert the SBOM with its own tool",
        )
    document = Document(format=f"CycloneDX {bom.version}")
    root = _component(bom.metadata.component, document) if bom.metadata else None
    if root:
        document.diff_ids = _diff_ids(root)
    listed: dict[str | int, Listed] = {}
    for number, component in enumerate(_walk(bom, root, document)):
        if number >= limits.packages:
            raise LimitExceeded(f"more than {limits.packages} components")
        _file(component, number, listed, document)
    document.packages = _with_needs(bom, listed)
    return document


def _walk(bom: _Bom, root: _Component | None, document: Document) -> Iterator[_Component]:
    """Yield all components, an outer one before those inside it."""
    waiting = [*(root.components or () if root else ()), *(bom.components or ())][::-1]
    while waiting:
        component = _component(waiting.pop(), document)
        if component is not None:
            yield component
            waiting += reversed(component.components or ())
            if component.type == "container" and not document.diff_ids:
                document.diff_ids = _diff_ids(component)


def _file(
    component: _Component, number: int, listed: dict[str | int, Listed], document: Document
) -> None:
    """Put a component where it belongs: distribution, package, or neither."""
    kind, purl = component.type or "", component.purl or ""
    properties = _properties(component)
    if kind == "operating-system":
        found = distro_from_component(
            component.name or "", component.version or "", component.description or "", properties
        )
        document.distros += [found] if found else []
    elif kind in _PACKAGES and (purl or kind not in _HOLDERS) and not names_image(purl):
        # A reference that is taken must not hide a component: the number stands in for it.
        ref = component.ref
        listed[ref if ref and ref not in listed else number] = _listed(component, properties)


def _listed(component: _Component, properties: dict[str, str]) -> Listed:
    places = (component.evidence.occurrences if component.evidence else None) or ()
    location = next((place.location for place in places if place.location), "")
    facts = facts_of(properties)
    if location:
        facts["location"] = location
    if component.scope in _SCOPES:
        facts.setdefault("scope", _SCOPES[component.scope])
    if component.cpe:
        facts.setdefault("cpes", component.cpe)
    vendor = (component.supplier.name if component.supplier else None) or component.publisher
    return Listed(
        name=component.name or "",
        group=component.group or "",
        version=component.version or "",
        purl=component.purl or "",
        vendor=vendor or "",
        licences=tuple(filter(None, map(_licence, component.licenses or ()))),
        facts=facts,
    )


def _with_needs(bom: _Bom, listed: dict[str | int, Listed]) -> list[Listed]:
    needs: dict[str | int, list[str]] = {}
    for raw in bom.dependencies or () if listed else ():
        try:
            dependency = msgspec.json.decode(raw, type=_Dependency)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # who needs whom explains a finding, it never makes one
        needs.setdefault(dependency.ref, []).extend(dependency.depends or ())
    return [
        msgspec.structs.replace(
            one, needs=tuple(listed[need].name for need in needs.get(ref, ()) if need in listed)
        )
        for ref, one in listed.items()
    ]


def _licence(choice: _LicenceChoice) -> str:
    single = choice.license
    return choice.expression or (single and (single.id or single.name)) or ""


def _properties(component: _Component) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in component.properties or ():
        found.setdefault(one.name, one.value or "")
    return found


def _diff_ids(root: _Component) -> list[str]:
    names = ("pratique:image:layer:diff_id", "aquasecurity:trivy:DiffID")
    return [one.value for one in root.properties or () if one.name in names and one.value]


def _component(raw: Raw, document: Document) -> _Component | None:
    if not bytes(raw):
        return None
    try:
        return msgspec.json.decode(raw, type=_Component)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        document.problems.append(Problem("component", str(error)))
        return None
