"""
Read CSAF 2.0 documents: the VEX profile, and other profiles as far as they state product status.

Laws: ``known_not_affected`` is ``not_affected``; ``fixed`` and ``first_fixed`` are ``fixed``;
``known_affected``, ``first_affected`` and ``last_affected`` are ``affected``. A product is known by
the package URL or the file hashes of its identification helper. A relationship (component of a
product) is the product limited to that component; where the product has neither, the statement
speaks of nothing we can see and becomes a problem. Justification and words come from the flags and
impact threats that name the product. Bounds: ``Limits.json_depth``, ``Limits.document_values``, no
recursion. Source: https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html, 3.2 and 4.5.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from pratique.formats.documents.json import parse_json
from pratique.formats.vex.document import VexDocument, words
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.errors import FormatError
from pratique.model.vex import VexProduct, VexStatement, VexStatus

_STATUSES = (
    ("known_not_affected", VexStatus.NOT_AFFECTED),
    ("fixed", VexStatus.FIXED),
    ("first_fixed", VexStatus.FIXED),
    ("known_affected", VexStatus.AFFECTED),
    ("first_affected", VexStatus.AFFECTED),
    ("last_affected", VexStatus.AFFECTED),
    ("under_investigation", VexStatus.UNDER_INVESTIGATION),
)


class _FileHash(Struct):
    algorithm: str = ""
    value: str = ""


class _Hashes(Struct):
    file_hashes: list[_FileHash] | None = None


class _Helper(Struct):
    purl: str = ""
    purls: list[str] | None = None
    hashes: list[_Hashes] | None = None


class _Product(Struct):
    product_id: str = ""
    product_identification_helper: _Helper | None = None


class _Branch(Struct):
    product: _Product | None = None
    branches: "list[_Branch] | None" = None


class _Relationship(Struct):
    full_product_name: _Product | None = None
    product_reference: str = ""
    relates_to_product_reference: str = ""


class _Group(Struct):
    group_id: str = ""
    product_ids: list[str] | None = None


class _Tree(Struct):
    branches: list[_Branch] | None = None
    full_product_names: list[_Product] | None = None
    relationships: list[_Relationship] | None = None
    product_groups: list[_Group] | None = None


class _Remark(Struct):
    """A flag, threat or remediation: something said of some products."""

    label: str = ""
    category: str = ""
    details: str = ""
    date: str = ""
    product_ids: list[str] | None = None
    group_ids: list[str] | None = None


class _Id(Struct):
    text: str = ""


class _Vulnerability(Struct):
    cve: str = ""
    ids: list[_Id] | None = None
    product_status: dict[str, list[str]] | None = None
    flags: list[_Remark] | None = None
    threats: list[_Remark] | None = None
    remediations: list[_Remark] | None = None


class _Tracking(Struct):
    id: str = ""
    version: str = ""
    current_release_date: str = ""


class _Publisher(Struct):
    name: str = ""


class _Head(Struct):
    csaf_version: str = ""
    tracking: _Tracking | None = None
    publisher: _Publisher | None = None


class _Document(Struct):
    document: _Head
    product_tree: _Tree | None = None
    vulnerabilities: list[_Vulnerability] | None = None


def read_csaf(content: bytes, place: str, limits: Limits = DEFAULT) -> VexDocument:
    """
    Return the statements of a CSAF document; ``place`` names the file.

    Raises:
        FormatError: not CSAF 2.
    """
    document = parse_json(content, _Document, limits)
    if not document.document.csaf_version.startswith("2."):
        raise FormatError("not CSAF 2: no csaf_version")
    reading = _Reading(document, place)
    for vulnerability in document.vulnerabilities or ():
        reading.take(vulnerability)
    return VexDocument(
        format=f"CSAF {document.document.csaf_version}",
        statements=tuple(reading.statements),
        problems=tuple(dict.fromkeys(reading.problems)),
    )


class _Reading:
    def __init__(self, document: _Document, place: str) -> None:
        self.statements: list[VexStatement] = []
        self.problems: list[str] = []
        self._head, self._place = document.document, place
        tree = document.product_tree or _Tree()
        self._products = _products(tree)
        self._groups = {one.group_id: one.product_ids or [] for one in tree.product_groups or ()}

    def take(self, vulnerability: _Vulnerability) -> None:
        """Add one statement for each status, justification and words of a vulnerability."""
        own = (vulnerability.cve, *(one.text for one in vulnerability.ids or ()))
        names = tuple(dict.fromkeys(filter(None, own)))
        if not names:
            self.problems.append("a vulnerability has neither a CVE nor another id")
            return
        for word, status in _STATUSES:
            groups: dict[tuple[str, str, str], list[VexProduct]] = {}
            for product_id in (vulnerability.product_status or {}).get(word, ()):
                product = self._products.get(product_id)
                if product is None:
                    named = f"{names[0]} speaks of {product_id[:80]!r}"
                    self.problems.append(f"{named}, which has no package URL and no hash")
                    continue
                said = self._said(vulnerability, product_id, status)
                groups.setdefault(said, []).append(product)
            for (flag, detail, date), products in groups.items():
                tracking = self._head.tracking or _Tracking()
                self.statements.append(
                    VexStatement(
                        names=names,
                        status=status,
                        products=tuple(products),
                        justification=words(flag),
                        detail=words(detail),
                        timestamp=date or tracking.current_release_date,
                        version=tracking.version,
                        author=words(self._head.publisher.name if self._head.publisher else ""),
                        document=words(tracking.id),
                        place=self._place,
                    )
                )

    def _said(
        self, vulnerability: _Vulnerability, product_id: str, status: VexStatus
    ) -> tuple[str, str, str]:
        """Return justification, words and date that are said of one product."""
        if status is VexStatus.NOT_AFFECTED:
            flag = next(self._about(vulnerability.flags, product_id), _Remark())
            impacts = (one for one in vulnerability.threats or () if one.category == "impact")
            impact = next(self._about(impacts, product_id), _Remark())
            return flag.label, impact.details, flag.date or impact.date
        remedy = next(self._about(vulnerability.remediations, product_id), _Remark())
        return "", remedy.details, ""

    def _about(self, remarks: Iterable[_Remark] | None, product_id: str) -> Iterator[_Remark]:
        for remark in remarks or ():
            named = [*(remark.product_ids or ())]
            for group in remark.group_ids or ():
                named += self._groups.get(group, ())
            # A remark that names no product is about all of them.
            if product_id in named or not (remark.product_ids or remark.group_ids):
                yield remark


def _products(tree: _Tree) -> dict[str, VexProduct]:
    plain = {one.product_id: _product(one) for one in _leaves(tree)}
    found = {name: one for name, one in plain.items() if one.purls or one.digests}
    for relation in tree.relationships or ():
        if relation.full_product_name is None:
            continue
        whole = plain.get(relation.relates_to_product_reference)
        part = plain.get(relation.product_reference)
        if whole and part and (whole.purls or whole.digests) and part.purls:
            combined = VexProduct(purls=whole.purls, digests=whole.digests, parts=part.purls)
            found[relation.full_product_name.product_id] = combined
    return found


def _leaves(tree: _Tree) -> Iterator[_Product]:
    yield from tree.full_product_names or ()
    waiting = list(tree.branches or ())
    while waiting:
        branch = waiting.pop()
        waiting += branch.branches or ()
        if branch.product is not None:
            yield branch.product


def _product(one: _Product) -> VexProduct:
    helper = one.product_identification_helper or _Helper()
    hashes = [each for group in helper.hashes or () for each in group.file_hashes or ()]
    return VexProduct(
        purls=tuple(dict.fromkeys(filter(None, (helper.purl, *(helper.purls or ()))))),
        digests=tuple(f"{h.algorithm.lower().replace('-', '')}:{h.value.lower()}" for h in hashes),
    )
