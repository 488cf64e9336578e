import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.swift import package_resolved
from pratique.extractors.swift.package_resolved import address
from pratique.model.errors import FormatError
from pratique.model.package import Package
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives


def read(pin: str) -> tuple[Package, ...]:
    text = f'{{"pins": [{pin}], "version": 3}}'
    return package_resolved.extract_file(layer_file("srv/Package.resolved", text)).packages


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/apple/swift-nio.git",
        "http://github.com/apple/swift-nio/",
        "git@github.com:apple/swift-nio.git",
        "ssh://git@github.com/apple/swift-nio",
        "ssh://git@GITHUB.com:22/apple/swift-nio.git",
    ],
)
def test_an_address_has_one_spelling(url: str) -> None:
    """Advisories name a package by host and path."""
    assert address(url) == "github.com/apple/swift-nio"


def test_registries_and_folders_have_identities() -> None:
    """A folder is unpublished."""
    registry = read(
        '{"identity": "mona.LinkedList", "kind": "registry", "location": "", "state": {"version": "1.0.0"}}'
    )
    folder = read(
        '{"identity": "own", "kind": "localSourceControl", "location": "/src/own", "state": {"version": "1.0.0"}}'
    )

    assert [(p.name, p.unpublished) for p in registry] == [("mona.LinkedList", False)]
    assert [(p.name, p.unpublished) for p in folder] == [("own", True)]


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"version": 2}', b'{"version": 1, "object": {}}']
)
def test_what_is_no_such_file_is_a_format_error(content: bytes) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        package_resolved.extract_file(layer_file("srv/Package.resolved", content))


@given(mutated(*samples("package_resolved")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(package_resolved, "srv/Package.resolved", content)
