import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pratique.extractors.javascript import package_lock
from pratique.model.errors import FormatError
from pratique.model.package import Package
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated
from tests.makers.survival import samples, survives

PATH = "srv/app/package-lock.json"


def read(document: object, path: str = PATH) -> dict[str, Package]:
    found = package_lock.extract_file(layer_file(path, json.dumps(document)))
    return {package.name: package for package in found.packages}


def test_dependencies_are_found_as_node_finds_modules() -> None:
    """The nested copy for the package around it, the hoisted one for the others."""
    packages = {
        "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "^1"}},
        "node_modules/a/node_modules/b": {"version": "1.5.0", "dependencies": {"c": "*"}},
        "node_modules/b": {"version": "2.0.0"},
        "node_modules/c": {"version": "3.0.0", "peerDependencies": {"b": "*"}},
    }
    found = package_lock.extract_file(
        layer_file(PATH, json.dumps({"lockfileVersion": 3, "packages": packages}))
    )
    needs = {f"{p.name}@{p.version}": p.depends for p in found.packages}

    assert needs["a@1.0.0"] == ("b@1.5.0",)
    assert needs["b@1.5.0"] == ("c@3.0.0",)
    assert needs["c@3.0.0"] == ("b@2.0.0",)


def test_scopes_are_those_the_file_states() -> None:
    """DevOptional is needed by something that is no development dependency."""
    packages = {
        "node_modules/dev": {"version": "1.0.0", "dev": True},
        "node_modules/both": {"version": "1.0.0", "devOptional": True},
        "node_modules/opt": {"version": "1.0.0", "optional": True},
        "node_modules/run": {"version": "1.0.0"},
    }
    scopes = {n: p.scope for n, p in read({"lockfileVersion": 2, "packages": packages}).items()}

    assert scopes == {"dev": "development", "both": "optional", "opt": "optional", "run": ""}


def test_version_1_knows_aliases_archives_and_repositories() -> None:
    """An archive of the registry states its version in its name; a repository states none."""
    dependencies = {
        "old": {"version": "npm:ms@0.7.1"},
        "ms": {"version": "https://registry.example/ms/-/ms-2.1.3.tgz"},
        "is-odd": {"version": "github:jonschlinkert/is-odd#b37a1fe"},
        "own": {"version": "file:../own"},
    }
    found = package_lock.extract_file(
        layer_file(PATH, json.dumps({"lockfileVersion": 1, "dependencies": dependencies}))
    )

    assert [(p.name, p.version) for p in found.packages] == [("ms", "0.7.1"), ("ms", "2.1.3")]


def test_a_workspace_is_listed_as_unpublished() -> None:
    """No registry has it, so no advisory on its name is about it."""
    packages = {"": {"name": "root", "version": "9.0.0"}, "tools/cli": {"version": "1.2.3"}}

    found = read({"lockfileVersion": 3, "packages": packages})

    assert list(found) == ["cli"]
    assert found["cli"].unpublished


def test_a_name_that_is_none_of_npm_is_said() -> None:
    """It does not become a package, nor is it passed over in silence."""
    packages = {"node_modules/x": {"name": "../../etc", "version": "1.0.0"}}
    found = package_lock.extract_file(
        layer_file(PATH, json.dumps({"lockfileVersion": 3, "packages": packages}))
    )

    assert found.packages == ()
    assert len(found.unknowns) == 1


def test_a_lock_file_of_a_dependency_is_not_read() -> None:
    """It says what its authors used."""
    document = {"lockfileVersion": 1, "dependencies": {"ms": {"version": "2.0.0"}}}

    assert read(document, "srv/node_modules/handlebars/package-lock.json") == {}


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"packages": [1]}', b"\xff"])
def test_what_is_no_lock_file_is_a_format_error(content: bytes) -> None:
    """Never an empty list of packages."""
    with pytest.raises(FormatError):
        package_lock.extract_file(layer_file(PATH, content))


@given(mutated(*samples("package_lock")) | st.binary(max_size=200))
def test_damaged_files_end_in_packages_or_a_format_error(content: bytes) -> None:
    """Nothing else is raised, and what is listed can be reported."""
    survives(package_lock, "srv/package-lock.json", content)
