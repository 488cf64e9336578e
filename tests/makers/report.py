"""
Make reports by code: a Debian-like image of two layers with everything a report can hold.

All names, versions and flaws are made up, apart from their shape.
"""

import hashlib
from collections.abc import Sequence

from msgspec import structs

from pratique.formats.purl import language_purl, package_url
from pratique.model.advisory import DataStatus, Epss, Exploited, FixState
from pratique.model.digest import Digest, sha256_of
from pratique.model.distro import Distro
from pratique.model.finding import (
    Confidence,
    Evidence,
    Finding,
    FindingKind,
    Fix,
    Part,
    Suppressor,
)
from pratique.model.image import Descriptor, HistoryEntry, Image, ImageConfig, Layer, Platform
from pratique.model.package import LayerRef, Linked, Package, PackageType, Scope
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.severity import Score, Severity
from pratique.model.unknown import Stage, Unknown, Weight
from pratique.model.verdict import Answer
from tests.makers.contraband import contraband, verdict

NOW = "2026-11-21T12:00:00Z"
STATUS = "var/lib/dpkg/status"
STEPS = ("ADD rootfs.tar.xz / # buildkit", "RUN apt-get update && apt-get install -y curl nginx")
DISTRO = Distro(
    id="debian",
    version="12",
    codename="bookworm",
    name="Debian GNU/Linux 12 (bookworm)",
    location="etc/os-release",
)
DATA = DataStatus(
    ecosystem="Debian",
    present=True,
    built="2026-11-20T06:00:00Z",
    newest="2026-11-19T21:14:05Z",
    feeds=("debian-tracker", "osv"),
    advisories=48_000,
)
UNREADABLE = Unknown(
    stage=Stage.EXTRACT,
    unit="rpm",
    location="var/lib/rpm/Packages",
    reason="page size 1048576 is not a power of two up to 65536",
    weight=Weight.BLOCKING,
)
UNCOVERED = Unknown(
    stage=Stage.ADVISORY, unit="database", location="conda", reason="no advisory data for conda"
)


def _layer(index: int) -> Layer:
    blob = Descriptor(
        media_type="application/vnd.oci.image.layer.v1.tar+gzip",
        digest=sha256_of(f"blob {index}".encode()),
        size_bytes=(29_000_000, 41_500_000)[index],
    )
    return Layer(
        index=index,
        blob=blob,
        diff_id=Digest(sha256_of(f"tar {index}".encode())),
        created_by=STEPS[index],
    )


def layer_ref(index: int) -> LayerRef:
    """Return a reference to layer ``index`` of the made image."""
    layer = _layer(index)
    return LayerRef(
        index=index, blob=layer.blob.digest, diff_id=layer.diff_id, created_by=layer.created_by
    )


def deb(name: str, version: str, *, source: str = "", layer: int = 0, **more: object) -> Package:
    """Return one package as a dpkg database would give it."""
    qualifiers = {"arch": "amd64", "distro": "debian-12", "upstream": source}
    fields: dict[str, object] = {
        "type": PackageType.DEB,
        "name": name,
        "version": version,
        "purl": package_url("deb", name, version, "debian", qualifiers),
        "arch": "amd64",
        "source_name": source or name,
        "source_version": version,
        "location": STATUS,
        "layer": layer_ref(layer),
        "origin": "dpkg",
    }
    return Package(**(fields | more))  # type: ignore[arg-type]


PACKAGES = (
    deb("base-files", "12.4+deb12u8", licences=("GPL-2.0-or-later",)),
    deb("curl", "7.88.1-10+deb12u5", layer=1, depends=("libc6", "libcurl4"), licences=("curl",)),
    deb("libc6", "2.36-9+deb12u7", source="glibc", licences=("LGPL-2.1-only", "GPL-2.0-only")),
    deb("libcurl4", "7.88.1-10+deb12u5", source="curl", layer=1, depends=("libc6", "libssl3")),
    deb("libssl3", "3.0.11-1~deb12u2", source="openssl", depends=("libc6",)),
    deb("libstdc++6", "12.2.0-14", source="gcc-12", licences=("GPL-3.0-with-GCC-exception ?",)),
    deb("nginx", "1:1.22.1-9", layer=1, vendor="Debian Nginx Maintainers"),
    deb("openssl", "3.0.11-1~deb12u2", depends=("libc6", "libssl3")),
    deb("perl-base", "5.36.0-7+deb12u1", source="perl", licences=("Artistic-1.0 OR GPL-1.0+",)),
    deb("zlib1g", "1:1.2.13.dfsg-1", source="zlib", licences=("Zlib AND (MIT",)),
)
_BY_NAME = {package.name: package for package in PACKAGES}


def language(kind: PackageType, name: str, version: str, location: str, **more: object) -> Package:
    """Return one package of a language as its extractor would give it."""
    fields: dict[str, object] = {
        "type": kind,
        "name": name,
        "version": version,
        "purl": language_purl(kind, name, version),
        "location": location,
        "layer": layer_ref(1),
        "origin": "made",
    }
    return Package(**(fields | more))  # type: ignore[arg-type]


_SITE = "usr/lib/python3/dist-packages"
_LOCK = "srv/web/package-lock.json"
_JAR = "srv/app.jar"
_OWNER = deb("python3-requests", "2.28.1+dfsg-1", source="requests", layer=1)
LANGUAGES = (
    _OWNER,
    language(PackageType.GENERIC, "nginx", "1.25.3", "usr/sbin/nginx",
             cpes=("cpe:2.3:a:f5:nginx:1.25.3:*:*:*:*:*:*:*", "cpe:2.3:a:nginx:nginx:1.25.3:*:*:*:*:*:*:*")),
    language(PackageType.GOLANG, "golang.org/x/net", "v0.17.0", "usr/bin/tool",
             linked=Linked(packages=("golang.org/x/net/http2",), symbols=b"abcdefgh")),
    language(PackageType.MAVEN, "org.apache.logging.log4j:log4j-core", "2.14.1",
             f"{_JAR}!BOOT-INF/lib/log4j-core-2.14.1.jar"),
    language(PackageType.NPM, "@babel/core", "7.1.0", _LOCK, declared=True,
             scope=Scope.DEVELOPMENT, depends=("semver@5.7.1",)),
    language(PackageType.NPM, "semver", "5.7.1", _LOCK, declared=True, scope=Scope.OPTIONAL),
    language(PackageType.NPM, "semver", "7.3.0", _LOCK, declared=True),
    language(PackageType.NPM, "semver", "7.3.0", "srv/web/node_modules/semver/package.json"),
    language(PackageType.PYPI, "Flask", "2.0.1", f"{_SITE}/Flask-2.0.1.dist-info/METADATA",
             depends=("werkzeug",), licences=("BSD-3-Clause",)),
    language(PackageType.PYPI, "requests", "2.28.1", f"{_SITE}/requests-2.28.1.egg-info/PKG-INFO",
             owner=_OWNER.key, licences=("Apache 2.0",)),
    language(PackageType.PYPI, "Werkzeug", "2.0.1", f"{_SITE}/Werkzeug-2.0.1.dist-info/METADATA"),
)  # fmt: skip
"""Packages of languages in every state: declared, nested, owned, linked, of two versions."""


def _language_findings() -> tuple[Finding, ...]:
    by_name = {(one.name, one.version, one.declared): one for one in LANGUAGES}
    log4j = by_name["org.apache.logging.log4j:log4j-core", "2.14.1", False]
    werkzeug, requests = by_name["Werkzeug", "2.0.1", False], by_name["requests", "2.28.1", False]
    net, semver = by_name["golang.org/x/net", "v0.17.0", False], by_name["semver", "5.7.1", True]
    installed = by_name["semver", "7.3.0", False]
    return (
        finding("CVE-2021-44228", log4j, Severity.CRITICAL, "2.15.0",
                exploited=Exploited(added="2021-12-10", due="2021-12-24")),
        finding("CVE-2023-25577", werkzeug, Severity.HIGH, "2.2.3"),
        finding("CVE-2022-25883", installed, Severity.HIGH, "7.5.2"),
        finding("CVE-2022-25883", semver, Severity.HIGH, "5.7.2"),
        finding("CVE-2023-32681", requests, Severity.MEDIUM, "2.31.0",
                suppressed="Debian: fixed in requests 2.28.1+dfsg-1", suppressed_by=Suppressor.DISTRO),
        finding("CVE-2023-45288", net, Severity.HIGH, "0.23.0",
                suppressed="golang.org/x/net/http2.Framer is not in the program",
                suppressed_by=Suppressor.REACHABILITY),
        finding("CVE-2023-39325", net, Severity.HIGH, "0.17.1",
                suppressed="golang.org/x/net/http2.Server is not in the program",
                suppressed_by=Suppressor.REACHABILITY),
        finding("CVE-2026-2001", werkzeug, Severity.LOW, "",
                suppressed="vex.json: not_affected, component_not_present",
                suppressed_by=Suppressor.VEX, vex_status="not_affected",
                vex_justification="component_not_present"),
    )  # fmt: skip


def finding(rule: str, package: Package, grade: Severity, fix: str = "", **more: object) -> Finding:
    """Return a vulnerability of ``package``, fixed in ``fix`` or not at all."""
    looked_up = package.source_name or package.name
    fields: dict[str, object] = {
        "id": hashlib.sha256(f"{rule} {package.key}".encode()).hexdigest()[:16],
        "kind": FindingKind.VULNERABILITY,
        "rule": rule,
        "names": (rule, f"DEBIAN-{rule}"),
        "title": f"{looked_up}: a flaw that was made up for tests",
        "description": f"An attacker may reach {looked_up} through a <crafted> input.",
        "severity": grade,
        "severity_source": "debian" if grade is not Severity.UNKNOWN else "",
        "package": package.key,
        "package_name": package.name,
        "package_version": package.version,
        "location": package.location,
        "layer": package.layer,
        "fix": Fix(state=FixState.FIXED if fix else FixState.NOT_FIXED, version=fix),
        "evidence": (_evidence(rule, package, fix),),
        "references": (f"https://security-tracker.debian.org/tracker/{rule}", "not a link"),
        "published": "2026-03-01T10:00:00Z",
        "modified": "2026-04-02",
    }
    return Finding(**(fields | more))  # type: ignore[arg-type]


def findings() -> tuple[Finding, ...]:
    """Return the findings of the made image, worst first."""
    score = Score("nvd", "CVSS:3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8)
    old = Score("nvd", "CVSS:2.0", "AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5, Severity.HIGH)
    vendor = Score("debian", "vendor", "not yet assigned")
    ssl, openssl, curl = _BY_NAME["libssl3"], _BY_NAME["openssl"], _BY_NAME["curl"]
    fixed, patched = "3.0.15-1~deb12u1", "7.88.1-10+deb12u8"
    return (
        finding(
            "CVE-2026-1001",
            ssl,
            Severity.CRITICAL,
            fixed,
            scores=(score, old, vendor),
            cwes=("CWE-787", "CWE-125"),
            exploited=Exploited(added="2026-05-01", due="2026-05-22", ransomware=True),
            epss=Epss(probability=0.93417, percentile=0.998, date="2026-11-20"),
        ),
        finding("CVE-2026-1001", openssl, Severity.CRITICAL, fixed, scores=(score,)),
        finding("CVE-2026-1003", curl, Severity.HIGH, patched, confidence=Confidence.MEDIUM),
        finding("CVE-2026-1003", _BY_NAME["libcurl4"], Severity.HIGH, patched),
        finding("CVE-2026-1002", ssl, Severity.HIGH, "3.0.14-1~deb12u1", scores=(old,)),
        finding("CVE-2026-1004", _BY_NAME["perl-base"], Severity.HIGH),
        finding("CVE-2026-1005", _BY_NAME["libc6"], Severity.MEDIUM, "2.36-9+deb12u9"),
        finding("CVE-2026-1006", _BY_NAME["nginx"], Severity.LOW),
        finding("CVE-2026-1007", _BY_NAME["zlib1g"], Severity.NEGLIGIBLE),
        finding("CVE-2026-1008", _BY_NAME["zlib1g"], Severity.UNKNOWN),
        finding(
            "CVE-2026-1009",
            _BY_NAME["libc6"],
            Severity.HIGH,
            suppressed="VEX: not affected, vulnerable code not in execute path",
            suppressed_by=Suppressor.VEX,
        ),
    )


def end_of_life() -> Finding:
    """Return the finding that the distribution is no longer looked after."""
    return Finding(
        id="e0e0e0e0e0e0e0e0",
        kind=FindingKind.END_OF_LIFE,
        rule="end-of-life-distro",
        title=f"{DISTRO.name}: no regular security fixes since 2026-06-10",
        severity=Severity.HIGH,
        location="etc/os-release",
    )


def others() -> tuple[Finding, ...]:
    """Return the findings of every kind that is no published flaw, worst first."""
    return contraband(layer_ref(0), layer_ref(1), _BY_NAME["nginx"])


def in_parts(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with the part of the image that brought each: layer 0 is the base's."""
    parts = {0: Part.BASE, 1: Part.APP}
    return tuple(
        structs.replace(one, part=one.part or parts[one.layer.index if one.layer else 1])
        for one in found
    )


def judged(answer: Answer, **more: object) -> Subject:
    """Return the made image with findings of every kind and a verdict."""
    mixed = sorted((*findings(), *others()), key=lambda one: -one.severity.rank)
    found = in_parts([end_of_life(), *mixed])
    made = verdict(answer, tuple(one for one in found if one.kind is FindingKind.MALWARE), NOW)
    return subject(findings=found, verdict=made, **more)


def image(name: str = "registry.example/shop/web:1.4", platform: Platform | None = None) -> Image:
    """Return the made image; another platform has another digest."""
    platform = platform or Platform()
    layers = tuple(_layer(index) for index in range(len(STEPS)))
    history = (
        HistoryEntry(created_by=STEPS[0]),
        HistoryEntry(created_by='CMD ["bash"]', empty_layer=True),
        HistoryEntry(created_by=STEPS[1]),
        HistoryEntry(created_by='CMD ["nginx"]', empty_layer=True),
    )
    return Image(
        target=name,
        digest=sha256_of(f"manifest {name} {platform}".encode()),
        config_digest=sha256_of(f"config {name} {platform}".encode()),
        config=ImageConfig(
            platform=platform,
            created="2026-11-01T00:00:00Z",
            diff_ids=tuple(layer.diff_id for layer in layers),
            history=history,
            labels={"org.opencontainers.image.source": "https://git.example/shop/web"},
        ),
        layers=layers,
        name=name,
    )


def subject(**more: object) -> Subject:
    """Return the made image as a subject, with its findings."""
    picture = more.get("image", image())
    assert picture is None or isinstance(picture, Image)
    fields: dict[str, object] = {
        "kind": SubjectKind.IMAGE,
        "target": picture.target if picture else "",
        "digest": picture.digest if picture else None,
        "image": picture,
        "distro": DISTRO,
        "packages": PACKAGES,
        "findings": findings(),
    }
    return Subject(**(fields | more))  # type: ignore[arg-type]


def report(*subjects: Subject, **more: object) -> Report:
    """Return a report on ``subjects``, or on the made image."""
    fields: dict[str, object] = {
        "tool_version": "0.1.0",
        "now": NOW,
        "subjects": subjects or (subject(),),
        "data": (DATA,),
    }
    return Report(**(fields | more))  # type: ignore[arg-type]


def every_kind() -> dict[str, Report]:
    """Return one report for every case that a reader of reports should see."""
    arm = subject(image=image(platform=Platform("linux", "arm64", "v8")))
    gaps = (UNREADABLE, UNCOVERED)
    absent = DataStatus(ecosystem="conda", present=False)
    return {
        "typical": report(threshold="high", outcome="fail", reasons=("6 findings of severity high or higher",)),
        "clean": report(subject(findings=()), threshold="high", outcome="pass"),
        "incomplete": report(
            subject(findings=(), unknowns=gaps), data=(DATA, absent), outcome="undecided",
            reasons=("var/lib/rpm/Packages: page size 1048576 is not a power of two up to 65536",),
        ),
        "everything": report(
            subject(findings=(end_of_life(), *findings()), unknowns=(UNREADABLE,)),
            threshold="high", outcome="fail", reasons=("6 findings of severity high or higher",),
        ),
        "contraband": report(judged(Answer.DENY, unknowns=(UNREADABLE,)), outcome="fail"),
        "warned": report(judged(Answer.WARN)),
        "allowed": report(subject(findings=(), verdict=verdict(Answer.ALLOW, now=NOW))),
        "end-of-life": report(subject(findings=(end_of_life(), *findings()), unknowns=gaps)),
        "platforms": report(subject(), arm),
        "languages": report(subject(packages=LANGUAGES, findings=_language_findings())),
        "inventory": report(subject(findings=()), scanned=False, data=()),
        "empty": report(subject(packages=(), findings=(), distro=None), data=()),
        "file": report(
            subject(kind=SubjectKind.SBOM, target="app.cdx.json", digest=image().digest, image=None)
        ),
        "nothing": Report(tool_version="0.1.0", now=NOW, subjects=(), scanned=False),
        "folder": report(
            subject(kind=SubjectKind.DIRECTORY, target="/srv/root", digest=None, image=None)
        ),
    }  # fmt: skip


def large(count: int) -> Report:
    """Return a report with ``count`` findings over a tenth as many packages."""
    grades: Sequence[Severity] = tuple(Severity)
    packages = [
        deb(f"package-{n}", f"1.{n}-1", source=f"source-{n // 3}") for n in range(count // 10)
    ]
    made = (
        finding(
            f"CVE-2026-{10_000 + n}", packages[n % len(packages)], grades[n * 6 // count], "9.9"
        )
        for n in range(count)
    )
    return report(subject(packages=tuple(packages), findings=tuple(made)))


def _evidence(rule: str, package: Package, fix: str) -> Evidence:
    version = package.source_version or package.version
    return Evidence(
        advisory=f"DEBIAN-{rule}",
        feed="debian-tracker",
        publisher="Debian Security Team",
        url=f"https://security-tracker.debian.org/tracker/{rule}",
        ecosystem="Debian:12",
        name=package.source_name or package.name,
        event=f"fixed: {fix}" if fix else "introduced: 0",
        comparison=f"{version} < {fix}" if fix else f"{version} >= 0",
    )
