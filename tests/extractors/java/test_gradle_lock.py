"""List the packages that Gradle locked."""

from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.java import gradle_lock
from pratique.model.package import Extraction, Scope
from tests.makers.layer_file import layer_file


def _extract(content: str, path: str = "gradle.lockfile") -> Extraction:
    return gradle_lock.extract_file(layer_file(path, content))


def test_a_package_is_for_running_when_any_configuration_is() -> None:
    """Tests, checks and processors alone are for development."""
    found = _extract(
        "a:run:1=runtimeClasspath,testRuntimeClasspath\n"
        "a:test:1=testRuntimeClasspath,debugUnitTestCompileClasspath\n"
        "a:tool:1=kotlinCompilerClasspath,annotationProcessor,detekt\n"
    )

    assert {one.name: one.scope for one in found.packages} == {
        "a:run": Scope.RUNTIME,
        "a:test": Scope.DEVELOPMENT,
        "a:tool": Scope.DEVELOPMENT,
    }


def test_what_is_no_coordinate_is_told() -> None:
    """The others stand."""
    found = _extract("a:b:1=x\nno coordinates\na:b=x\na:b:c:1=x\n")

    assert [one.name for one in found.packages] == ["a:b"]
    assert found.unknowns[0].reason.startswith("3 entries")


def test_the_lock_of_a_dependency_is_passed_over() -> None:
    """It says what its authors used."""
    assert _extract("a:b:1=x\n", "app/node_modules/x/gradle.lockfile") == Extraction()


@given(st.text(max_size=200))
def test_any_text_is_read(content: str) -> None:
    """Never an error."""
    _extract(content.encode("utf-8", "replace").decode())
