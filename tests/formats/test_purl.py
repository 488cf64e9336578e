"""Package URLs equal those of the specification's own library, and read back as they were."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from pratique.formats.purl import language_purl, package_url
from pratique.model.package import PackageType

# Characters that versions and names of distributions use, and those that must be escaped.
TEXT = st.text("abcxyz0189.-_~+:@/?#&=% é", min_size=1, max_size=12)
NAME = TEXT.filter(lambda text: text.strip("/") == text and text.strip() == text)
NAMESPACE = st.lists(st.text("abc0-._~+@%é", min_size=1, max_size=6), min_size=1, max_size=3).map(
    "/".join
)
QUALIFIERS = st.dictionaries(
    st.sampled_from(["arch", "distro", "epoch", "upstream", "repository_url"]),
    st.text("abcxyz0189.-_~+:@/?#&=% é", max_size=12).filter(lambda text: text.strip() == text),
)


def _parts(purl: str) -> tuple[str, str | None, str, str | None, dict[str, str]]:
    read = PackageURL.from_string(purl)
    assert isinstance(read.qualifiers, dict)
    return read.type, read.namespace, read.name, read.version, read.qualifiers


@given(NAME, TEXT.filter(lambda text: text.strip() == text), NAMESPACE, QUALIFIERS)
def test_it_reads_back_as_it_was(
    name: str, version: str, namespace: str, qualifiers: dict[str, str]
) -> None:
    """Whatever stands in a part, the specification's library finds the same parts again."""
    wanted = {key: value for key, value in qualifiers.items() if value}
    purl = package_url("generic", name, version, namespace, qualifiers)

    assert ("generic", namespace, name, version, wanted) == _parts(purl)


@given(
    st.text("abc0-.+", min_size=1, max_size=8),
    st.text("0189abc.:~+-", min_size=1, max_size=12),
    st.sampled_from(["deb", "rpm", "apk", "alpm"]),
    st.dictionaries(
        st.sampled_from(["arch", "distro", "epoch"]), st.text("abc019-.", min_size=1, max_size=6)
    ),
)
def test_it_is_written_like_the_library_writes_it(
    name: str, version: str, kind: str, qualifiers: dict[str, str]
) -> None:
    """For names and versions of distributions the text is equal, so purls of tools can be joined."""
    theirs = PackageURL(kind, "vendor", name, version, qualifiers).to_string()

    # packageurl-python lower-cases names of some types after encoding them, escapes and all; the
    # specification's own escapes are in upper case (libstdc%2B%2B6).
    theirs = re.sub(r"%[0-9a-f]{2}", lambda escape: escape[0].upper(), theirs)
    assert theirs == package_url(kind, name, version, "vendor", qualifiers)


def test_examples_of_the_specification() -> None:
    """Strings published with the specification come out as they stand there."""
    assert (
        package_url("deb", "curl", "7.50.3-1", "debian", {"distro": "jessie", "arch": "i386"})
        == "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie"
    )
    assert (
        package_url(
            "rpm", "curl", "7.50.3-1.fc25", "fedora", {"arch": "i386", "distro": "fedora-25"}
        )
        == "pkg:rpm/fedora/curl@7.50.3-1.fc25?arch=i386&distro=fedora-25"
    )
    assert (
        package_url("npm", "animation", "12.3.1", "@angular")
        == "pkg:npm/%40angular/animation@12.3.1"
    )


def test_what_is_empty_is_left_out() -> None:
    """No version, namespace or qualifier leaves a mark."""
    assert package_url("generic", "x", "", "", {"arch": ""}) == "pkg:generic/x"


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        (PackageType.PYPI, "Foo_Bar.baz", "pkg:pypi/foo-bar.baz@1.0"),
        (PackageType.NPM, "@babel/core", "pkg:npm/%40babel/core@1.0"),
        (PackageType.NPM, "ms", "pkg:npm/ms@1.0"),
        (PackageType.MAVEN, "org.slf4j:slf4j-api", "pkg:maven/org.slf4j/slf4j-api@1.0"),
        (PackageType.MAVEN, "lonely", "pkg:maven/lonely@1.0"),
        (PackageType.GOLANG, "github.com/Masterminds/x", "pkg:golang/github.com/Masterminds/x@1.0"),
        (PackageType.GOLANG, "stdlib", "pkg:golang/stdlib@1.0"),
        (PackageType.COMPOSER, "Symfony/Console", "pkg:composer/symfony/console@1.0"),
        (PackageType.GEM, "net-ssh", "pkg:gem/net-ssh@1.0"),
        (PackageType.SWIFT, "github.com/apple/nio", "pkg:swift/github.com/apple/nio@1.0"),
        (PackageType.NUGET, "Newtonsoft.Json", "pkg:nuget/Newtonsoft.Json@1.0"),
    ],
)
def test_a_language_package_has_the_namespace_of_its_type(
    kind: PackageType, name: str, expected: str
) -> None:
    """The specification's library agrees that this is the canonical form."""
    purl = language_purl(kind, name, "1.0")
    assert purl == expected
    if kind is not PackageType.GOLANG:  # it lowers the case of Go paths, which Go tells apart
        assert PackageURL.from_string(purl).to_string() == expected
