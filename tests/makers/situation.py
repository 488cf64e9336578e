"""Make situations for remedies: packages, findings, a Dockerfile, and a judge that knows all fixes."""

from collections.abc import Iterable, Sequence

from pratique.formats.dockerfile.parsing import parse
from pratique.formats.dockerfile.stages import chain_of, stages_of
from pratique.formats.purl import package_url
from pratique.formats.versions.order import key_for
from pratique.model.advisory import FixState
from pratique.model.digest import Digest, sha256_of
from pratique.model.distro import Distro
from pratique.model.finding import Evidence, Finding, FindingKind, Fix
from pratique.model.image import Descriptor, HistoryEntry, Image, ImageConfig, Layer
from pratique.model.package import LayerRef, Package, PackageType
from pratique.model.report import Subject, SubjectKind
from pratique.model.severity import Severity
from pratique.remedies._origins import origins_of
from pratique.remedies.interface import Situation

ECOSYSTEMS = {
    PackageType.DEB: "Debian:12",
    PackageType.APK: "Alpine:v3.18",
    PackageType.PYPI: "PyPI",
    PackageType.NPM: "npm",
    PackageType.GOLANG: "Go",
    PackageType.GEM: "RubyGems",
    PackageType.MAVEN: "Maven",
    PackageType.CARGO: "crates.io",
}
DEBIAN = Distro(id="debian", version="12", name="Debian 12", location="etc/os-release")
Flaw = tuple[str, str, str]
"""(flaw, package name, version that fixes it or nothing)"""


def package(
    kind: PackageType, name: str, version: str, *, layer: int = 0, **more: object
) -> Package:
    """Return an installed package."""
    fields = {"location": f"somewhere/{name}", **more}
    return Package(
        type=kind,
        name=name,
        version=version,
        purl=package_url(kind.value, name.replace(":", "/"), version),
        layer=layer_ref(layer),
        **fields,  # type: ignore[arg-type]
    )


def layer_ref(index: int) -> LayerRef:
    """Return the layer of a number."""
    digest = sha256_of(str(index).encode())
    return LayerRef(index=index, blob=digest, diff_id=digest)


def findings_on(
    packages: Iterable[Package], flaws: Sequence[Flaw], severity: Severity = Severity.HIGH
) -> tuple[Finding, ...]:
    """Return the findings that these flaws are for packages, as a matcher would."""
    return tuple(
        Finding(
            id=f"{rule}@{one.key}",
            kind=FindingKind.VULNERABILITY,
            rule=rule,
            severity=severity,
            package=one.key,
            package_name=one.name,
            package_version=one.version,
            location=one.location,
            layer=one.layer,
            fix=Fix(state=FixState.FIXED if fix else FixState.NOT_FIXED, version=fix),
            evidence=(Evidence(advisory=rule, feed="made", ecosystem=ECOSYSTEMS[one.type]),),
        )
        for one in packages
        for rule, name, fix in flaws
        if name == one.name and not _is_fixed(one, fix)
    )


def image_of(
    created_by: Sequence[str], *, user: str = "", base: Sequence[str] = ("ADD rootfs / # buildkit",)
) -> Image:
    """Return an image whose history has these steps on top of its base, one layer each."""
    steps = [*base, *created_by]
    digests = [sha256_of(step.encode()) for step in steps]
    history = tuple(HistoryEntry(created_by=step) for step in steps)
    return Image(
        target="made",
        digest=sha256_of(b"image"),
        config_digest=sha256_of(b"config"),
        config=ImageConfig(user=user, diff_ids=tuple(digests), history=history),
        layers=tuple(
            Layer(
                index=index,
                blob=Descriptor(media_type="", digest=digest, size_bytes=1),
                diff_id=Digest(digest),
            )
            for index, digest in enumerate(digests)
        ),
    )


def situation(
    packages: Sequence[Package] = (),
    flaws: Sequence[Flaw] = (),
    dockerfile: str = "",
    *,
    image: Image | None = None,
    more: Sequence[Finding] = (),
    **fields: object,
) -> Situation:
    """Return a situation whose judge knows the flaws."""
    subject = Subject(
        kind=SubjectKind.IMAGE,
        target="made",
        image=image,
        distro=DEBIAN,
        packages=tuple(packages),
        findings=(*findings_on(packages, flaws), *more),
    )
    file = parse(dockerfile.encode()) if dockerfile else None
    stages = stages_of(file) if file else ()
    chain = chain_of(stages, stages[-1]) if stages else ()
    origins = origins_of(image, chain)
    known: dict[str, object] = {
        "subject": subject,
        "findings": subject.findings,
        "judge": lambda judged: findings_on(judged, flaws),
        "dockerfile": file,
        "chain": chain,
        "origins": origins.made,
        "base_layers": origins.base_layers,
    }
    return Situation(**{**known, **fields})  # type: ignore[arg-type]


def _is_fixed(one: Package, fix: str) -> bool:
    key = key_for(ECOSYSTEMS[one.type])
    return bool(fix) and key(one.source_version or one.version) >= key(fix)
