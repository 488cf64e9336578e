"""
Render a report as OpenVEX 0.2.0: what this analysis says of each flaw in each package.

``not_affected`` and ``fixed`` rest on evidence only: the distribution's word, a program that does
not contain the functions, a package that nothing but a lockfile names; or they repeat another
author's VEX statement, said so in the notes. A finding that was ignored or excepted is still
affected: nobody showed the contrary. ``affected`` names the upgrade that ends it; where there is
none the flaw is ``under_investigation``. Products are images by package URL and digest, packages
their subcomponents; in a folder the packages are the products. Without a finding there is no
statement, and OpenVEX has no valid document without one.
"""

import uuid

from msgspec import UNSET, Struct

from pratique.formats.image.reference import parse_reference
from pratique.formats.purl import package_url
from pratique.formats.vex import openvex_document as vex
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.model.report import Report, Subject
from pratique.reports._encoding import json_bytes
from pratique.reports._sentences import fix_step, fix_words
from pratique.reports._subjects import image_purl
from pratique.reports.interface import Style

NAME = "openvex"
MEDIA_TYPE = "application/json"
SUFFIX = ".openvex.json"

_NIL = f"urn:uuid:{uuid.UUID(int=0)}"
_ABSENT_CODE = "vulnerable_code_not_present"
_JUSTIFICATIONS = {
    Suppressor.REACHABILITY: _ABSENT_CODE,
    Suppressor.SCOPE: "component_not_present",
    Suppressor.DISTRO: _ABSENT_CODE,
}
_KNOWN_JUSTIFICATIONS = frozenset(
    {
        "component_not_present",
        _ABSENT_CODE,
        "vulnerable_code_not_in_execute_path",
        "vulnerable_code_cannot_be_controlled_by_adversary",
        "inline_mitigations_already_exist",
    }
)


class _Word(Struct, frozen=True):
    """Where a finding stands; equal words on one flaw become one statement."""

    status: str
    justification: str = ""
    impact: str = ""
    action: str = ""
    notes: str = ""


def render(report: Report, style: Style) -> bytes:
    """Return the document."""
    content = json_bytes(
        vex.Document(
            context=vex.CONTEXT,
            id=_NIL,
            author="pratique",
            role="scanner",
            timestamp=report.now,
            version=1,
            tooling=f"pratique {report.tool_version}",
            statements=_statements(report),
        )
    )
    # The nil UUID stands before anything that came from the image, so the first one is ours.
    unique = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content.decode())}"
    return content.replace(_NIL.encode(), unique.encode(), 1)


def _statements(report: Report) -> tuple[vex.Statement, ...]:
    """Return one statement for each flaw and word, in the order of the report."""
    said: dict[tuple[str, _Word], dict[int, list[Finding]]] = {}
    for place, subject in enumerate(report.subjects):
        for finding in subject.findings:
            if finding.kind is FindingKind.VULNERABILITY and finding.rule and finding.package:
                concerned = said.setdefault((finding.rule, _word(finding)), {})
                concerned.setdefault(place, []).append(finding)
    return tuple(
        _statement(rule, word, [(report.subjects[at], found) for at, found in where.items()])
        for (rule, word), where in said.items()
    )


def _statement(rule: str, word: _Word, where: list[tuple[Subject, list[Finding]]]) -> vex.Statement:
    names = {name for _, found in where for finding in found for name in finding.names if name}
    products = (product for subject, found in where for product in _products(subject, found))
    return vex.Statement(
        vulnerability=vex.Vulnerability(rule, tuple(sorted(names - {rule})) or UNSET),
        products=tuple(dict.fromkeys(products)),
        status=word.status,
        status_notes=word.notes or UNSET,
        justification=word.justification or UNSET,
        impact_statement=word.impact or UNSET,
        action_statement=word.action or UNSET,
    )


def _word(finding: Finding) -> _Word:
    who, why = finding.suppressed_by, finding.suppressed
    if not why or who in (Suppressor.OS_PACKAGE, Suppressor.IGNORE_RULE):
        return _standing(finding, why)
    if who is Suppressor.EXCEPTION:
        return _excepted(finding, why)
    if who is Suppressor.VEX and finding.vex_status == "not_affected":
        if finding.vex_justification in _KNOWN_JUSTIFICATIONS:
            return _Word("not_affected", finding.vex_justification, notes=why)
        return _Word("not_affected", impact=why)
    if who is Suppressor.VEX and finding.vex_status == "fixed":
        return _Word("fixed", notes=why)
    if who is Suppressor.DISTRO and ": fixed in " in why:
        return _Word("fixed", notes=why)
    if who in _JUSTIFICATIONS:
        return _Word("not_affected", _JUSTIFICATIONS[who], notes=why)
    return _standing(finding, why)


def _excepted(finding: Finding, why: str) -> _Word:
    """Return the word on what somebody accepted until a day: it is affected all the same."""
    end = f" It ends with {fix_step(finding.fix)}." if finding.fix.version else ""
    return _Word("affected", action=f"Accepted as it is: {why.rstrip('.')}.{end}", notes=why)


def _standing(finding: Finding, why: str) -> _Word:
    """Return the word on a finding that no evidence rules out."""
    fix = finding.fix
    if fix.version:
        action = f"Upgrade to {fix_step(fix)}."
        return _Word("affected", action=action, notes=why)
    if finding.vex_status == "affected":
        return _Word("affected", action="There is no fix: look for a workaround.", notes=why)
    return _Word("under_investigation", notes=why or fix_words(fix.state))


def _products(subject: Subject, findings: list[Finding]) -> list[vex.Product]:
    parts = tuple(dict.fromkeys(finding.package.partition("#")[0] for finding in findings))
    purl = _image_purl(subject)
    algorithm, _, digest = (subject.digest or "").partition(":")
    if not purl and algorithm != "sha256":
        return [vex.Product(part, vex.Identifiers(part)) for part in parts]
    # A subject known by its digest only still needs a name, the same every time.
    product = vex.Product(
        id=purl or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, str(subject.digest))}",
        identifiers=vex.Identifiers(purl) if purl else UNSET,
        hashes=vex.Hashes(digest) if algorithm == "sha256" else UNSET,
        subcomponents=tuple(vex.Subcomponent(part, vex.Identifiers(part)) for part in parts),
    )
    return [product]


def _image_purl(subject: Subject) -> str:
    """Return the image's package URL without tag and platform, which its digest says already."""
    image = subject.image
    if image is None or not image_purl(image):
        return ""
    reference = parse_reference(image.name)
    repository = f"{reference.host}/{reference.repository}"
    name = repository.rpartition("/")[2]
    return package_url("oci", name, image.digest, qualifiers={"repository_url": repository})
