"""
Run the examples that a policy carries: evidence in short form, and the verdict it must get.

The short form is a mapping of ``image``, ``packages``, ``findings`` and ``unknowns`` with the names of
``model``'s fields that a person writes about; what is left out is harmless: an image with a user, data of
today, all scanners run. Law: a field that is not known is a mistake.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct

from pratique.formats.documents.placed_yaml import Placed
from pratique.kit.clock import iso
from pratique.model.advisory import DataStatus, Epss, Exploited, FixState
from pratique.model.digest import sha256_of
from pratique.model.finding import Confidence, Finding, FindingKind, Fix, Part
from pratique.model.image import Descriptor, Image, ImageConfig, Layer
from pratique.model.licence import LicenceClass
from pratique.model.package import LayerRef, Package, PackageType, Purl
from pratique.model.part import BaseImage, Recognition
from pratique.model.report import Subject, SubjectKind
from pratique.model.severity import Score, Severity
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.model.verdict import Answer, Verdict
from pratique.policy._fields import wrong
from pratique.policy.judging import SCANNERS, Circumstances, judge
from pratique.policy.policy import Expectation, Policy

TODAY = datetime(2026, 1, 1, 12, tzinfo=UTC)
"""The day of every example; ages are counted back from it."""


class ImageShort(Struct, frozen=True, forbid_unknown_fields=True):
    """An image in short form."""

    name: str = "registry.example/app:1"
    user: str = "1000"
    labels: dict[str, str] = {}
    ports: list[str] = []
    entrypoint: list[str] = []
    age_days: float = 1
    has_healthcheck: bool = True
    base: str = ""


class PackageShort(Struct, frozen=True, forbid_unknown_fields=True):
    """A package in short form."""

    name: str
    version: str = "1"
    type: PackageType = PackageType.GENERIC
    licences: list[str] = []
    licence: str = ""
    licence_class: LicenceClass | None = None
    part: Part = Part.UNKNOWN
    vendor: str = ""
    location: str = ""
    declared: bool = False

    @property
    def purl(self) -> Purl:
        """Return a package URL that is good enough to be told apart."""
        return Purl(f"pkg:{self.type}/{self.name}@{self.version}")


class FindingShort(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding in short form."""

    rule: str = "CVE-2026-0001"
    kind: FindingKind = FindingKind.VULNERABILITY
    severity: Severity = Severity.HIGH
    confidence: Confidence = Confidence.HIGH
    package: str = ""
    fix: str = ""
    age_days: float = 100
    kev: bool = False
    epss: float | None = None
    cvss: float | None = None
    path: str = ""
    hidden: bool = False
    part: Part = Part.UNKNOWN


class UnknownShort(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was not understood, in short form."""

    stage: Stage = Stage.EXTRACT
    unit: str = "example"
    location: str = "usr/x"
    reason: str = "an example"
    weight: Weight = Weight.COVERAGE


class EvidenceShort(Struct, frozen=True, forbid_unknown_fields=True):
    """The evidence of an example."""

    image: ImageShort = ImageShort()
    packages: list[PackageShort] = []
    findings: list[FindingShort] = []
    unknowns: list[UnknownShort] = []
    data_age_days: float = 0


class Tried(Struct, frozen=True, kw_only=True):
    """What became of an example; ``problem`` is empty where it got what it expects."""

    example: Expectation
    verdict: Verdict
    problem: str = ""


def check_evidence(value: Placed, place: str) -> Mapping[str, object]:
    """
    Return the evidence of an example as plain values, known to be understood.

    Raises:
        UsageError: a field that is not known, or of another type.
    """
    plain = _plain(value)
    try:
        msgspec.convert(plain or {}, EvidenceShort, strict=False)
    except msgspec.ValidationError as error:
        raise wrong(place, value, f"evidence: {error}") from None
    return plain if isinstance(plain, dict) else {}


def try_examples(policy: Policy) -> Iterator[Tried]:
    """Yield each example with the verdict it gets."""
    for example in policy.examples:
        evidence = msgspec.convert(example.evidence, EvidenceShort, strict=False)
        status = DataStatus(
            ecosystem="Example",
            present=True,
            built=iso(TODAY - timedelta(days=evidence.data_age_days)),
            newest=iso(TODAY),
        )
        around = Circumstances(data=(status,), now=TODAY, scanners=frozenset(SCANNERS))
        verdict = judge(_subject(evidence), policy, around).verdict
        if verdict is not None:
            yield Tried(example=example, verdict=verdict, problem=_problem(example, verdict))


def _problem(example: Expectation, verdict: Verdict) -> str:
    fired = sorted({one.rule for one in verdict.reasons if one.answer is not Answer.ALLOW})
    if verdict.answer is not example.answer:
        because = f" ({', '.join(fired)})" if fired else ""
        return f"expected {example.answer}, got {verdict.answer}{because}"
    if example.fires is not None and sorted(set(example.fires)) != fired:
        wanted = ", ".join(sorted(example.fires)) or "nothing"
        return f"expected {wanted} to fire, got {', '.join(fired) or 'nothing'}"
    return ""


def _subject(evidence: EvidenceShort) -> Subject:
    packages = tuple(_package(one) for one in evidence.packages)
    image = _image(evidence.image)
    by_name = {one.name: one for one in packages}
    return Subject(
        kind=SubjectKind.IMAGE,
        target=evidence.image.name,
        digest=image.digest,
        image=image,
        base=_base(evidence.image),
        packages=packages,
        findings=tuple(_finding(at, one, by_name) for at, one in enumerate(evidence.findings)),
        unknowns=tuple(
            Unknown(
                stage=one.stage,
                unit=one.unit,
                location=one.location,
                reason=one.reason,
                weight=one.weight,
            )
            for one in evidence.unknowns
        ),
    )


def _image(short: ImageShort) -> Image:
    digest = sha256_of(b"example")
    blob = Descriptor(media_type="", digest=digest, size_bytes=1)
    config = ImageConfig(
        user=short.user,
        labels=short.labels,
        exposed_ports=tuple(short.ports),
        entrypoint=tuple(short.entrypoint),
        created=iso(TODAY - timedelta(days=short.age_days)),
        has_healthcheck=short.has_healthcheck,
    )
    return Image(
        target=short.name,
        name=short.name,
        digest=digest,
        config_digest=digest,
        config=config,
        layers=(Layer(index=0, blob=blob, diff_id=digest),),
    )


def _base(short: ImageShort) -> BaseImage | None:
    return BaseImage(how=Recognition.LABEL, layers=1, name=short.base) if short.base else None


def _package(short: PackageShort) -> Package:
    return Package(
        type=short.type,
        name=short.name,
        version=short.version,
        purl=short.purl,
        licences=tuple(short.licences),
        licence_expression=short.licence,
        licence_class=short.licence_class,
        part=short.part,
        vendor=short.vendor,
        location=short.location,
        declared=short.declared,
    )


def _finding(at: int, short: FindingShort, packages: Mapping[str, Package]) -> Finding:
    package = packages.get(short.package)
    date = iso(TODAY - timedelta(days=short.age_days))
    digest = sha256_of(b"example")
    state = FixState.FIXED if short.fix else FixState.NOT_FIXED
    score = Score("example", "CVSS:3.1", "", short.cvss, short.severity)
    return Finding(
        id=f"example-{at}",
        kind=short.kind,
        rule=short.rule,
        severity=short.severity,
        confidence=short.confidence,
        package=package.key if package is not None else "",
        package_name=short.package,
        package_version=package.version if package is not None else "",
        location=short.path,
        fix=Fix(state=state, version=short.fix),
        published=date,
        exploited=Exploited(added=date) if short.kev else None,
        epss=Epss(probability=short.epss) if short.epss is not None else None,
        scores=(score,) if short.cvss is not None else (),
        hidden_by=LayerRef(index=1, blob=digest, diff_id=digest) if short.hidden else None,
        part=short.part,
    )


def _plain(value: Placed) -> object:
    if value.fields is not None:
        return {key: _plain(one) for key, one in value.fields.items()}
    if value.items is not None:
        return [_plain(one) for one in value.items]
    return value.text
