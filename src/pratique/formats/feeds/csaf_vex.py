"""
Read Red Hat's VEX documents (CSAF 2.0, category ``csaf_vex``): one CVE across every product.

``product_tree`` names products (a CPE) and components (a package URL); relationships join the two
into the ids that ``product_status`` lists as fixed, known_affected, known_not_affected or
under_investigation. Remediations say why something affected has no fix.

Laws: ``fixed`` means "has the fix since this version", not "was vulnerable before": the publisher
lists every package an erratum rebuilt. A product with neither impact nor a score above 0 is no
statement. Of fixed components binaries count; sources are listed beside them and would double
them. Statements on one package, version and product are one, with the arches they are for.

Kept: rpm components of products whose CPE starts with one of ``PRODUCTS`` (Red Hat Enterprise
Linux and its support streams). Bounds: relationships are followed at most ``_HOPS`` times; the tree
is walked without recursion.
Source: https://docs.oasis-open.org/csaf/csaf/v2.0/ (3.1.1 branches, 3.2.2 product tree, 3.2.3
vulnerabilities, 4.5 VEX profile); https://redhatproductsecurity.github.io/security-data-guidelines/.
"""

from collections import defaultdict
from collections.abc import Iterator
from sys import intern
from urllib.parse import unquote

from msgspec import Struct

from pratique.formats.feeds.feed_scores import cvss_score
from pratique.formats.feeds.feed_text import MAX_TITLE, cut, cwes_in, is_cve, links
from pratique.formats.feeds.iso_dates import iso_date
from pratique.formats.feeds.json_items import decode_json
from pratique.formats.feeds.severity_words import severity_of_word, vendor_score
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.errors import FormatError
from pratique.model.severity import Score, Severity

PRODUCTS = ("enterprise_linux:", "rhel_")

_CPE = ("cpe:/o:redhat:", "cpe:/a:redhat:")
_RPM = "pkg:rpm/redhat/"
_HOPS = 5
_EVERY = (Range(),)


class _Helper(Struct):
    cpe: str = ""
    purl: str = ""


class _Product(Struct):
    product_id: str
    product_identification_helper: _Helper | None = None


class _Branch(Struct):
    branches: "list[_Branch]" = []
    product: _Product | None = None


class _FullName(Struct):
    product_id: str


class _Relationship(Struct):
    product_reference: str
    relates_to_product_reference: str
    full_product_name: _FullName


class _Tree(Struct):
    branches: list[_Branch] = []
    relationships: list[_Relationship] = []


class _Note(Struct):
    category: str = ""
    text: str = ""


class _Link(Struct):
    url: str = ""


class _Cwe(Struct):
    id: str = ""


class _Said(Struct):
    category: str = ""
    details: str = ""
    product_ids: list[str] = []


class _Cvss(Struct, rename="camel"):
    vector_string: str = ""
    base_score: float | None = None


class _Score(Struct):
    products: list[str] = []
    cvss_v4: _Cvss | None = None
    cvss_v3: _Cvss | None = None
    cvss_v2: _Cvss | None = None


class _Vulnerability(Struct):
    cve: str = ""
    title: str = ""
    cwe: _Cwe | None = None
    notes: list[_Note] = []
    references: list[_Link] = []
    release_date: str = ""
    product_status: dict[str, list[str]] = {}
    remediations: list[_Said] = []
    threats: list[_Said] = []
    scores: list[_Score] = []


class _Tracking(Struct):
    id: str
    status: str = ""
    current_release_date: str = ""


class _Grade(Struct):
    text: str = ""


class _Head(Struct):
    tracking: _Tracking
    title: str = ""
    aggregate_severity: _Grade | None = None


class _Document(Struct):
    document: _Head
    product_tree: _Tree | None = None
    vulnerabilities: list[_Vulnerability] = []


class Component(Struct, frozen=True):
    """One package as a product ships it; ``version`` is empty where the statement names none."""

    ecosystem: str
    name: str
    version: str = ""
    module: str = ""
    arch: str = ""


def advisory(content: bytes, feed: str) -> Advisory | None:
    """
    Return what a document says, None when the publisher has taken it back.

    Raises:
        FormatError: it is not a VEX document about one CVE.
    """
    said = decode_json(content, _Document)
    head = said.document
    if not is_cve(head.tracking.id):
        raise FormatError(f"not a VEX document of one CVE: {head.tracking.id[:60]!r}")
    if head.tracking.status == "deleted":
        return None
    products = _Products(said.product_tree or _Tree())
    flaws = said.vulnerabilities
    word = head.aggregate_severity.text if head.aggregate_severity else ""
    return Advisory(
        id=AdvisoryId(head.tracking.id),
        feed=feed,
        affected=tuple(one for flaw in flaws for one in _statements(flaw, products)),
        upstream=(head.tracking.id,),
        title=cut(head.title, MAX_TITLE),
        description=cut(_description(flaws)),
        severity=severity_of_word(word),
        scores=tuple(_scores(flaws, word)),
        cwes=cwes_in(flaw.cwe.id for flaw in flaws if flaw.cwe),
        references=links(link.url for flaw in flaws for link in flaw.references),
        published=iso_date(flaws[0].release_date) if flaws else "",
        modified=iso_date(head.tracking.current_release_date),
    )


def component(ecosystem: str, purl: str) -> Component | None:
    """
    Return the package that a package URL of Red Hat means; None for containers and other kinds.

    >>> component("Red Hat:rhel_eus:9.2::appstream",
    ...     "pkg:rpm/redhat/nodejs@18.9-1.module%2Bel9?arch=x86_64&epoch=1&rpmmod=nodejs:18:9:a")
    ... # doctest: +ELLIPSIS
    Component(ecosystem=..., name='nodejs', version='1:18.9-1.module+el9', module='nodejs:18', ...)
    """
    if not purl.startswith(_RPM):
        return None
    path, _, query = purl[len(_RPM) :].partition("?")
    name, _, version = path.partition("@")
    said = dict(pair.partition("=")[::2] for pair in query.split("&")[:16])
    module = ":".join(unquote(said.get("rpmmod", "")).split(":")[:2])
    epoch = said.get("epoch", "0")
    version = unquote(version)
    if "-" not in version:
        version = ""  # unfixed module components carry the stream here
    elif epoch.isdigit() and epoch != "0":
        version = f"{epoch}:{version}"
    return Component(
        ecosystem, intern(unquote(name)), version, intern(module), said.get("arch", "")
    )


class _Products:
    """Resolve the ids of a document to components of products."""

    def __init__(self, tree: _Tree) -> None:
        self._helpers: dict[str, _Helper] = {}
        waiting = list(tree.branches)
        while waiting:
            branch = waiting.pop()
            waiting += branch.branches
            product = branch.product
            if product is not None and product.product_identification_helper is not None:
                self._helpers[product.product_id] = product.product_identification_helper
        self._parts = {
            one.full_product_name.product_id: (
                one.product_reference,
                one.relates_to_product_reference,
            )
            for one in tree.relationships
        }

    def of(self, product_id: str) -> Component | None:
        """Return the component an id means, None when it is none that an image can hold."""
        if product_id not in self._parts:
            return None
        package = self._helpers.get(self._end(product_id, 0))
        product = self._helpers.get(self._end(product_id, 1))
        if package is None or product is None or not product.cpe.startswith(_CPE):
            return None
        tail = product.cpe[len(_CPE[0]) :]
        if not f"{tail}:".startswith(PRODUCTS):
            return None
        return component(intern(f"Red Hat:{tail}"), package.purl)

    def _end(self, name: str, side: int) -> str:
        for _ in range(_HOPS):
            if name not in self._parts:
                break
            name = self._parts[name][side]
        return name


def _statements(flaw: _Vulnerability, products: _Products) -> Iterator[Affected]:
    """Yield one statement per package, version, product and state."""
    impact = {pid: said.details for said in flaw.threats for pid in said.product_ids}
    harmless = {pid for score in flaw.scores if _is_zero(score) for pid in score.products}
    why = _reasons(flaw.remediations)
    arches: dict[tuple[Component, FixState, str, str], list[str]] = defaultdict(list)
    for status, product_ids in flaw.product_status.items():
        for pid in product_ids:
            found = products.of(pid) if pid in impact or pid not in harmless else None
            if found is None or (status == "fixed" and (found.arch == "src" or not found.version)):
                continue
            state, note = _state(status, why.get(pid, ("", "")))
            if state is FixState.UNKNOWN:
                continue
            version = found.version if state is FixState.FIXED else ""
            bare = Component(found.ecosystem, found.name, version, found.module)
            arches[bare, state, impact.get(pid, ""), note].append(found.arch)
    for (about, state, word, note), on in arches.items():
        yield _affected(about, state, (word, note), on)


def _affected(about: Component, state: FixState, said: tuple[str, str], on: list[str]) -> Affected:
    severity = severity_of_word(said[0])
    limited = "" not in on and "src" not in on
    ranges: tuple[Range, ...] = () if state is FixState.NOT_AFFECTED else _EVERY
    if state is FixState.FIXED:
        ranges = (Range(fixed=about.version),)
    return Affected(
        ecosystem=about.ecosystem,
        name=about.name,
        ranges=ranges,
        state=state,
        arches=tuple(sorted(set(on))) if limited else (),
        module=about.module,
        severity=None if severity is Severity.UNKNOWN else severity,
        note=said[1],
    )


def _reasons(remediations: list[_Said]) -> dict[str, tuple[str, str]]:
    """Return, by product id, why there is no fix: category and words."""
    return {
        pid: (said.category, cut(said.details, 80))
        for said in remediations
        if said.category in ("no_fix_planned", "none_available")
        for pid in said.product_ids
    }


def _state(status: str, reason: tuple[str, str]) -> tuple[FixState, str]:
    """Return the fix state that a status and the reason for it mean, and the reason's words."""
    category, words = reason
    if status in ("fixed", "first_fixed"):
        return FixState.FIXED, ""
    if status == "known_not_affected":
        return FixState.NOT_AFFECTED, ""
    if status == "under_investigation":
        return FixState.UNDER_INVESTIGATION, words
    if status not in ("known_affected", "first_affected", "last_affected"):
        return FixState.UNKNOWN, ""
    if "out of support" in words.lower():
        return FixState.END_OF_LIFE, words
    if category == "no_fix_planned":
        return FixState.WILL_NOT_FIX, words
    deferred = "deferred" in words.lower()
    return (FixState.DEFERRED if deferred else FixState.NOT_FIXED), words


def _is_zero(score: _Score) -> bool:
    best = score.cvss_v4 or score.cvss_v3 or score.cvss_v2
    return best is not None and best.base_score == 0.0


def _scores(flaws: list[_Vulnerability], word: str) -> Iterator[Score]:
    if word:
        yield vendor_score("redhat", word[:MAX_TITLE])
    given = [score for flaw in flaws for score in flaw.scores]
    vectors = [one for s in given for one in (s.cvss_v4, s.cvss_v3, s.cvss_v2) if one is not None]
    found = {one.vector_string: one.base_score for one in vectors if one.vector_string}
    for vector, value in found.items():
        yield cvss_score("redhat", vector, value)


def _description(flaws: list[_Vulnerability]) -> str:
    notes = (note for flaw in flaws for note in flaw.notes)
    return next((note.text for note in notes if note.category == "description"), "")
