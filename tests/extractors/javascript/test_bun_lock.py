import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import bun_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def test_a_dependency_is_the_nearest_of_its_name() -> None:
    """Below the package, then below what holds it; a scope is no place of its own."""
    text = """{"lockfileVersion": 1, "workspaces": {"": {"dependencies": {"@a/b": "1"}}}, "packages": {
      "@a/b": ["@a/b@1.0.0", "", {"dependencies": {"c": "1", "d": "1"}}, "x"],
      "@a/b/c": ["c@1.0.0", "", {"dependencies": {"d": "2"}}, "x"],
      "c": ["c@2.0.0", "", {}, "x"],
      "d": ["d@1.0.0", "", {}, "x"],
    }}"""
    found = bun_lock.extract_file(layer_file("srv/bun.lock", text)).packages

    assert [(p.name, p.version, p.scope, p.depends) for p in found] == [
        ("@a/b", "1.0.0", "", ("c@1.0.0", "d@1.0.0")),
        ("c", "1.0.0", "", ("d@1.0.0",)),
        ("c", "2.0.0", "development", ()),
        ("d", "1.0.0", "", ()),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1,]", b'{"lockfileVersion": 1, "packages": {"a": 1}}']
)
def test_what_is_no_lock_file_is_a_format_error(content: bytes) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        bun_lock.extract_file(layer_file("srv/bun.lock", content))


@given(mutated(*samples("bun_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(bun_lock, "srv/bun.lock", content)
