"""
Apply VEX statements to findings.

Laws:
1. A statement is about a finding when it names the flaw and one of its products is the package, the
   OS package it is a part of, or the image as a whole; or when a product is limited to parts, the
   package is one of these parts, and the product holds it: it is the image, the OS package, or lies
   in the same file.
2. Of several, the newest decides: by time, then by the document's version; of equals, the one that
   suppresses least.
3. ``not_affected`` and ``fixed`` suppress, with status, justification, author and document as the
   reason; the others are written into the evidence.
4. Malware and tampering are touched by statements that name them only, which means by their rule:
   a CVE among their aliases is not enough.
5. What is suppressed already keeps its reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.ignore.times import instant
from pratique.formats.purl_matching import parsed, purl_matches, qualifiers_of
from pratique.model.finding import Evidence, Finding, FindingKind, Suppressor
from pratique.model.image import Image
from pratique.model.package import Package
from pratique.model.report import Subject
from pratique.model.vex import VexProduct, VexStatement, VexStatus

_CAREFUL = (
    VexStatus.NOT_AFFECTED,
    VexStatus.FIXED,
    VexStatus.UNDER_INVESTIGATION,
    VexStatus.AFFECTED,
)
"""From what suppresses to what does not."""
_NAMED_ONLY = frozenset({FindingKind.MALWARE, FindingKind.TAMPER})
_EARLIEST = datetime.min.replace(tzinfo=UTC)


class Vexed(Struct, frozen=True, kw_only=True):
    """The findings in their order, and the statements (by identity of value) that met one."""

    findings: tuple[Finding, ...]
    used: frozenset[VexStatement]


def apply_vex(
    findings: Iterable[Finding], subject: Subject, statements: Sequence[VexStatement]
) -> Vexed:
    """Return the findings of a subject as they stand after the statements were heard."""
    by_name: dict[str, list[VexStatement]] = {}
    for statement in dict.fromkeys((*statements, *subject.vex)):
        for name in statement.names:
            by_name.setdefault(name, []).append(statement)
    hearing = _Hearing(subject, frozenset(subject.vex))
    out: list[Finding] = []
    used: set[VexStatement] = set()
    for finding in findings:
        named = (name for name in _heeded_names(finding) if name in by_name)
        met = [
            one
            for one in dict.fromkeys(s for name in named for s in by_name[name])
            if hearing.is_about(one, finding)
        ]
        used.update(met)
        out.append(_heard(finding, max(met, key=_weight)) if met else finding)
    return Vexed(findings=tuple(out), used=frozenset(used))


def _heeded_names(finding: Finding) -> tuple[str, ...]:
    if finding.kind in _NAMED_ONLY:
        return (finding.rule,)
    return tuple(dict.fromkeys((finding.rule, *finding.names)))


class _Hearing:
    def __init__(self, subject: Subject, own: frozenset[VexStatement]) -> None:
        self._packages: Mapping[str, Package] = {one.key: one for one in subject.packages}
        self._own = own
        self._image = subject.image
        self._digests = frozenset(_digests(subject))
        self._by_file: dict[str, list[Package]] = {}
        for package in subject.packages:
            if package.location:
                self._by_file.setdefault(_file(package), []).append(package)

    def is_about(self, statement: VexStatement, finding: Finding) -> bool:
        """Return whether one of a statement's products is, or holds, what was found."""
        package = self._packages.get(finding.package)
        own = statement in self._own
        return any(self._holds(product, package, own) for product in statement.products)

    def _holds(self, product: VexProduct, package: Package | None, own: bool) -> bool:
        image = self._is_subject(product) or (product.whole and own)
        if not product.parts:
            return image or any(_is(product, one) for one in self._around(package))
        if package is None or not any(_names(part, package) for part in product.parts):
            return False
        near = self._by_file.get(_file(package), []) if package.location else []
        return image or any(_is(product, one) for one in (*self._around(package), *near))

    def _around(self, package: Package | None) -> Iterator[Package]:
        """Yield the package and the OS package it is a part of."""
        if package is not None:
            yield package
            owner = self._packages.get(package.owner)
            if owner is not None:
                yield owner

    def _is_subject(self, product: VexProduct) -> bool:
        if any(digest in self._digests for digest in product.digests):
            return True
        return any(_names_image(purl, self._image, self._digests) for purl in product.purls)


def _digests(subject: Subject) -> Iterator[str]:
    if subject.digest:
        yield str(subject.digest)
    if subject.image is not None:
        image = subject.image
        yield from (
            str(one) for one in (image.digest, image.config_digest, image.index_digest) if one
        )


def _names_image(purl: str, image: Image | None, digests: frozenset[str]) -> bool:
    """Return whether ``pkg:oci/name@sha256:…`` (or ``pkg:docker/``) names the image."""
    found = parsed(purl) if purl.startswith(("pkg:oci/", "pkg:docker/")) else None
    if found is None or image is None:
        return False
    if found.version and found.version.startswith("sha256:"):
        return found.version in digests
    repository, tag = _repository(image.name)
    if not repository or repository.rpartition("/")[2] != found.name.lower():
        return False
    asked = qualifiers_of(found)
    wanted = asked.get("repository_url", "").lower().removeprefix("https://").rstrip("/")
    wanted_tag = asked.get("tag", "") or (found.version or "")
    names = {repository, repository.rpartition("/")[0]}
    return (not wanted or wanted in names) and (not wanted_tag or wanted_tag == tag)


def _repository(name: str) -> tuple[str, str]:
    """Return repository and tag of an image's name."""
    bare = name.partition("@")[0].lower()
    head, colon, tail = bare.rpartition(":")
    return (
        (head, name.partition("@")[0].rpartition(":")[2])
        if colon and "/" not in tail
        else (bare, "")
    )


def _is(product: VexProduct, package: Package) -> bool:
    return any(_names(purl, package) for purl in product.purls)


def _names(purl: str, package: Package) -> bool:
    if purl_matches(purl, package.purl):
        return True
    found = parsed(purl)
    # Distributions speak of sources: pkg:deb/debian/openssl?arch=source means all it is built into.
    if found is None or qualifiers_of(found).get("arch") not in ("source", "src"):
        return False
    own = found.type == package.type and found.name == (package.source_name or package.name)
    return own and found.version in (None, "", package.source_version or package.version)


def _file(package: Package) -> str:
    return package.location.partition("!")[0]


def _weight(statement: VexStatement) -> tuple[datetime, tuple[int, str], int]:
    time = instant(statement.timestamp) or _EARLIEST
    version = statement.version
    number = (int(version), "") if version.isdecimal() and len(version) < 10 else (0, version)
    return time, number, _CAREFUL.index(statement.status)


def _heard(finding: Finding, statement: VexStatement) -> Finding:
    said = Evidence(
        advisory=statement.document or statement.place,
        feed="vex",
        publisher=statement.author,
        note=_sentence(statement),
    )
    heard = replace(
        finding,
        evidence=(*finding.evidence, said),
        vex_status=str(statement.status),
        vex_justification=statement.justification,
    )
    suppresses = statement.status in (VexStatus.NOT_AFFECTED, VexStatus.FIXED)
    if not suppresses or finding.suppressed:
        return heard
    return replace(heard, suppressed=_reason(statement), suppressed_by=Suppressor.VEX)


def _sentence(statement: VexStatement) -> str:
    parts = (str(statement.status), statement.justification, statement.detail)
    return ": ".join(filter(None, parts))


def _reason(statement: VexStatement) -> str:
    source = ", ".join(dict.fromkeys(filter(None, (statement.document, statement.place))))
    return f"VEX {_sentence(statement)} ({statement.author or 'unnamed author'}; {source})"
