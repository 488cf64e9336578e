from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.php import wordpress_theme
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

PATH = "var/www/wp-content/themes/astra/style.css"


def test_a_theme_is_named_by_its_folder() -> None:
    """Its package URL says that it is a theme."""
    text = "/*\nTheme Name: Astra Pro\nVersion: 4.6.1\nLicense: GPLv2\n*/\n"
    (found,) = wordpress_theme.extract_file(layer_file(PATH, text)).packages

    assert (found.purl, found.licences) == ("pkg:generic/wordpress-theme/astra@4.6.1", ("GPLv2",))


def test_other_style_sheets_are_no_themes() -> None:
    """Without the header, nothing."""
    assert wordpress_theme.extract_file(layer_file(PATH, "body { }\n")).packages == ()


@given(mutated(*samples("wordpress_theme")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(wordpress_theme, "wp-content/themes/a/style.css", content)
