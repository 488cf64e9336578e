"""List the Java run-time environment that a release file describes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.java import jvm_release
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file


def _extract(content: bytes | str) -> Extraction:
    return jvm_release.extract_file(layer_file("opt/java/release", content))


@pytest.mark.parametrize(
    ("content", "name", "version", "cpe"),
    [
        ('JAVA_VERSION="17.0.15"\nIMPLEMENTOR="Debian"', "openjdk", "17.0.15", "openjdk:17.0.15:*"),
        (
            'IMPLEMENTOR="Azul"\nJAVA_VERSION="1.8.0_292"',
            "openjdk",
            "1.8.0_292",
            "openjdk:8:update292",
        ),
        (
            'IMPLEMENTOR="Oracle Corporation"\nBUILD_TYPE="commercial"\nJAVA_VERSION="1.8.0_301"',
            "jdk",
            "1.8.0_301",
            "jdk:1.8.0:update301",
        ),
        (
            'IMPLEMENTOR="Oracle Corporation"\nJAVA_VERSION="21.0.1"',
            "openjdk",
            "21.0.1",
            "openjdk:21.0.1:*",
        ),
        (
            'JAVA_VERSION="17.0.7"\nGRAALVM_VERSION="22.3.2"',
            "graalvm",
            "22.3.2",
            "graalvm:22.3.2:*",
        ),
    ],
)
def test_vendors_are_told_apart(content: str, name: str, version: str, cpe: str) -> None:
    """Oracle's commercial build and GraalVM have numbers and advisories of their own."""
    (package,) = _extract(content).packages

    assert (package.name, package.version) == (name, version)
    assert package.cpes[0].startswith(f"cpe:2.3:a:oracle:{cpe}")


@pytest.mark.parametrize("content", [b"", b"VERSION=1\n", b"MY_JAVA_VERSION=1\n", b"\xff\x00"])
def test_another_file_of_that_name_says_nothing(content: bytes) -> None:
    """It is a common name."""
    assert _extract(content) == Extraction()


def test_a_version_that_is_none_is_refused() -> None:
    """Said, not guessed."""
    with pytest.raises(FormatError, match="without a version"):
        _extract('JAVA_VERSION="a b"\n')


@given(st.binary(max_size=100))
def test_any_bytes_are_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(b"JAVA_VERSION=" + content)
    except FormatError:
        pass
