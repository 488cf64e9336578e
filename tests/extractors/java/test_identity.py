"""Tell which package an archive is, and which it holds copies of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.java._identity import Coordinates, identify, in_repository, symbolic_name

OWN = Coordinates("org.own", "own", "1.0")
OTHER = Coordinates("com.other", "other", "2.0")
TWIN = Coordinates("com.twin", "own", "1.0")


def _own(stem: str, manifest: dict[str, str], *poms: Coordinates) -> str:
    found = identify(stem, manifest, poms).own
    return f"{found.name} {found.version}" if found else ""


@pytest.mark.parametrize("stem", ["own-1.0", "own", "own-1.0-linux-x86_64", "own-1.0-custom"])
def test_the_file_name_chooses_among_several(stem: str) -> None:
    """With or without version or classifier."""
    assert identify(stem, {}, [OTHER, OWN]).own == OWN
    assert identify(stem, {}, [OTHER, OWN]).shaded == (OTHER,)


def test_the_manifest_chooses_where_the_name_does_not() -> None:
    """A file that was renamed."""
    for manifest in (
        {"implementation-title": "own"},
        {"extension-name": "own"},
        {"bundle-symbolicname": "own;singleton:=true"},
        {"bundle-symbolicname": "org.own"},
    ):
        assert identify("app", manifest, [OTHER, OWN]).own == OWN


def test_one_alone_is_the_archive_unless_its_version_is_another() -> None:
    """A library that shaded a single other one keeps its own name."""
    assert _own("app", {}, OWN) == "org.own:own 1.0"
    assert _own("app-1.0", {}, OWN) == "org.own:own 1.0"
    assert identify("app-3.0", {}, [OWN]).shaded == (OWN,)
    assert _own("app-3.0", {}, OWN) == "app 3.0"


def test_twins_are_told_apart_by_the_manifest() -> None:
    """Two projects of one name and version; one of them is a copy."""
    assert identify("own-1.0", {"bundle-symbolicname": "com.twin.own"}, [OWN, TWIN]).own == TWIN


@pytest.mark.parametrize(
    ("stem", "manifest", "expected"),
    [
        ("jackson-core-2.9.1", {"bundle-symbolicname": "com.fasterxml.jackson.core.jackson-core"}, "com.fasterxml.jackson.core:jackson-core 2.9.1"),
        ("x-core-1", {"bundle-symbolicname": "org.y.x.core"}, "org.y.x:x-core 1"),
        ("x-1", {"bundle-symbolicname": "org.y.z.x"}, "org.y.z:x 1"),
        ("pdfbox-2.0.1", {"bundle-symbolicname": "org.apache.pdfbox"}, "org.apache.pdfbox:pdfbox 2.0.1"),
        ("ecl-core-1", {"bundle-symbolicname": "org.eclipse.ecl.core"}, "org.eclipse.ecl:ecl-core 1"),
        ("x-1", {"automatic-module-name": "org.y.z.x"}, "org.y.z:x 1"),
        ("x-core-1", {"automatic-module-name": "org.y.x.core"}, "x-core 1"),
        ("x-1", {"implementation-vendor-id": "org.vendor"}, "org.vendor:x 1"),
        ("x-1", {"implementation-vendor-id": "org.apache"}, "x 1"),
        ("x-1", {"implementation-vendor-id": "org.vendor", "implementation-version": "1"}, "org.vendor:x 1"),
        ("x-1", {"implementation-vendor-id": "org.vendor", "implementation-version": "2"}, "x 1"),
        ("x-1", {"implementation-vendor-id": "org.vendor", "implementation-version": "dev"}, "org.vendor:x 1"),
        ("x-1", {"implementation-title": "io.own#x;1"}, "io.own:x 1"),
        ("x-rest-client-1", {"implementation-title": "io.own.client#rest;1"}, "io.own.client:x-rest-client 1"),
        ("x-1", {"implementation-title": "io.own#x;2"}, "x 1"),
        ("x-1", {"implementation-title": "io own#x;1"}, "x 1"),
        ("spring-boot-x-1", {"automatic-module-name": "spring.boot.x"}, "org.springframework.boot:spring-boot-x 1"),
        ("spring-boot-y-1", {"automatic-module-name": "spring.boot.x"}, "spring-boot-y 1"),
        ("x-sender-okhttp-1", {"implementation-title": "okhttp"}, "x-sender-okhttp 1"),
        ("groovy-json-4", {"implementation-title": "groovy"}, "groovy-json 4"),
        ("postgresql-42.7.4", {}, "org.postgresql:postgresql 42.7.4"),
        ("postgresql-1.20.3", {}, "postgresql 1.20.3"),
        ("okhttp3-1", {"implementation-title": "okhttp"}, "com.squareup.okhttp3:okhttp 1"),
        ("renamed", {"implementation-title": "okhttp", "implementation-version": "1"}, "com.squareup.okhttp3:okhttp 1"),
        ("x-1", {"implementation-vendor-id": "The Vendor"}, "x 1"),
        ("x-core-1", {"implementation-title": "org.y.x"}, "org.y.x:x-core 1"),
        ("x-core-1", {"implementation-title": "An X core"}, "x-core 1"),
        ("org.y.z_1.2.3.v2020", {"bundle-symbolicname": "org.y.z"}, "org.y.z 1.2.3.v2020"),
        ("x", {"implementation-version": "1.2"}, "x 1.2"),
        ("x", {"bundle-version": "1.2", "specification-version": "9"}, "x 1.2"),
        ("x", {"implementation-version": "${version}", "bundle-version": "2"}, "x 2"),
        ("x-1.2-custom", {"implementation-version": "1.2"}, "x 1.2"),
        ("x-1.2-jre", {"implementation-version": "1.2"}, "x 1.2-jre"),
        ("x", {"implementation-version": "built by hand"}, ""),
        ("x", {}, ""),
        ("x y-1.0", {}, ""),
    ],
)  # fmt: skip
def test_without_maven_the_manifest_and_the_name_speak(
    stem: str, manifest: dict[str, str], expected: str
) -> None:
    """A group only where one of the rules gives it; no version, no package."""
    assert _own(stem, manifest) == expected


def test_directives_of_a_symbolic_name_are_cut() -> None:
    """They follow a semicolon."""
    assert symbolic_name({"bundle-symbolicname": "a.b; singleton:=true"}) == "a.b"


@given(
    st.text(max_size=20),
    st.dictionaries(
        st.sampled_from(
            ["bundle-symbolicname", "implementation-title", "implementation-version", "extension-name", "automatic-module-name"]
        ),
        st.text(alphabet="a.b-1_ \x00é", max_size=12),
    ),
)  # fmt: skip
def test_whatever_a_manifest_says_a_package_has_words(stem: str, manifest: dict[str, str]) -> None:
    """Name and version are printable, without spaces."""
    own = identify(stem, manifest, []).own

    assert own is None or not set(own.name + own.version) & set(" \x00\n")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("usr/share/maven-repo/org/x/own/1.0/own-1.0.jar", "org.x:own"),
        ("root/.m2/repository/own/own/1.0/own-1.0-linux.jar", "own:own"),
        ("root/.m2/repository/own/1.0/own-1.0.jar", "own"),
        ("root/.m2/repository/org/x/own/1.1/own-1.0.jar", "own"),
        ("srv/lib/org/x/own/1.0/own-1.0.jar", "own"),
        ("maven-repo/org/\x01/own/1.0/own-1.0.jar", "own"),
    ],
)
def test_the_folders_of_a_repository_are_the_group(path: str, name: str) -> None:
    """Only below a folder that is a repository's root, and where artifact and version fit."""
    assert in_repository(path, Coordinates("", "own", "1.0")).name == name
    assert in_repository(path, OWN) == OWN
