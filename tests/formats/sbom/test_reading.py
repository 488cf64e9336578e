import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pratique.formats.purl import package_url
from pratique.formats.sbom.reading import SbomContent, read_sbom
from pratique.kit.limits import Limits
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Package, PackageType
from pratique.model.unknown import Weight
from pratique.reports import cyclonedx, spdx
from pratique.reports.interface import Style
from tests.formats.sbom.test_read_tag_value import TAG_VALUE
from tests.makers import report as made

WRITERS = {
    "CycloneDX 1.6": (cyclonedx, ""),
    "CycloneDX 1.7": (cyclonedx, "1.7"),
    "SPDX 2.3": (spdx, ""),
    "SPDX 3.0.1": (spdx, "3.0"),
}
KINDS = made.every_kind()
WORD = st.text(
    alphabet=st.characters(categories=["L", "N"]) | st.sampled_from("+-.~_:"), min_size=1
)
LAYER = "sha256:" + "a1" * 32


def written(packages: tuple[Package, ...], style: str = "CycloneDX 1.6") -> bytes:
    writer, version = WRITERS[style]
    report = made.report(made.subject(packages=packages, findings=()), scanned=False)
    return writer.render(report, Style(sbom_version=version))


def cdx(*components: dict, version: str = "1.6", **more: object) -> bytes:
    document = {"bomFormat": "CycloneDX", "specVersion": version, "components": components}
    return json.dumps(document | more).encode()


def prop(name: str, value: str) -> dict:
    return {"name": name, "value": value}


@pytest.mark.parametrize("style", sorted(WRITERS))
def test_own_packages_come_back_whole(style: str):
    """What this program wrote is read back package by package, source, layer and place included."""
    found = read_sbom(written(made.PACKAGES, style))
    assert found.format == style
    assert found.unknowns == ()
    assert found.distro == made.DISTRO
    for read, source in zip(found.packages, made.PACKAGES, strict=True):
        layer = replace(source.layer, created_by="")
        # Licences come back normalised, in SPDX as one expression.
        assert bool(read.licences) == bool(source.licences)
        assert read == replace(source, layer=layer, licences=read.licences)


@pytest.mark.parametrize("style", sorted(WRITERS))
def test_language_packages_come_back_whole(style: str):
    """So are declared, optional, owned, nested and unpublished ones, with their CPEs."""
    unpublished = made.language(PackageType.CARGO, "own", "0.1.0", "Cargo.lock", unpublished=True)
    packages = (*made.LANGUAGES, unpublished)
    found = read_sbom(written(packages, style))
    assert found.unknowns == ()
    read = {package.key: package for package in found.packages}
    for source in packages:
        layer = replace(source.layer, created_by="")
        one = read.pop(source.key)
        assert {need.partition("@")[0] for need in source.depends} == {
            n.lower() for n in one.depends
        }
        assert one == replace(
            source, layer=layer, licences=one.licences, depends=one.depends, linked=None
        )
    assert not read


@pytest.mark.parametrize("style", sorted(WRITERS))
@given(st.lists(st.tuples(WORD, WORD, st.sampled_from(list(PackageType))), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_round_trip_keeps_type_version_and_purl(style: str, rows: list):
    """Whatever packages are written, the same purls, versions and types come back."""
    packages = tuple(
        made.deb(name, version, type=kind, purl=package_url(kind, name, version, "space" if kind is PackageType.SWIFT else ""), arch="")
        for name, version, kind in rows
    )  # fmt: skip
    found = read_sbom(written(packages, style))
    assert {(p.type, p.version, p.purl) for p in found.packages} == {
        (p.type, p.version, p.purl) for p in packages
    }


def test_several_subjects_are_one_list():
    """An SBOM of two platforms lists each package once; one distribution stays one."""
    found = read_sbom(cyclonedx.render(KINDS["platforms"], Style()))
    assert [package.name for package in found.packages] == [p.name for p in made.PACKAGES]
    assert found.distro == made.DISTRO
    assert found.unknowns == ()


def test_words_of_trivy():
    """Source package, module and layer are found in Trivy's properties, the epoch in the purl."""
    trivy = "aquasecurity:trivy:"
    component = {
        "type": "library",
        "name": "openssl-libs",
        "version": "1:3.0.7-25.el9",
        "purl": "pkg:rpm/redhat/openssl-libs@3.0.7-25.el9?arch=x86_64&distro=redhat-9.3&epoch=1",
        "properties": [
            prop(f"{trivy}SrcName", "openssl"),
            prop(f"{trivy}SrcEpoch", "1"),
            prop(f"{trivy}SrcVersion", "3.0.7"),
            prop(f"{trivy}SrcRelease", "25.el9"),
            prop(f"{trivy}LayerDiffID", LAYER),
        ],
    }
    system = {"type": "operating-system", "name": "redhat", "version": "9.3"}
    root = {
        "component": {
            "type": "container",
            "name": "x",
            "properties": [prop(f"{trivy}DiffID", LAYER)],
        }
    }
    found = read_sbom(cdx(component, system, metadata=root))
    (package,) = found.packages
    assert (package.version, package.arch) == ("1:3.0.7-25.el9", "x86_64")
    assert (package.source_name, package.source_version) == ("openssl", "1:3.0.7-25.el9")
    assert package.layer is not None
    assert (package.layer.index, package.layer.diff_id) == (0, LAYER)
    assert found.distro is not None
    assert (found.distro.id, found.distro.version) == ("rhel", "9.3")


def test_words_of_syft():
    """The source is in the purl's ``upstream``, the layer beside the package database's place."""
    component = {
        "type": "library",
        "name": "libssl3",
        "version": "3.0.11-1",
        "purl": "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&upstream=openssl%403.0.11-1&distro=debian-12",
        "properties": [
            prop("syft:location:0:path", "/usr/share/doc/libssl3/copyright"),
            prop("syft:location:0:layerID", "sha256:" + "0" * 64),
            prop("syft:location:1:path", "/var/lib/dpkg/status"),
            prop("syft:location:1:layerID", LAYER),
        ],
    }
    system = {"type": "operating-system", "name": "debian", "properties": [
        prop("syft:distro:id", "debian"), prop("syft:distro:versionID", "12"),
        prop("syft:distro:versionCodename", "bookworm"),
    ]}  # fmt: skip
    found = read_sbom(cdx(component, system, {"type": "file", "name": "/etc/passwd"}))
    (package,) = found.packages
    assert (package.source_name, package.source_version) == ("openssl", "3.0.11-1")
    assert package.location == "var/lib/dpkg/status"
    assert package.layer is not None
    assert (package.layer.index, package.layer.diff_id) == (-1, LAYER)
    assert found.distro is not None
    assert (found.distro.id, found.distro.version, found.distro.codename) == (
        "debian",
        "12",
        "bookworm",
    )
    assert found.unknowns == ()


def test_rpm_source_is_read_from_its_file_name():
    """``upstream`` of an rpm is the file name of its source package."""
    purl = "pkg:rpm/centos/bind-license@9.9.4-61.el7?epoch=32&upstream=bind-9.9.4-61.el7.src.rpm"
    (package,) = read_sbom(cdx({"type": "library", "name": "bind-license", "purl": purl})).packages
    assert package.version == "32:9.9.4-61.el7"
    assert (package.source_name, package.source_version) == ("bind", "9.9.4-61.el7")
    assert package.source_rpm == "bind-9.9.4-61.el7.src.rpm"


@pytest.mark.parametrize(
    ("purl", "name", "group", "wanted"),
    [
        ("pkg:maven/org.apache.commons/commons-text@1.9", "commons-text", "org.apache.commons", "org.apache.commons:commons-text"),
        ("pkg:npm/%40babel/core@7.0.0", "core", "@babel", "@babel/core"),
        ("pkg:golang/github.com/gorilla/mux@v1.8.0", "github.com/gorilla/mux", "", "github.com/gorilla/mux"),
        ("pkg:pypi/django@5.0", "Django", "", "Django"),
        ("pkg:deb/debian/bash@5", "something else", "", "bash"),
    ],
)  # fmt: skip
def test_names_are_those_of_the_ecosystem(purl: str, name: str, group: str, wanted: str):
    """The package URL decides the name; the document may only correct its case."""
    found = read_sbom(cdx({"type": "library", "name": name, "group": group, "purl": purl}))
    assert found.packages[0].name == wanted


@pytest.mark.parametrize(
    ("qualifier", "distro_id", "version", "codename"),
    [
        ("debian-12.4", "debian", "12.4", ""),
        ("debian-sid", "debian", "", "sid"),
        ("opensuse-leap-15.5", "opensuse-leap", "15.5", ""),
        ("opensuse-tumbleweed", "opensuse-tumbleweed", "", ""),
        ("redhat-9.3", "rhel", "9.3", ""),
        ("3.16.0", "alpine", "3.16.0", ""),
        ("arch", "arch", "", ""),
    ],
)
def test_distribution_from_package_urls(
    qualifier: str, distro_id: str, version: str, codename: str
):
    """Without an operating-system component the packages' own qualifier tells the distribution."""
    purl = f"pkg:apk/alpine/musl@1.2.3-r0?distro={qualifier}"
    distro = read_sbom(cdx({"type": "library", "name": "musl", "purl": purl})).distro
    assert distro is not None
    assert (distro.id, distro.version, distro.codename) == (distro_id, version, codename)


def test_two_distributions_are_a_blocking_unknown():
    """No distribution is chosen in silence: versions of one mean nothing in another."""
    rows = [
        f"pkg:deb/{name}/bash@5?distro={name}-1{n}" for n, name in enumerate(("debian", "ubuntu"))
    ]
    found = read_sbom(cdx(*({"type": "library", "name": "bash", "purl": purl} for purl in rows)))
    (unknown,) = found.unknowns
    assert unknown.weight is Weight.BLOCKING
    assert "debian 10, ubuntu 11" in unknown.reason


def test_what_cannot_be_judged_is_counted():
    """Components without a package URL, of strange types or malformed are said, once per reason."""
    found = read_sbom(
        cdx(
            {"type": "library", "name": "nameless"},
            {"type": "library", "name": "another"},
            {"type": "library", "name": "x", "purl": "pkg:unheard/a/b@1"},
            {"type": "library", "name": "x", "purl": "not a purl"},
            {"type": "library", "name": 5},
            {"type": "application", "name": "app/package-lock.json"},
            {"type": "container", "name": "x", "purl": "pkg:oci/x@sha256:00"},
        )
    )
    reasons = {unknown.location: unknown.reason for unknown in found.unknowns}
    assert reasons["nameless"] == "this and 1 more: each has no package URL"
    assert "'unheard'" in reasons["pkg:unheard/a/b@1"]
    assert reasons["not a purl"] == "the entry has an unreadable package URL"
    assert reasons["component"].startswith("the entry is malformed")
    assert len(reasons) == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "neither"),
        (b"hello", "neither"),
        (b"<bom/>", "XML"),
        (b"{}", "neither"),
        (b"{", "not JSON"),
        (b'{"bomFormat": "CycloneDX", "specVersion": "2.0"}', "2.0"),
        (b'{"bomFormat": "CycloneDX", "specVersion": 5}', "not CycloneDX"),
        (b'{"spdxVersion": "SPDX-2.1"}', "SPDX-2.1"),
        (b'{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}', "graph"),
        (b'{"@context": "https://schema.org", "@graph": []}', "SPDX 3's context"),
        (b'{"artifacts": [], "schema": {}}', "Syft"),
        (b'{"predicateType": "x", "predicate": {}}', "attestation"),
        (b"SPDXVersion: SPDX-2.3\nPackageName: <text>", "never ends"),
        (b"SPDXVersion: SPDX-2.3\n\xff", "UTF-8"),
    ],
)
def test_what_is_no_sbom_is_refused_in_plain_words(content: bytes, words: str):
    """Other formats and versions get a clear error with a hint."""
    with pytest.raises(FormatError, match=words) as caught:
        read_sbom(content)
    assert caught.value.hint()


def test_equal_references_hide_nothing():
    """Two components that bear one reference are both packages."""
    rows = [
        {"type": "library", "name": n, "purl": f"pkg:npm/{n}@1", "bom-ref": "same"} for n in "abc"
    ]
    elements = [
        {"name": n, "SPDXID": "SPDXRef-same",
         "externalRefs": [{"referenceType": "purl", "referenceLocator": f"pkg:npm/{n}@1"}]}
        for n in "abc"
    ]  # fmt: skip
    spdx_content = json.dumps({"spdxVersion": "SPDX-2.3", "packages": elements}).encode()
    for content in (cdx(*rows), spdx_content):
        assert [package.name for package in read_sbom(content).packages] == ["a", "b", "c"]


def test_depth_and_number_are_bounded():
    """Nesting and entries beyond the limits are refused before they cost anything."""
    nested: dict = {"type": "library", "name": "x"}
    for _ in range(40):
        nested = {"type": "library", "name": "x", "components": [nested]}
    with pytest.raises(LimitExceeded):
        read_sbom(cdx(nested))
    many = [{"type": "library", "name": "x"}] * 20
    for content in (cdx(*many), json.dumps({"spdxVersion": "SPDX-2.3", "packages": many}).encode(),
                    b"SPDXVersion: SPDX-2.3\n" + b"PackageName: x\n" * 20):  # fmt: skip
        with pytest.raises(LimitExceeded):
            read_sbom(content, Limits(packages=19))


def check(content: bytes) -> None:
    try:
        found = read_sbom(content)
    except FormatError:
        return
    assert isinstance(found, SbomContent)
    for package in found.packages:
        package.key.encode()
    repr(found).encode()


@given(st.binary(max_size=200))
@example(b'{"bomFormat":0,"specVersion":"1.6","components":[{"name":"\\ud800"}]}')
@example(b'{"bomFormat":0,"specVersion":"1.6","components":[null,[],1]}')
@example(b'{"bomFormat":0,"specVersion":"1.6","metadata":{"component":null}}')
def test_any_bytes_are_read_or_refused(content: bytes):
    """Nothing but FormatError leaves the reader, whatever the bytes."""
    check(content)


SAMPLES = [written(made.PACKAGES[:3], style) for style in sorted(WRITERS)] + [TAG_VALUE.encode()]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_documents_are_read_or_refused(sample: bytes, data: st.DataObject):
    """A document cut short or with bytes replaced gives a result or FormatError."""
    at = data.draw(st.integers(0, len(sample)))
    patch = data.draw(
        st.binary(max_size=4) | st.sampled_from([b"null", b"[]", b"{}", b'""', b"\xff", b"1e999"])
    )
    cut = data.draw(st.integers(0, 8))
    check(sample[:at])
    check(sample[:at] + patch + sample[at + cut :])


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["name", "purl", "type", "components", "properties", "packages", "externalRefs", "bom-ref"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    JSONISH,
    st.sampled_from(
        [
            "components",
            "packages",
            "relationships",
            "dependencies",
            "metadata",
            "hasExtractedLicensingInfos",
        ]
    ),
)
def test_documents_of_the_wrong_shape_are_read_or_refused(value: object, member: str):
    """Members of any JSON type give a result or FormatError."""
    context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
    check(
        json.dumps(
            {"@context": context, "@graph": [{"type": "software_Package", member: value}]}
        ).encode()
    )
    check(json.dumps({"@context": context, "@graph": value}).encode())
    for head in ({"bomFormat": "CycloneDX", "specVersion": "1.6"}, {"spdxVersion": "SPDX-2.3"}):
        check(json.dumps(head | {member: value}).encode())
