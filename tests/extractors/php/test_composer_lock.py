import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.php import composer_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

PATH = "srv/composer.lock"


def test_a_lock_without_development_is_read() -> None:
    """Composer 1 wrote null for it."""
    text = '{"packages": [{"name": "a/b", "version": "1.0"}], "packages-dev": null}'

    assert len(composer_lock.extract_file(layer_file(PATH, text)).packages) == 1


def test_a_lock_file_of_a_dependency_is_not_read() -> None:
    """It says what its authors used."""
    text = '{"packages": [{"name": "a/b", "version": "1.0"}]}'

    assert (
        composer_lock.extract_file(layer_file("srv/vendor/a/b/composer.lock", text)).packages == ()
    )


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"packages": [1]}'])
def test_what_is_no_lock_file_is_a_format_error(content: bytes) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        composer_lock.extract_file(layer_file(PATH, content))


@given(mutated(*samples("composer_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(composer_lock, "srv/composer.lock", content)
