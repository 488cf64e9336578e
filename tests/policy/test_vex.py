"""Apply VEX statements to findings."""

import pytest

from pratique.model.digest import Digest
from pratique.model.finding import Finding, FindingKind, Suppressor
from pratique.model.image import Image, ImageConfig
from pratique.model.package import Package, PackageType
from pratique.model.report import Subject, SubjectKind
from pratique.model.vex import VexProduct, VexStatement, VexStatus
from pratique.policy.vex import Vexed, apply_vex
from tests.makers.lookup import package

FLAW = "CVE-2024-0001"
DIGEST = Digest("sha256:" + "a" * 64)
OS = package(
    PackageType.DEB,
    "python3-django",
    "3.2.19-1",
    purl="pkg:deb/debian/python3-django@3.2.19-1?arch=all&distro=debian-12",
    source_name="python-django",
)
DJANGO = package(
    PackageType.PYPI, "Django", "3.2.19", purl="pkg:pypi/django@3.2.19", owner=OS.key, location="m"
)
MAIN = package(
    PackageType.GOLANG, "a.b/tool", "v1.0.0", purl="pkg:golang/a.b/tool@v1.0.0", location="bin/t"
)
PART = package(
    PackageType.GOLANG, "a.b/lib", "v0.1.0", purl="pkg:golang/a.b/lib@v0.1.0", location="bin/t"
)
OTHER = package(
    PackageType.GOLANG, "a.b/lib", "v0.1.0", purl="pkg:golang/a.b/lib@v0.1.0", location="bin/u"
)


def subject(name: str = "registry.example/team/app:1.0", **more: object) -> Subject:
    """Return an image with these packages."""
    image = Image(
        target="t",
        digest=DIGEST,
        config_digest=Digest("sha256:" + "c" * 64),
        config=ImageConfig(),
        layers=(),
        name=name,
    )
    given = {"packages": (OS, DJANGO, MAIN, PART, OTHER), "image": image, "digest": DIGEST, **more}
    return Subject(kind=SubjectKind.IMAGE, target="t", **given)  # type: ignore[arg-type]


def flaw(on: Package = DJANGO, **more: object) -> Finding:
    """Return a finding on a package."""
    given = {"kind": FindingKind.VULNERABILITY, "rule": FLAW, "names": (FLAW, "GHSA-x"), **more}
    return Finding(id="1", package=on.key, **given)  # type: ignore[arg-type]


def said(*products: VexProduct, **more: object) -> VexStatement:
    """Return a statement: not affected, unless told otherwise."""
    given = {"names": (FLAW,), "status": VexStatus.NOT_AFFECTED, "place": "v.json", **more}
    return VexStatement(products=products, **given)  # type: ignore[arg-type]


def heard(*statements: VexStatement, finding: Finding | None = None, **more: object) -> Finding:
    """Return the finding after the statements."""
    (found,) = apply(finding or flaw(), *statements, **more).findings
    return found


def apply(finding: Finding, *statements: VexStatement, **more: object) -> Vexed:
    """Apply statements to one finding."""
    return apply_vex([finding], subject(**more), statements)  # type: ignore[arg-type]


def purl(text: str, *parts: str) -> VexProduct:
    """Return a product by package URL."""
    return VexProduct(purls=(text,), parts=parts)


@pytest.mark.parametrize(
    ("product", "about"),
    [
        (purl("pkg:pypi/django"), True),
        (purl("pkg:pypi/django@3.2.19"), True),
        (purl("pkg:pypi/django@3.2.20"), False),
        (purl("pkg:deb/debian/python3-django"), True),
        (purl("pkg:deb/debian/python-django?arch=source"), True),
        (purl("pkg:deb/debian/python-django@9?arch=source"), False),
        (purl("pkg:deb/debian/python3-django?arch=amd64"), False),
        (purl(f"pkg:oci/app@{DIGEST}"), True),
        (purl("pkg:oci/app@sha256%3A" + "a" * 64), True),
        (purl("pkg:oci/app@sha256:" + "b" * 64), False),
        (purl("pkg:oci/app"), True),
        (purl("pkg:oci/other"), False),
        (purl("pkg:oci/app?repository_url=registry.example/team/app"), True),
        (purl("pkg:oci/app?repository_url=registry.example/team"), True),
        (purl("pkg:oci/app?repository_url=elsewhere.example/app"), False),
        (purl("pkg:oci/app?tag=1.0"), True),
        (purl("pkg:oci/app?tag=2.0"), False),
        (VexProduct(digests=(str(DIGEST),)), True),
        (VexProduct(digests=("sha256:" + "b" * 64,)), False),
        (purl(f"pkg:oci/app@{DIGEST}", "pkg:pypi/django"), True),
        (purl(f"pkg:oci/app@{DIGEST}", "pkg:pypi/flask"), False),
        (purl("pkg:deb/debian/python3-django", "pkg:pypi/django"), True),
        (VexProduct(whole=True), False),
        (VexProduct(), False),
        (purl("no package url"), False),
    ],
)
def test_a_statement_is_about_its_products(product: VexProduct, about: bool) -> None:
    """The package, the OS package it is part of, the image; or a part of one of them."""
    assert bool(heard(said(product)).suppressed) is about


def test_a_part_lies_in_the_file_of_its_product() -> None:
    """A library in the tool's program, not the same library elsewhere."""
    product = purl("pkg:golang/a.b/tool", "pkg:golang/a.b/lib")
    assert heard(said(product), finding=flaw(PART)).suppressed
    assert not heard(said(product), finding=flaw(OTHER)).suppressed
    # Without parts it speaks of the tool itself.
    assert not heard(said(purl("pkg:golang/a.b/tool")), finding=flaw(PART)).suppressed


def test_an_image_without_a_name_is_known_by_digest_only() -> None:
    """A name is not guessed."""
    assert not heard(said(purl("pkg:oci/app")), name="").suppressed
    assert heard(said(purl(f"pkg:oci/app@{DIGEST}")), name="").suppressed


def test_statements_of_an_sbom_speak_of_it_as_a_whole() -> None:
    """Of the document they stand in, and of no other."""
    own = said(VexProduct(whole=True))
    (found,) = apply_vex([flaw()], subject(vex=(own,)), []).findings
    assert found.suppressed
    assert not heard(own).suppressed


@pytest.mark.parametrize(
    ("status", "suppresses"),
    [
        (VexStatus.NOT_AFFECTED, True),
        (VexStatus.FIXED, True),
        (VexStatus.AFFECTED, False),
        (VexStatus.UNDER_INVESTIGATION, False),
    ],
)
def test_every_status_is_shown_and_two_suppress(status: VexStatus, suppresses: bool) -> None:
    """Reason and evidence name status, justification, author and document."""
    found = heard(
        said(
            purl("pkg:pypi/django"),
            status=status,
            justification="why",
            detail="Words.",
            author="A",
            document="D",
        )
    )
    assert (found.vex_status, found.vex_justification) == (str(status), "why")
    assert found.evidence[-1].note == f"{status}: why: Words."
    assert (found.evidence[-1].publisher, found.evidence[-1].advisory) == ("A", "D")
    expected = f"VEX {status}: why: Words. (A; D, v.json)" if suppresses else ""
    assert found.suppressed == expected
    assert found.suppressed_by is (Suppressor.VEX if suppresses else Suppressor.NOBODY)


def test_the_newest_statement_decides() -> None:
    """By time, then by version; of equals the one that suppresses least."""

    def one(status: VexStatus, time: str, version: str = "1") -> VexStatement:
        return said(purl("pkg:pypi/django"), status=status, timestamp=time, version=version)

    no, yes = VexStatus.NOT_AFFECTED, VexStatus.AFFECTED
    old, new = "2024-01-01T00:00:00Z", "2024-01-01T00:00:00-01:00"
    for statements, expected in (
        ((one(no, old), one(yes, new)), yes),
        ((one(no, new), one(yes, old)), no),
        ((one(no, ""), one(yes, old)), yes),
        ((one(no, old, "10"), one(yes, old, "9")), no),
        ((one(no, old), one(yes, old)), yes),
    ):
        assert heard(*statements).vex_status == heard(*statements[::-1]).vex_status == expected


def test_another_flaw_is_not_meant() -> None:
    """Names must meet; aliases do."""
    assert not heard(said(purl("pkg:pypi/django"), names=("CVE-2",))).suppressed
    assert heard(said(purl("pkg:pypi/django"), names=("CVE-9", "GHSA-x"))).suppressed


@pytest.mark.parametrize("kind", [FindingKind.MALWARE, FindingKind.TAMPER])
def test_malware_and_tampering_must_be_named(kind: FindingKind) -> None:
    """An alias is not enough, and neither is a word on the whole image."""
    image = purl(f"pkg:oci/app@{DIGEST}")
    evil = flaw(kind=kind, rule="MAL-1", names=("MAL-1", FLAW))
    assert not heard(said(image), finding=evil).suppressed
    assert heard(said(image, names=("MAL-1",)), finding=evil).suppressed


def test_what_is_suppressed_keeps_its_reason() -> None:
    """And learns the status."""
    found = heard(said(purl("pkg:pypi/django")), finding=flaw(suppressed="before"))
    assert (found.suppressed, found.vex_status) == ("before", "not_affected")


def test_what_met_something_is_told() -> None:
    """The rest is unused."""
    one, two = said(purl("pkg:pypi/django")), said(purl("pkg:pypi/flask"))
    assert apply(flaw(), one, two).used == {one}
