"""Read a Maven project as far as the file alone tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.formats.java.pom import parse_pom
from pratique.model.errors import FormatError
from tests.makers.mutations import mutated

POM = b"""<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>7</version></parent>
  <artifactId>app</artifactId>
  <properties><slf4j.version>2.0.1</slf4j.version><loop>${loop}</loop></properties>
  <licenses><license><name>Apache
    License</name></license><license><url>https://x.test</url></license></licenses>
  <dependencyManagement><dependencies>
    <dependency><groupId>m</groupId><artifactId>managed</artifactId><version>1</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId>
      <version>${slf4j.version}</version><scope>test</scope></dependency>
    <dependency><groupId>${project.groupId}</groupId><artifactId>core</artifactId>
      <version>${project.version}</version><optional>true</optional></dependency>
    <dependency><groupId>a</groupId><artifactId>loop</artifactId><version>${loop}</version></dependency>
    <dependency><groupId>a</groupId><artifactId>range</artifactId><version>[1,2)</version></dependency>
    <dependency><artifactId>no group</artifactId></dependency>
  </dependencies>
</project>"""


def test_what_a_project_states() -> None:
    """Group and version come from the parent where there are none of its own."""
    pom = parse_pom(POM)

    assert (pom.group, pom.artifact, pom.version) == ("org.example", "app", "7")
    assert pom.licences == ("Apache License", "https://x.test")
    assert [one.artifact for one in pom.managed] == ["managed"]


def test_versions_are_resolved_within_the_file() -> None:
    """A loop, an unknown property and a range give no version."""
    assert [(one.group, one.artifact, one.version) for one in parse_pom(POM).dependencies] == [
        ("org.slf4j", "slf4j-api", "2.0.1"),
        ("org.example", "core", "7"),
        ("a", "loop", ""),
        ("a", "range", ""),
    ]


def test_scope_and_optional_are_told() -> None:
    """As written."""
    first, second, *_ = parse_pom(POM).dependencies

    assert (first.scope, second.optional) == ("test", True)


def test_properties_cannot_blow_up() -> None:
    """Ten properties, each the one before ten times, are ten billion characters."""
    steps = "".join(f"<p{n}>{'${p' + str(n - 1) + '}' * 10}</p{n}>" for n in range(1, 11))
    text = (
        f"<project><properties><p0>x</p0>{steps}</properties><version>${{p10}}</version></project>"
    )
    long = "${a}" * 30

    assert parse_pom(text.encode()).version == ""
    assert (
        parse_pom(
            f"<project><properties><a>1</a></properties><version>{long}</version></project>".encode()
        ).version
        == ""
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not well-formed"),
        (b"<html/>", "no Maven project"),
        (b'<!DOCTYPE p [<!ENTITY x "y">]><project/>', "document type"),
        (b"<project>" + b"<a>" * 100, "nested"),
    ],
)
def test_what_is_no_project_is_refused(content: bytes, reason: str) -> None:
    """With the reason."""
    with pytest.raises(FormatError, match=reason):
        parse_pom(content)


@given(mutated(POM) | st.binary(max_size=200))
def test_a_damaged_project_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        parse_pom(content)
    except FormatError:
        pass
