import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.php import pear
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

PATH = "usr/share/php/.registry/.channel.pecl.php.net/apcu.reg"


def test_a_package_of_another_channel_is_generic() -> None:
    """Packagist does not have it under this name."""
    text = 'a:3:{s:4:"name";s:4:"APCu";s:7:"channel";s:12:"pecl.php.net";s:7:"version";a:1:{s:7:"release";s:6:"5.1.22";}}'
    (found,) = pear.extract_file(layer_file(PATH, text)).packages

    assert found.purl == "pkg:generic/pecl.php.net/APCu@5.1.22"


def test_the_first_form_of_a_record_is_read() -> None:
    """package.xml 1.0 knows one channel, and its version is text."""
    text = 'a:2:{s:7:"package";s:8:"XML_Util";s:7:"version";s:5:"1.1.1";}'
    (found,) = pear.extract_file(layer_file(PATH, text)).packages

    assert (found.name, found.version) == ("pear/xml_util", "1.1.1")


def test_a_record_without_a_version_is_said() -> None:
    """It becomes an Unknown."""
    found = pear.extract_file(layer_file(PATH, 'a:1:{s:4:"name";s:4:"Mail";}'))

    assert (found.packages, len(found.unknowns)) == ((), 1)


def test_what_is_no_record_is_a_format_error() -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        pear.extract_file(layer_file(PATH, "N;"))


@given(mutated(*samples("pear")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(pear, "usr/share/php/.registry/mail.reg", content)
