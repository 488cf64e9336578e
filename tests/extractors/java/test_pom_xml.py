"""List what a Maven project declares."""

import pytest

from pratique.extractors.java import pom_xml
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Scope
from tests.makers.layer_file import layer_file

POM = """<project><groupId>g</groupId><artifactId>app</artifactId><version>1</version>
<licenses><license><name>MIT</name></license></licenses>
<dependencyManagement><dependencies>
<dependency><groupId>g</groupId><artifactId>managed</artifactId><version>5</version>
 <scope>test</scope></dependency>
<dependency><groupId>g</groupId><artifactId>unused</artifactId><version>6</version></dependency>
<dependency><groupId>g</groupId><artifactId>bom</artifactId><version>7</version>
 <type>pom</type><scope>import</scope></dependency>
</dependencies></dependencyManagement><dependencies>
<dependency><groupId>g</groupId><artifactId>managed</artifactId></dependency>
<dependency><groupId>g</groupId><artifactId>optional</artifactId><version>2</version>
 <optional>true</optional></dependency>
<dependency><groupId>g</groupId><artifactId>system</artifactId><version>2</version>
 <scope>system</scope></dependency>
<dependency><groupId>g</groupId><artifactId>unpinned</artifactId></dependency>
</dependencies></project>"""


def _extract(content: str, path: str = "srv/pom.xml") -> Extraction:
    return pom_xml.extract_file(layer_file(path, content))


def test_managed_versions_count_where_they_are_used() -> None:
    """With their scope; a list that is imported or unused is no package."""
    found = _extract(POM)

    assert [(one.name, one.version, one.scope) for one in found.packages] == [
        ("g:app", "1", Scope.RUNTIME),
        ("g:managed", "5", Scope.DEVELOPMENT),
        ("g:optional", "2", Scope.OPTIONAL),
    ]
    assert found.packages[0].depends == ("g:managed", "g:optional")
    assert found.packages[0].licences == ("MIT",)
    assert found.unknowns == ()


@pytest.mark.parametrize(
    "path",
    [
        "x/node_modules/y/pom.xml",
        "root/.m2/repository/g/a/1/pom.xml",
        "x/META-INF/maven/g/a/pom.xml",
    ],
)
def test_the_project_of_a_dependency_is_passed_over(path: str) -> None:
    """It says what its authors used."""
    assert _extract(POM, path) == Extraction()


def test_what_is_no_project_is_refused() -> None:
    """With the reason."""
    with pytest.raises(FormatError, match="no Maven project"):
        _extract("<html/>")
