"""Make findings, subjects and circumstances for tests of decisions."""

from datetime import UTC, datetime

from msgspec.structs import replace

from pratique.model.advisory import DataStatus, FixState
from pratique.model.digest import sha256_of
from pratique.model.finding import Finding, FindingKind, Fix
from pratique.model.image import Descriptor, Image, ImageConfig, Layer
from pratique.model.package import Package, PackageType, Purl
from pratique.model.report import Subject, SubjectKind
from pratique.model.severity import Severity
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.model.verdict import Verdict
from pratique.policy.judging import SCANNERS, Circumstances, Known, judge
from pratique.policy.policy import Policy, policy_of
from pratique.policy.profiles import profile

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FRESH = DataStatus(
    ecosystem="Debian",
    present=True,
    built="2026-11-22T00:00:00Z",
    newest="2026-11-21T00:00:00Z",
    feeds=("osv",),
    advisories=15_000,
)
OPENSSL = Package(
    type=PackageType.DEB,
    name="openssl",
    version="3.0.11-1",
    purl=Purl("pkg:deb/debian/openssl@3.0.11-1"),
)
BLOCKING = Unknown(
    stage=Stage.LAYER, unit="layer", location="sha256:1", reason="cut", weight=Weight.BLOCKING
)
FIXED = Fix(state=FixState.FIXED, version="3.0.12-1")


def flaw(severity: Severity = Severity.CRITICAL, **more: object) -> Finding:
    """Return a flaw of openssl that has had a fix for long."""
    fields: dict[str, object] = {
        "id": "f1",
        "kind": FindingKind.VULNERABILITY,
        "rule": "CVE-2026-0001",
        "severity": severity,
        "package": OPENSSL.key,
        "package_name": "openssl",
        "package_version": "3.0.11-1",
        "published": "2026-01-01",
        "fix": FIXED,
    }
    return Finding(**{**fields, **more})  # type: ignore[arg-type]


def of_kind(kind: FindingKind, **more: object) -> Finding:
    """Return a finding in a file."""
    fields: dict[str, object] = {
        "id": f"f-{kind}",
        "kind": kind,
        "rule": f"some-{kind}",
        "severity": Severity.HIGH,
        "location": "srv/app/x",
    }
    return Finding(**{**fields, **more})  # type: ignore[arg-type]


def image(user: str = "1000", **config: object) -> Image:
    """Return an image of one layer."""
    digest = sha256_of(b"image")
    blob = Descriptor(media_type="x", digest=digest, size_bytes=10)
    return Image(
        target="app:1",
        name="registry.example/team/app:1",
        digest=digest,
        config_digest=digest,
        config=ImageConfig(user=user, **config),  # type: ignore[arg-type]
        layers=(Layer(index=0, blob=blob, diff_id=digest),),
    )


def subject(*findings: Finding, unknowns: tuple[Unknown, ...] = (), **more: object) -> Subject:
    """Return an image that holds openssl and the findings."""
    fields: dict[str, object] = {
        "kind": SubjectKind.IMAGE,
        "target": "app:1",
        "digest": sha256_of(b"image"),
        "image": image(),
        "packages": (OPENSSL,),
        "findings": findings,
        "unknowns": unknowns,
    }
    return Subject(**{**fields, **more})  # type: ignore[arg-type]


def judged(
    one: Subject,
    policy: Policy | str = "baseline",
    *,
    data: tuple[DataStatus, ...] = (FRESH,),
    known: Known = Known(),  # noqa: B008
    scanners: frozenset[str] = frozenset(SCANNERS),
) -> Subject:
    """Return the subject as a policy judges it."""
    chosen = policy_of(profile(policy)) if isinstance(policy, str) else policy
    around = Circumstances(data=data, now=NOW, scanners=scanners, known=known)
    return judge(one, chosen, around)


def verdict(one: Subject, policy: Policy | str = "baseline", **more: object) -> Verdict:
    """Return the verdict on a subject."""
    found = judged(one, policy, **more).verdict  # type: ignore[arg-type]
    assert found is not None
    return found


def aged(days: int) -> DataStatus:
    """Return data that were fetched so long ago."""
    from datetime import timedelta

    return replace(FRESH, built=(NOW - timedelta(days=days)).isoformat())
