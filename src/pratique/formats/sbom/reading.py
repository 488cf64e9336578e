"""
Read SBOMs: CycloneDX JSON 1.2 to 1.7, SPDX 2.2 and 2.3 as JSON or tag-value, SPDX 3 as JSON-LD.

The format is told from the content. Law: the packages of an SBOM that this program wrote come back
with the same package URLs, versions and types; a component that cannot be judged (no package URL,
a type nobody has advisories for, malformed) is counted in an Unknown, never dropped in silence.
Bounds: ``Limits.json_depth`` levels of nesting, ``Limits.json_values`` values, ``Limits.packages`` entries; no recursion.
"""

import re
from collections.abc import Iterable

import msgspec
from msgspec import Raw, Struct

from pratique.formats.json_depth import check_depth, check_values
from pratique.formats.sbom._read_distro import distros_from_purls
from pratique.formats.sbom._read_document import Document
from pratique.formats.sbom._read_package import NotJudged, package_of
from pratique.kit.limits import DEFAULT, Limits
from pratique.model.distro import Distro
from pratique.model.errors import FormatError
from pratique.model.package import Package
from pratique.model.unknown import Stage, Unknown, Weight

UNIT = "sbom"
_BOM_MARK = b"\xef\xbb\xbf"
_TAG_VALUE = re.compile(rb"^SPDXVersion:", re.MULTILINE)
_HEAD_BYTES = 4096
_CONVERT = "convert it to CycloneDX or SPDX JSON with the tool that made it"


class SbomContent(Struct, frozen=True, kw_only=True):
    """
    What an SBOM lists; ``format`` says which it is (``CycloneDX 1.6``).

    ``packages`` are sorted by type, name, version and location.
    """

    packages: tuple[Package, ...]
    distro: Distro | None
    unknowns: tuple[Unknown, ...]
    format: str


def read_sbom(content: bytes, limits: Limits = DEFAULT) -> SbomContent:
    """
    Return the packages, distribution and gaps of an SBOM.

    Raises:
        FormatError: none of the formats above, or damaged as a whole.
        LimitExceeded: nested too deeply, or more entries than ``limits.packages``.
    """
    document = _read(content.removeprefix(_BOM_MARK), limits)
    order = {diff_id: index for index, diff_id in enumerate(document.diff_ids)}
    found: dict[str, Package] = {}
    rejected: list[NotJudged] = []
    for listed in document.packages:
        package = package_of(listed, order)
        if isinstance(package, NotJudged):
            rejected.append(package)
        else:
            found.setdefault(package.key, package)
    packages = sorted(found.values(), key=lambda p: (p.type, p.name, p.version, p.location, p.purl))
    distro, conflict = _distro(document, packages)
    return SbomContent(
        packages=tuple(packages),
        distro=distro,
        unknowns=tuple(sorted([*_gaps(document, rejected), *conflict])),
        format=document.format,
    )


def _read(content: bytes, limits: Limits) -> Document:
    # The readers are loaded when their format shows up: an SBOM is of one.
    if content.lstrip()[:1] == b"{":
        return _read_json(content, limits)
    if _TAG_VALUE.search(content[:_HEAD_BYTES]):
        from pratique.formats.sbom._read_tag_value import read_spdx_tag_value

        return read_spdx_tag_value(content, limits)
    if content.lstrip()[:1] == b"<":
        raise FormatError("an SBOM in XML is not read", hint=_CONVERT)
    raise FormatError("neither CycloneDX nor SPDX", hint="is this an SBOM?")


def _read_json(content: bytes, limits: Limits) -> Document:
    check_values(content, limits.json_values)
    check_depth(content, limits.json_depth)
    try:
        members = msgspec.json.decode(content, type=dict[str, Raw]).keys()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"not JSON: {error}") from None
    if "bomFormat" in members:
        from pratique.formats.sbom._read_cyclonedx import read_cyclonedx

        return read_cyclonedx(content, limits)
    if "spdxVersion" in members:
        from pratique.formats.sbom._read_spdx import read_spdx_json

        return read_spdx_json(content, limits)
    if members & {"predicateType", "payloadType"}:
        raise FormatError("an attestation, not an SBOM", hint="take its predicate out first")
    if "@context" in members:
        from pratique.formats.sbom._read_spdx3 import read_spdx3

        return read_spdx3(content, limits)
    if "artifacts" in members:
        raise FormatError("Syft's own JSON is not read", hint=_CONVERT)
    raise FormatError("neither CycloneDX nor SPDX", hint="is this an SBOM?")


def _distro(document: Document, packages: list[Package]) -> tuple[Distro | None, list[Unknown]]:
    """Return the one distribution, and a blocking Unknown where there are several."""
    named = list(dict.fromkeys(document.distros)) or distros_from_purls(packages)
    if len(named) < 2:
        return (named[0] if named else None), []
    names = ", ".join(sorted(f"{one.id} {one.version or one.codename}" for one in named)[:5])
    reason = (
        f"lists {len(named)} distributions ({names}); the packages are judged as {named[0].id}'s"
    )
    return named[0], [_unknown("operating system", reason, Weight.BLOCKING)]


def _gaps(document: Document, rejected: Iterable[NotJudged]) -> list[Unknown]:
    """Return one Unknown for each reason, with how many entries and one example."""
    reasons: dict[str, list[str]] = {}
    for one in rejected:
        reasons.setdefault(one.reason, []).append(one.example)
    for problem in document.problems:
        reasons.setdefault(f"is malformed: {problem.reason[:200]}", []).append(problem.part)
    return [
        _unknown(examples[0][:200] or "unnamed", _counted(len(examples), reason), Weight.COVERAGE)
        for reason, examples in reasons.items()
    ]


def _counted(number: int, reason: str) -> str:
    return f"the entry {reason}" if number == 1 else f"this and {number - 1} more: each {reason}"


def _unknown(location: str, reason: str, weight: Weight) -> Unknown:
    return Unknown(stage=Stage.EXTRACT, unit=UNIT, location=location, reason=reason, weight=weight)
