import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.php import composer_installed
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

PATH = "srv/vendor/composer/installed.json"


def test_packages_for_development_are_marked() -> None:
    """Composer 2 names them beside the list."""
    text = '{"packages": [{"name": "a/b", "version": "1.0"}], "dev": true, "dev-package-names": ["a/b"]}'
    (found,) = composer_installed.extract_file(layer_file(PATH, text)).packages

    assert (found.scope, found.declared) == ("development", False)


def test_a_name_that_is_no_text_costs_its_record_only() -> None:
    """The other packages of the file are listed."""
    text = '[{"name": {"a": "b"}, "version": "1"}, {"name": "a/b", "version": "1.0"}]'
    found = composer_installed.extract_file(layer_file(PATH, text))

    assert [package.name for package in found.packages] == ["a/b"]
    assert len(found.unknowns) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"7", b"[1]"])
def test_what_is_no_record_is_a_format_error(content: bytes) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        composer_installed.extract_file(layer_file(PATH, content))


@given(mutated(*samples("composer_installed")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(composer_installed, "srv/vendor/composer/installed.json", content)
