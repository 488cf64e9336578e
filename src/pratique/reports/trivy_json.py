"""
Render a report as Trivy's JSON, schema version 2, for the many tools that import that.

DefectDojo, GitLab, dashboards and tickets read it as if Trivy had written it: flaws under the
packages of the system and of each language, secrets by file (masked), configuration, licences.
What Trivy has no word for is told as a failed check, so that no importer drops it: malware, signs
of tampering and each blocking gap (``incomplete-scan``). Flaws that do not count are
``ExperimentalModifiedFindings``. Of several subjects the results stand in one document, under the
first one's name. The image's environment, command and history are left out.
"""

from collections.abc import Iterable, Sequence

from msgspec import UNSET, UnsetType

from pratique.formats import trivy_report as trivy
from pratique.formats.image.reference import DOCKER_HUB, parse_reference
from pratique.formats.text import printable
from pratique.model.errors import TargetError
from pratique.model.finding import Confidence, Finding, FindingKind, Suppressor
from pratique.model.image import Image
from pratique.model.package import OS_TYPES, Package
from pratique.model.report import Report, Subject, SubjectKind
from pratique.model.unknown import Weight
from pratique.reports._encoding import json_bytes
from pratique.reports._flaws import links, moment
from pratique.reports._places import place
from pratique.reports._sentences import data_gaps
from pratique.reports._steps import step
from pratique.reports._summary import of_kinds
from pratique.reports._trivy_flaws import layer, severity, vulnerability
from pratique.reports._trivy_types import TARGETS, family, language_type, licence_category
from pratique.reports.interface import Style

NAME = "trivy-json"
MEDIA_TYPE = "application/json"
SUFFIX = ".trivy.json"

_ARTIFACTS = {
    SubjectKind.IMAGE: "container_image",
    SubjectKind.DIRECTORY: "filesystem",
    SubjectKind.SBOM: "cyclonedx",
    SubjectKind.FILE: "filesystem",
}
_CHECK_TYPES = {
    FindingKind.CONFIG: "Image Configuration Check",
    FindingKind.MALWARE: "Malware",
    FindingKind.TAMPER: "Tampering",
    FindingKind.CODE: "Code Check",
    FindingKind.SERVICE: "Service Check",
}
_CONFIDENCES = {Confidence.HIGH: 1.0, Confidence.MEDIUM: 0.8, Confidence.LOW: 0.5}
_STATUSES = {"not_affected", "affected", "fixed", "under_investigation"}


def render(report: Report, style: Style) -> bytes:
    """Return the report as indented JSON."""
    first = report.subjects[0] if report.subjects else None
    return json_bytes(
        trivy.Report(
            schema_version=trivy.SCHEMA_VERSION,
            created_at=report.now,
            artifact_name=first.target if first else "",
            artifact_type=_ARTIFACTS[first.kind] if first else "filesystem",
            metadata=_metadata(first) if first else trivy.Metadata(),
            results=tuple(one for subject in report.subjects for one in _results(subject, report)),
        )
    )


def _metadata(subject: Subject) -> trivy.Metadata:
    distro, image = subject.distro, subject.image
    ended = any(one.kind is FindingKind.END_OF_LIFE for one in subject.findings)
    system: trivy.OperatingSystem | UnsetType = UNSET
    if distro and distro.id:
        system = trivy.OperatingSystem(family(distro), distro.version, ended or UNSET)
    if image is None:
        return trivy.Metadata(os=system)
    tag, digest = _repository_names(image)
    sizes = [one.blob.size_bytes for one in image.layers]
    return trivy.Metadata(
        size=sum(size for size in sizes if size > 0) or UNSET,
        os=system,
        image_id=image.config_digest,
        diff_ids=tuple(one.diff_id for one in image.layers) or UNSET,
        repo_tags=(tag,) if tag else UNSET,
        repo_digests=(digest,) if digest else UNSET,
        image_config=trivy.ImageConfig(
            architecture=image.config.platform.architecture,
            os=image.config.platform.os,
            rootfs=trivy.RootFs(tuple(image.config.diff_ids)),
            created=moment(image.config.created) or UNSET,
            config={},
        ),
        layers=tuple(
            trivy.Layer(
                size=one.blob.size_bytes if one.blob.size_bytes > 0 else UNSET,
                digest=one.blob.digest,
                diff_id=one.diff_id,
                created_by=one.created_by or UNSET,
            )
            for one in image.layers
        )
        or UNSET,
    )


def _repository_names(image: Image) -> tuple[str, str]:
    """Return ``repository:tag`` and ``repository@digest``, each empty where there is none."""
    try:
        reference = parse_reference(image.name)
    except TargetError:
        return "", ""
    by_digest = image.digest != image.config_digest  # else only its config is known
    host = "" if reference.host == DOCKER_HUB else f"{reference.host}/"
    repository = (host + reference.repository).removeprefix("library/")
    tag = f"{repository}:{reference.tag}" if reference.tag else ""
    return tag, f"{repository}@{image.digest}" if by_digest else ""


def _results(subject: Subject, report: Report) -> list[trivy.Result]:
    packages = {package.key: package for package in subject.packages}
    flaws = [one for one in subject.findings if _is_flaw(one)]
    others = [one for one in subject.findings if not one.suppressed]
    return [
        *_of_packages(subject, flaws, packages),
        *_of_settings(subject, others, _gaps(subject, report)),
        *_of_secrets(subject, others),
        *_of_licences(others, packages),
    ]


def _is_flaw(finding: Finding) -> bool:
    kinds = (FindingKind.VULNERABILITY, FindingKind.MALWARE)
    return finding.kind in kinds and bool(finding.package and finding.rule)


def _of_packages(
    subject: Subject, flaws: Iterable[Finding], packages: dict[str, Package]
) -> list[trivy.Result]:
    """Return a result for the system, also where it has no flaw, and one for each language."""
    groups: dict[tuple[str, str, str], list[tuple[Finding, Package | None]]] = {}
    system = _system(subject)
    if system:
        groups[system] = []
    for finding in flaws:
        package = packages.get(finding.package)
        groups.setdefault(_target(subject, package), []).append((finding, package))
    return [_packages_result(key, members) for key, members in groups.items()]


def _packages_result(
    key: tuple[str, str, str], members: Sequence[tuple[Finding, Package | None]]
) -> trivy.Result:
    target, class_, kind = key
    shared = target in TARGETS.values()
    made = [
        (one, vulnerability(one, package, one.location if shared else ""))
        for one, package in members
    ]
    away = tuple(_modified(one, found) for one, found in made if one.suppressed)
    return trivy.Result(
        target=target,
        class_=class_,
        type=kind,
        vulnerabilities=tuple(found for one, found in made if not one.suppressed) or UNSET,
        modified=away or UNSET,
    )


def _system(subject: Subject) -> tuple[str, str, str] | None:
    distro = subject.distro
    if not distro or not distro.id:
        return None
    name = f"{subject.target} ({family(distro)} {distro.version})"
    return printable(name), "os-pkgs", family(distro)


def _target(subject: Subject, package: Package | None) -> tuple[str, str, str]:
    if package is None or package.type in OS_TYPES:
        fallback = (printable(subject.target), "os-pkgs", package.type.value if package else "")
        return _system(subject) or fallback
    kind = language_type(package)
    return TARGETS.get(kind) or _path(package.location) or kind, "lang-pkgs", kind


def _modified(finding: Finding, found: trivy.Vulnerability) -> trivy.Modified:
    by_vex = finding.suppressed_by is Suppressor.VEX and finding.vex_status in _STATUSES
    return trivy.Modified(
        type="vulnerability",
        status=finding.vex_status if by_vex else "ignored",
        statement=printable(finding.suppressed),
        source=finding.suppressed_by.value,
        finding=found,
    )


def _gaps(subject: Subject, report: Report) -> list[str]:
    """Return what an importer must not take for clean."""
    unread = [one for one in subject.unknowns if one.weight is Weight.BLOCKING]
    lines = [f"{one.location}: {one.reason}" for one in unread] + data_gaps(subject, report)
    return lines if report.scanned else [*lines, "the packages were not checked for flaws"]


def _of_settings(
    subject: Subject, findings: Sequence[Finding], gaps: Iterable[str]
) -> list[trivy.Result]:
    """Return the failed checks by file; those of the whole image under its name."""
    groups: dict[str, list[trivy.Misconfiguration]] = {}
    for finding in of_kinds(findings, *_CHECK_TYPES):
        if not finding.package:
            target = _path(finding.location) or printable(subject.target)
            groups.setdefault(target, []).append(_check(finding))
    for line in gaps:
        groups.setdefault(printable(subject.target), []).append(_gap(line))
    return [
        trivy.Result(
            target=target,
            class_="config",
            type="dockerfile",
            misconf_summary=trivy.MisconfSummary(0, len(found)),
            misconfigurations=tuple(found),
        )
        for target, found in groups.items()
    ]


def _check(finding: Finding) -> trivy.Misconfiguration:
    urls = links([*(one.url for one in finding.evidence), *finding.references])
    line = finding.line or UNSET
    return trivy.Misconfiguration(
        type=_CHECK_TYPES[finding.kind],
        id=finding.rule,
        title=printable(finding.title or finding.rule),
        description=printable(finding.description or finding.title),
        message=printable(finding.description or finding.title or finding.rule),
        resolution=step(finding),
        severity=severity(finding.severity),
        status="FAIL",
        primary_url=urls[0] if urls else UNSET,
        references=urls or UNSET,
        layer=layer(finding.layer),
        cause_metadata=trivy.Cause(
            provider="Dockerfile", service="general", start_line=line, end_line=line
        ),
    )


def _gap(line: str) -> trivy.Misconfiguration:
    return trivy.Misconfiguration(
        type="Coverage",
        id="incomplete-scan",
        title="Not everything was looked at",
        description="Something could not be read, so there may be more than is reported.",
        message=printable(line),
        severity="UNKNOWN",
        status="FAIL",
        resolution="see the unknowns of another format of this report",
    )


def _of_secrets(subject: Subject, findings: Sequence[Finding]) -> list[trivy.Result]:
    groups: dict[str, list[trivy.Secret]] = {}
    for finding in of_kinds(findings, FindingKind.SECRET):
        target = _path(finding.location) or printable(subject.target)
        groups.setdefault(target, []).append(_secret(finding))
    return [
        trivy.Result(target=target, class_="secret", secrets=tuple(found))
        for target, found in groups.items()
    ]


def _secret(finding: Finding) -> trivy.Secret:
    shown = printable(finding.masked) or "(masked)"
    lines = (trivy.Line(finding.line, shown),) if finding.line else None
    return trivy.Secret(
        rule_id=finding.rule,
        category=printable(finding.rule.partition("-")[0]) or "general",
        severity=severity(finding.severity),
        title=printable(finding.title or finding.rule),
        start_line=finding.line,
        end_line=finding.line,
        code=trivy.Code(lines),
        match=shown,
        layer=layer(finding.layer),
    )


def _of_licences(findings: Sequence[Finding], packages: dict[str, Package]) -> list[trivy.Result]:
    groups: dict[tuple[str, str], list[trivy.License]] = {}
    for finding in of_kinds(findings, FindingKind.LICENCE):
        package = packages.get(finding.package)
        key = ("Loose File License(s)", "license-file")
        if package is not None:
            kind = language_type(package)
            of_system = package.type in OS_TYPES
            key = ("OS Packages" if of_system else TARGETS.get(kind, kind), "license")
        groups.setdefault(key, []).append(_licence(finding))
    return [
        trivy.Result(target=target, class_=class_, licenses=tuple(found))
        for (target, class_), found in groups.items()
    ]


def _licence(finding: Finding) -> trivy.License:
    urls = links(finding.references)
    return trivy.License(
        severity=severity(finding.severity),
        category=licence_category(finding.rule),
        pkg_name=finding.package_name,
        file_path="" if finding.package else place(finding),
        name=printable(finding.title or finding.rule),
        text="",
        confidence=_CONFIDENCES[finding.confidence],
        link=urls[0] if urls else "",
    )


def _path(location: str) -> str:
    """Return a path as Trivy writes it for an image."""
    return printable(f"/{location.lstrip('/')}") if location else ""
