from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.php import wordpress_plugin
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def test_a_plugin_of_one_file_has_its_name() -> None:
    """There is no folder to name it."""
    text = "<?php\n/*\nPlugin Name: Hello Dolly\nVersion: 1.7.2\n*/\n"
    for folder in ("plugins", "mu-plugins"):
        (found,) = wordpress_plugin.extract_file(
            layer_file(f"var/www/wp-content/{folder}/hello.php", text)
        ).packages

        assert found.purl == "pkg:wordpress-plugin/hello@1.7.2"


def test_a_file_without_both_fields_is_no_plugin() -> None:
    """A plugin's other files say neither."""
    for text in ("<?php\n// Version: 1.0\n", "<?php\n/* Plugin Name: A */\n", ""):
        file = layer_file("wp-content/plugins/a/b.php", text)

        assert wordpress_plugin.extract_file(file).packages == ()


def test_a_version_that_is_none_is_said() -> None:
    """It becomes an Unknown."""
    text = "<?php\n/*\nPlugin Name: A\nVersion: 1 0 {x}\n*/\n"
    found = wordpress_plugin.extract_file(layer_file("wp-content/plugins/a/a.php", text))

    assert (found.packages, len(found.unknowns)) == ((), 1)


@given(mutated(*samples("wordpress_plugin")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(wordpress_plugin, "wp-content/plugins/a/a.php", content)
