"""
Read OpenVEX documents: 0.2.0, and 0.0.1 whose products and vulnerabilities are plain text.

Laws: a document whose statements lack what the specification demands is refused as a whole, because
half-understood suppressions are worse than none: a status of the four, a vulnerability, products,
and for ``not_affected`` a justification or an impact statement. A statement without a time of its
own has its document's. Bounds: ``Limits.json_depth``, ``Limits.document_values``.
Source: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md.
"""

from msgspec import Struct

from pratique.formats.documents.json import parse_json
from pratique.formats.vex.document import VexDocument, words
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError
from pratique.model.vex import VexProduct, VexStatement, VexStatus


class _Component(Struct, rename={"id": "@id"}):
    id: str = ""
    identifiers: dict[str, str] | None = None
    hashes: dict[str, str] | None = None
    subcomponents: "list[_Component | str] | None" = None


class _Vulnerability(Struct, rename={"id": "@id"}):
    id: str = ""
    name: str = ""
    aliases: list[str] | None = None


class _Statement(Struct):
    vulnerability: _Vulnerability | str = ""
    products: list[_Component | str] | None = None
    subcomponents: list[_Component | str] | None = None
    status: str = ""
    justification: str = ""
    impact_statement: str = ""
    action_statement: str = ""
    status_notes: str = ""
    timestamp: str = ""
    last_updated: str = ""


class _Document(Struct, rename={"id": "@id", "context": "@context"}):
    statements: list[_Statement]
    context: str = ""
    id: str = ""
    author: str = ""
    timestamp: str = ""
    last_updated: str = ""
    version: int | str = ""


def read_openvex(content: bytes, place: str, limits: Limits = DEFAULT) -> VexDocument:
    """
    Return the statements of an OpenVEX document; ``place`` names the file.

    Raises:
        FormatError: not OpenVEX, or not what its specification demands.
    """
    document = parse_json(content, _Document, limits)
    if "openvex" not in document.context:
        raise FormatError("not OpenVEX: its @context names something else")
    found = [
        _statement(one, number, document, place)
        for number, one in enumerate(document.statements, start=1)
    ]
    version = document.context.rpartition("/v")[2] if "/v" in document.context else ""
    return VexDocument(format=f"OpenVEX {version}".strip(), statements=tuple(found))


def _statement(one: _Statement, number: int, document: _Document, place: str) -> VexStatement:
    try:
        status = VexStatus(one.status)
    except ValueError:
        raise _refusal(number, f"has no status of OpenVEX: {one.status[:40]!r}") from None
    names = _names(one.vulnerability)
    if not names:
        raise _refusal(number, "names no vulnerability")
    explained = one.justification or one.impact_statement
    if status is VexStatus.NOT_AFFECTED and not explained:
        raise _refusal(number, "says not_affected without a justification or impact_statement")
    products = tuple(_product(product, one) for product in one.products or ())
    if not products:
        raise _refusal(number, "names no products")
    detail = one.impact_statement or one.action_statement or one.status_notes
    return VexStatement(
        names=names,
        status=status,
        products=products,
        justification=words(one.justification),
        detail=words(detail),
        timestamp=_time(one, document),
        version=str(document.version),
        author=words(document.author),
        document=words(document.id),
        place=place,
    )


def _time(one: _Statement, document: _Document) -> str:
    own = one.last_updated or one.timestamp
    return own or document.last_updated or document.timestamp


def _names(vulnerability: _Vulnerability | str) -> tuple[str, ...]:
    if isinstance(vulnerability, str):
        return (vulnerability,) if vulnerability else ()
    # "@id" is an address whose last part is often the name.
    own = vulnerability.name or vulnerability.id.rstrip("/").rpartition("/")[2]
    return tuple(dict.fromkeys(filter(None, (own, *(vulnerability.aliases or ())))))


def _product(product: _Component | str, statement: _Statement) -> VexProduct:
    parts = product.subcomponents if isinstance(product, _Component) else statement.subcomponents
    named = tuple(purl for part in parts or () for purl in _purls(part))
    if parts and not named:
        # Limited to parts that nothing is known of: it speaks of nothing here.
        return VexProduct()
    return VexProduct(purls=_purls(product), digests=_digests(product), parts=named)


def _purls(component: _Component | str) -> tuple[str, ...]:
    if isinstance(component, str):
        return (component,) if component.startswith("pkg:") else ()
    named = (component.id, (component.identifiers or {}).get("purl", ""))
    return tuple(dict.fromkeys(one for one in named if one.startswith("pkg:")))


def _digests(component: _Component | str) -> tuple[str, ...]:
    if isinstance(component, str):
        return ()
    pairs = (component.hashes or {}).items()
    return tuple(
        sorted(f"{name.lower().replace('-', '')}:{value.lower()}" for name, value in pairs)
    )


def _refusal(number: int, what: str) -> FormatError:
    return FormatError(f"statement {number} {what}", hint="`vexctl` writes valid OpenVEX")
