"""Tell the upstream version in what a distribution wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors._upstream import MAX_CHARS, same_upstream, upstream_versions
from pratique.model.package import PackageType
from tests.makers.lookup import package

OS = (PackageType.DEB, PackageType.RPM, PackageType.APK, PackageType.ALPM)


@pytest.mark.parametrize(
    ("kind", "version", "language", "own"),
    [
        (PackageType.DEB, "3:3.2.19-1+deb12u1", PackageType.PYPI, "3.2.19"),
        (PackageType.DEB, "1.26.12-1+deb12u1", PackageType.PYPI, "1.26.12"),
        (PackageType.DEB, "2.0.0~rc1-1", PackageType.PYPI, "2.0.0rc1"),
        (PackageType.DEB, "1.0.0~rc.2-1", PackageType.NPM, "1.0.0-rc.2"),
        (PackageType.DEB, "2.2.6.4-1+deb12u1", PackageType.GEM, "2.2.6.4"),
        (PackageType.DEB, "7.20.15+ds1+~cs214.269.168-3", PackageType.NPM, "7.20.15"),
        (PackageType.DEB, "1.0.4+~2.4.1-1", PackageType.NPM, "2.4.1"),
        (PackageType.DEB, "4.0.dfsg.1-1", PackageType.MAVEN, "4.0"),
        (PackageType.DEB, "9.4.57-1.1~deb12u1", PackageType.MAVEN, "9.4.57.v20241219"),
        (PackageType.DEB, "31.1-1", PackageType.MAVEN, "31.1-jre"),
        (PackageType.DEB, "4.11.9-2", PackageType.MAVEN, "4.11.9.201909030838-r"),
        (PackageType.DEB, "6.0.13-1", PackageType.MAVEN, "6.0.13.Final"),
        (PackageType.DEB, "2.0+really1.9-1", PackageType.PYPI, "1.9"),
        (PackageType.DEB, "1.0", PackageType.PYPI, "1.0.0"),
        (PackageType.RPM, "39.2.0-8.el8_10", PackageType.PYPI, "39.2.0"),
        (PackageType.RPM, "1:2.0~rc2-3.fc39", PackageType.PYPI, "2.0rc2"),
        (PackageType.APK, "1.2.3_rc1-r0", PackageType.PYPI, "1.2.3rc1"),
        (PackageType.APK, "23.3.1-r0", PackageType.PYPI, "23.3.1"),
        (PackageType.ALPM, "1:1.2.3-4", PackageType.CARGO, "1.2.3"),
        (PackageType.DEB, "1.7.9-1", PackageType.GOLANG, "v1.7.9"),
    ],
)
def test_the_marks_of_a_distribution_are_seen_through(
    kind: PackageType, version: str, language: PackageType, own: str
) -> None:
    """Epochs, revisions, repacking and the spelling of pre-releases."""
    assert same_upstream(package(kind, "os", version), package(language, "it", own))


@pytest.mark.parametrize(
    ("version", "own"),
    [
        ("66.1.1-1", "21.3"),
        ("3.11.2-6", "3.11"),
        ("1.10-1", "1.1"),
        ("1.0~rc1-1", "1.0"),
        ("2.0+really1.9-1", "2.0"),
        ("1.0-1", ""),
        ("1.0-1", "unknown"),
        ("1.0-" + "1" * MAX_CHARS, "1.0"),
    ],
)
def test_another_version_is_another(version: str, own: str) -> None:
    """A vendored copy has its own version; what cannot be compared does not agree."""
    assert not same_upstream(
        package(PackageType.DEB, "os", version), package(PackageType.PYPI, "it", own)
    )


def test_a_type_without_an_order_agrees_by_text_only() -> None:
    """No order is guessed."""
    owner = package(PackageType.DEB, "os", "1.0-1")
    assert same_upstream(owner, package(PackageType.CPAN, "it", "1.0"))
    assert not same_upstream(owner, package(PackageType.CPAN, "it", "1.0.0"))


@given(kind=st.sampled_from(OS), version=st.text(max_size=60), own=st.text(max_size=30))
def test_any_text_agrees_or_not(kind: PackageType, version: str, own: str) -> None:
    """No text raises, and the readings are few."""
    assert len(list(upstream_versions(kind, version[:MAX_CHARS]))) < 80
    same_upstream(package(kind, "os", version), package(PackageType.PYPI, "it", own))
