"""
Make findings of every kind that is no published flaw, and the verdict on them.

No value of a secret stands here, as none may stand in a finding: only masks.
"""

from msgspec.structs import replace

from pratique.model.advisory import FixState
from pratique.model.digest import sha256_of
from pratique.model.finding import Confidence, Evidence, Finding, FindingKind, Fix, Part
from pratique.model.package import LayerRef, Package
from pratique.model.severity import Severity
from pratique.model.verdict import (
    Answer,
    DataBasis,
    Mode,
    PolicyName,
    Reason,
    Verdict,
    Waiver,
    WaiverState,
)


def contraband(lower: LayerRef, upper: LayerRef, package: Package) -> tuple[Finding, ...]:
    """Return one finding or more of each kind, the worst first."""
    return (
        other(
            FindingKind.MALWARE, "coin-miner", "Program that mines a currency", Severity.CRITICAL,
            location="usr/local/bin/kworkerds", layer=upper, part=Part.APP,
            description="usr/local/bin/kworkerds: speaks stratum, names three pools",
        ),
        other(
            FindingKind.SECRET, "aws-access-key", "AWS access key", Severity.CRITICAL,
            location="srv/web/.env", line=12, masked="AKIA…(20)", fingerprint="5f1d" * 8,
            layer=lower, hidden_by=upper, part=Part.BASE,
        ),
        other(
            FindingKind.TAMPER, "ambiguous-layer", "Readers disagree what a layer holds", Severity.HIGH,
            location="usr/bin/sudo", layer=upper, part=Part.APP,
            description="usr/bin/sudo: two entries of one name",
        ),
        other(
            FindingKind.SECRET, "generic-password", "Password", Severity.MEDIUM,
            location="srv/web/app.jar!config/db.yml", line=3, masked="…(9)", layer=upper,
            part=Part.APP, confidence=Confidence.LOW,
        ),
        other(
            FindingKind.CONFIG, "root-user", "The image runs as root", Severity.HIGH,
            names=("root-user", "CIS-DI-0001"), part=Part.APP,
            description="the config names no user",
        ),
        other(
            FindingKind.CONFIG, "setuid-program", "Program that runs with its owner's rights",
            Severity.LOW, location="usr/local/bin/helper", layer=upper, part=Part.APP,
            description="usr/local/bin/helper: mode 4755, owner 0",
        ),
        other(
            FindingKind.LICENCE, "network-copyleft-licence", "AGPL-3.0-only asks for the source",
            Severity.MEDIUM, package=package.key, package_name=package.name,
            package_version=package.version, location=package.location, layer=package.layer,
            part=Part.APP, description="AGPL-3.0-only",
        ),
    )  # fmt: skip


def other(kind: FindingKind, rule: str, title: str, severity: Severity, **more: object) -> Finding:
    """Return a finding that no advisory speaks of, with an id made of its own place."""
    place = f"{more.get('location', '')}:{more.get('line', 0)}"
    fields: dict[str, object] = {
        "id": sha256_of(f"{kind}\0{rule}\0{place}".encode()).partition(":")[2][:16],
        "names": (rule,),
        "severity_source": "pratique",
        "fix": Fix(state=FixState.UNKNOWN),
        "evidence": (
            Evidence(
                advisory=rule,
                feed="pratique",
                name=str(more.get("location", "")),
                note=str(more.get("description", "")),
            ),
        ),
    }
    return Finding(kind=kind, rule=rule, title=title, severity=severity, **(fields | more))  # type: ignore[arg-type]


_APPLIED = Waiver(
    place=".pratique.yaml:4",
    state=WaiverState.APPLIED,
    about="CVE-2026-1006",
    owner="web team",
    reason="not reachable from outside",
    expires="2027-01-31",
)
_EXPIRED = Waiver(
    place=".pratique.yaml:9",
    state=WaiverState.EXPIRED,
    about="root-user",
    owner="ops",
    reason="moves to an own user with 1.5",
    expires="2026-10-01",
    why="expired 51 days ago",
)
_DATA = DataBasis(
    ecosystem="Debian",
    feeds=("debian-tracker", "osv"),
    built="2026-11-20T06:00:00Z",
    newest="2026-11-19T21:14:05Z",
)
_REASONS = (
    Reason(
        rule="malware",
        answer=Answer.DENY,
        message="1 program known to be malicious: usr/local/bin/kworkerds",
        mode=Mode.DENY,
        severity=Severity.CRITICAL,
        fix="remove it, and find out how it came in",
    ),
    Reason(
        rule="exploited-flaw",
        answer=Answer.DENY,
        message="1 flaw known to be exploited: CVE-2026-1001 in openssl",
        mode=Mode.DENY,
        severity=Severity.CRITICAL,
        data=(_DATA,),
        fix="upgrade openssl to 3.0.15-1~deb12u1",
    ),
    Reason(
        rule="unread-database",
        answer=Answer.UNDECIDED,
        message="1 thing that may hold packages could not be read",
    ),
    Reason(
        rule="root-user",
        answer=Answer.WARN,
        message="the image runs as root",
        mode=Mode.WARN,
        severity=Severity.HIGH,
        waivers=(_EXPIRED,),
    ),
)


def verdict(
    answer: Answer = Answer.DENY, found: tuple[Finding, ...] = (), now: str = ""
) -> Verdict:
    """Return a verdict with a reason of each answer up to ``answer``, and every kind of waiver."""
    malware, *others = _REASONS
    reasons = (replace(malware, findings=tuple(one.id for one in found[:1])), *others)
    return Verdict(
        answer=answer,
        policy=PolicyName(name="baseline", sha256="3b" * 32),
        now=now,
        reasons=tuple(one for one in reasons if one.answer.rank <= answer.rank),
        waivers=(_APPLIED, _EXPIRED),
        data=(_DATA,),
    )
