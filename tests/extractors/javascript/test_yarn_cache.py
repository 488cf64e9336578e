from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import yarn_cache
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives
from tests.makers.zips import jar_of

PATH = "srv/.yarn/cache/a-npm-1.0.0-abc-def.zip"


def test_bundled_packages_are_listed_with_their_place() -> None:
    """They are loaded from the archive as well."""
    content = jar_of(
        {
            "node_modules/a/package.json": b'{"name": "a", "version": "1.0.0"}',
            "node_modules/a/node_modules/b/package.json": b'{"name": "b", "version": "2.0.0"}',
        }
    )
    found = yarn_cache.extract_file(layer_file(PATH, content)).packages

    assert [(p.name, p.location) for p in found] == [
        ("a", "!node_modules/a/package.json"),
        ("b", "!node_modules/a/node_modules/b/package.json"),
    ]


def test_one_damaged_package_file_fails_alone() -> None:
    """The others are listed."""
    content = jar_of(
        {
            "node_modules/a/package.json": b"{",
            "node_modules/b/package.json": b'{"name": "b", "version": "2.0.0"}',
        }
    )
    found = yarn_cache.extract_file(layer_file(PATH, content))

    assert [p.name for p in found.packages] == ["b"]
    assert [unknown.location for unknown in found.unknowns] == ["!node_modules/a/package.json"]


@given(mutated(*samples("yarn_cache")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(yarn_cache, "srv/.yarn/cache/a.zip", content)
