from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import bower_component
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

PATH = "srv/bower_components/jquery/.bower.json"


def test_the_release_stands_in_for_a_version() -> None:
    """Only where it is one: a commit is not."""
    release = layer_file(PATH, '{"name": "jquery", "_release": "2.1.1"}')
    commit = layer_file(PATH, '{"name": "jquery", "_release": "9b3a899436"}')

    assert [p.version for p in bower_component.extract_file(release).packages] == ["2.1.1"]
    assert bower_component.extract_file(commit).packages == ()


def test_a_name_that_is_none_is_said() -> None:
    """It becomes an Unknown."""
    found = bower_component.extract_file(layer_file(PATH, '{"name": "a b", "version": "1.0.0"}'))

    assert (found.packages, len(found.unknowns)) == ((), 1)


@given(mutated(*samples("bower_component")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(bower_component, "srv/bower_components/jquery/.bower.json", content)
