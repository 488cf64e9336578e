"""
Read the analyses of a CycloneDX document (1.4 to 1.7), in a VEX of its own or in an SBOM.

Laws: a vulnerability speaks only with ``analysis.state``; ``resolved`` and
``resolved_with_pedigree`` are ``fixed``, ``false_positive`` and ``not_affected`` are
``not_affected``, ``exploitable`` is ``affected``, ``in_triage`` is ``under_investigation``. What it
affects is found by its reference: a component of the document, or a BOM-Link whose end is a
package URL. References that lead nowhere and version ranges become problems, never statements.
Justifications keep CycloneDX's word where OpenVEX has none. Bounds: ``Limits.json_depth``,
``Limits.document_values``, no recursion. Source: https://cyclonedx.org/docs/1.6/json/#vulnerabilities.
"""

from urllib.parse import unquote

from msgspec import Struct

from pratique.formats.documents.json import parse_json
from pratique.formats.vex.document import VexDocument, words
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError
from pratique.model.vex import VexProduct, VexStatement, VexStatus

_STATES = {
    "resolved": VexStatus.FIXED,
    "resolved_with_pedigree": VexStatus.FIXED,
    "exploitable": VexStatus.AFFECTED,
    "in_triage": VexStatus.UNDER_INVESTIGATION,
    "false_positive": VexStatus.NOT_AFFECTED,
    "not_affected": VexStatus.NOT_AFFECTED,
}
_JUSTIFICATIONS = {
    "code_not_present": "vulnerable_code_not_present",
    "code_not_reachable": "vulnerable_code_not_in_execute_path",
    "protected_by_mitigating_control": "inline_mitigations_already_exist",
}


class _Hash(Struct):
    alg: str = ""
    content: str = ""


class _Component(Struct, rename={"ref": "bom-ref"}):
    ref: str = ""
    purl: str = ""
    hashes: list[_Hash] | None = None
    components: "list[_Component] | None" = None


class _Author(Struct):
    name: str = ""


class _Metadata(Struct):
    timestamp: str = ""
    component: _Component | None = None
    authors: list[_Author] | None = None
    supplier: _Author | None = None
    manufacturer: _Author | None = None


class _Analysis(Struct, rename="camel"):
    state: str = ""
    justification: str = ""
    detail: str = ""
    first_issued: str = ""
    last_updated: str = ""


class _Version(Struct):
    version: str = ""
    range: str = ""
    status: str = "affected"


class _Affects(Struct):
    ref: str = ""
    versions: list[_Version] | None = None


class _Reference(Struct):
    id: str = ""


class _Vulnerability(Struct):
    id: str = ""
    references: list[_Reference] | None = None
    analysis: _Analysis | None = None
    affects: list[_Affects] | None = None
    updated: str = ""


class _Bom(
    Struct, rename={"bom_format": "bomFormat", "spec": "specVersion", "serial": "serialNumber"}
):
    bom_format: str = ""
    spec: str = ""
    serial: str = ""
    version: int | str = ""
    metadata: _Metadata | None = None
    components: list[_Component] | None = None
    vulnerabilities: list[_Vulnerability] | None = None


def read_cyclonedx_vex(content: bytes, place: str, limits: Limits = DEFAULT) -> VexDocument:
    """
    Return the analyses of a CycloneDX document; ``place`` names the file.

    Raises:
        FormatError: not CycloneDX JSON.
    """
    bom = parse_json(content, _Bom, limits)
    if bom.bom_format != "CycloneDX":
        raise FormatError("not CycloneDX: no bomFormat")
    reading = _Reading(bom, place)
    for vulnerability in bom.vulnerabilities or ():
        reading.take(vulnerability)
    return VexDocument(
        format=f"CycloneDX {bom.spec}",
        statements=tuple(reading.statements),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


class _Reading:
    def __init__(self, bom: _Bom, place: str) -> None:
        self.statements: list[VexStatement] = []
        self.problems: list[str] = []
        self._bom, self._place = bom, place
        self._meta = bom.metadata or _Metadata()
        self._known = _by_reference(bom)

    def take(self, vulnerability: _Vulnerability) -> None:
        """Add the statements of one vulnerability, at most one for each status of its versions."""
        analysis = vulnerability.analysis
        if analysis is None or not analysis.state:
            return
        status = _STATES.get(analysis.state)
        if status is None:
            self._problem(vulnerability, f"has an unknown state {analysis.state[:40]!r}")
            return
        products = [
            product
            for affects in vulnerability.affects or ()
            for product in self._products(vulnerability, affects)
        ]
        if products:
            self.statements.append(self._statement(vulnerability, analysis, status, products))

    def _products(self, vulnerability: _Vulnerability, affects: _Affects) -> list[VexProduct]:
        product = self._known.get(affects.ref) or _linked(affects.ref)
        if product is None:
            self._problem(vulnerability, f"affects {affects.ref[:120]!r}, which is not known here")
            return []
        if not affects.versions:
            return [product]
        found = []
        for one in affects.versions:
            if one.range or not one.version:
                self._problem(vulnerability, "names versions by a range, which is not read")
            else:
                purls = tuple(_at(purl, one.version) for purl in product.purls)
                found.append(VexProduct(purls=purls))
        return found

    def _statement(
        self,
        vulnerability: _Vulnerability,
        analysis: _Analysis,
        status: VexStatus,
        products: list[VexProduct],
    ) -> VexStatement:
        others = (one.id for one in vulnerability.references or ())
        times = (analysis.last_updated, analysis.first_issued, vulnerability.updated)
        word = analysis.justification
        if analysis.state == "false_positive" and not word:
            word = "false_positive"
        return VexStatement(
            names=tuple(dict.fromkeys(filter(None, (vulnerability.id, *others)))),
            status=status,
            products=tuple(products),
            justification=words(_JUSTIFICATIONS.get(word, word)),
            detail=words(analysis.detail),
            timestamp=next(filter(None, times), self._meta.timestamp),
            version=str(self._bom.version),
            author=words(_author(self._meta)),
            document=words(self._bom.serial),
            place=self._place,
        )

    def _problem(self, vulnerability: _Vulnerability, what: str) -> None:
        self.problems.append(f"{vulnerability.id[:60] or 'a vulnerability'} {what}")


def _by_reference(bom: _Bom) -> dict[str, VexProduct]:
    found: dict[str, VexProduct] = {}
    root = bom.metadata.component if bom.metadata else None
    waiting = [*(bom.components or ()), *([root] if root else [])]
    while waiting:
        component = waiting.pop()
        waiting += component.components or ()
        if component.ref:
            found[component.ref] = VexProduct(
                purls=(component.purl,) if component.purl else (),
                digests=tuple(_digest(one) for one in component.hashes or ()),
                whole=component is root,
            )
    return found


def _linked(reference: str) -> VexProduct | None:
    """Return the product of a BOM-Link (urn:cdx:serial/version#ref) or of a bare package URL."""
    purl = unquote(reference.rpartition("#")[2]) if reference.startswith("urn:cdx:") else reference
    return VexProduct(purls=(purl,)) if purl.startswith("pkg:") else None


def _at(purl: str, version: str) -> str:
    head, mark, tail = purl.partition("?")
    name = head.rpartition("@")[0] if "@" in head.rpartition("/")[2] else head
    return f"{name}@{version}{mark}{tail}"


def _digest(one: _Hash) -> str:
    return f"{one.alg.lower().replace('-', '')}:{one.content.lower()}"


def _author(meta: _Metadata) -> str:
    named = [one.name for one in meta.authors or ()]
    others = [one.name for one in (meta.supplier, meta.manufacturer) if one]
    return next(filter(None, (*named, *others)), "")
