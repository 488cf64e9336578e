"""Cut the file name of a jar into artifact and version."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.java._file_name import parted


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("commons-lang3-3.12.0", ("commons-lang3", "3.12.0")),
        ("spark-core_2.12-3.4.1", ("spark-core_2.12", "3.4.1")),
        ("bcprov-jdk15on-1.70", ("bcprov-jdk15on", "1.70")),
        ("jul-to-slf4j-1.7.36", ("jul-to-slf4j", "1.7.36")),
        ("spring-core-5.0.0.RC2", ("spring-core", "5.0.0.RC2")),
        ("app-1.0-SNAPSHOT", ("app", "1.0-SNAPSHOT")),
        ("app-1.0-20240102.030405-6", ("app", "1.0-20240102.030405-6")),
        ("a-1.0-rc-1", ("a", "1.0-rc-1")),
        ("velocity-1.7-dep", ("velocity", "1.7-dep")),
        ("x-1.0-sources", ("x", "1.0")),
        ("mssql-jdbc-12.4.1.jre11", ("mssql-jdbc", "12.4.1.jre11")),
        ("1.0", ("1.0", "")),
        ("", ("", "")),
        ("-", ("-", "")),
    ],
)
def test_real_names(stem: str, expected: tuple[str, str]) -> None:
    """Hyphens and digits belong to either side."""
    assert parted(stem) == expected


@given(st.text(alphabet="a1-.", max_size=30))
def test_nothing_is_lost(stem: str) -> None:
    """Artifact and version are the name; a version starts with a digit."""
    artifact, version = parted(stem)

    assert f"{artifact}-{version}".removesuffix("-" if not version else "") == stem
    assert not version or version[0].isdigit()
