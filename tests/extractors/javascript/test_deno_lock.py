import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import deno_lock
from pratique.model.errors import FormatError
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def read(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found = deno_lock.extract_file(layer_file("srv/deno.lock", text)).packages
    return [(p.name, p.version, p.depends) for p in found]


def test_versions_2_and_3_keep_packages_elsewhere() -> None:
    """The same packages come out of each."""
    packages = (
        '{"chalk@5.2.0": {"dependencies": {"ms": "ms@2.0.0"}}, "ms@2.0.0": {"dependencies": {}}}'
    )
    two = '{"version": "2", "remote": {}, "npm": {"specifiers": {}, "packages": ' + packages + "}}"
    three = '{"version": "3", "packages": {"specifiers": {}, "npm": ' + packages + "}}"

    assert read(two) == read(three) == [("chalk", "5.2.0", ("ms@2.0.0",)), ("ms", "2.0.0", ())]


def test_jsr_packages_name_their_registry() -> None:
    """They are no packages of npm."""
    text = """{"version": "4", "specifiers": {"jsr:@std/path@^1": "1.0.8"},
      "jsr": {"@std/fs@1.0.13": {"dependencies": ["jsr:@std/path@^1"]}, "@std/path@1.0.8": {}}}"""
    found = deno_lock.extract_file(layer_file("srv/deno.lock", text)).packages

    assert found[0].purl == "pkg:generic/%40std/fs@1.0.13?repository_url=https://jsr.io"
    assert found[0].depends == ("@std/path@1.0.8",)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]"])
def test_what_is_no_lock_file_is_a_format_error(content: bytes) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        deno_lock.extract_file(layer_file("srv/deno.lock", content))


@given(mutated(*samples("deno_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(deno_lock, "srv/deno.lock", content)
