"""List the packages that a published .NET program consists of."""

import json

import pytest
from hypothesis import given

from pratique.extractors.dotnet import deps_json
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated


def _deps(targets: dict[str, object], types: dict[str, str], rid: str = "") -> str:
    name = ".NETCoreApp,Version=v8.0" + (f"/{rid}" if rid else "")
    libraries = {identity: {"type": kind} for identity, kind in types.items()}
    document = {"runtimeTarget": {"name": name}, "targets": {name: targets}, "libraries": libraries}
    return json.dumps(document)


SELF_CONTAINED = _deps(
    {
        "App/1.0.0": {"dependencies": {"A": "1.0.0"}, "runtime": {"App.dll": {}}},
        "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": {
            "runtime": {"System.Runtime.dll": {}}
        },
        "A/1.0.0": {"dependencies": {"b": "2.0.0"}, "runtime": {"lib/a.dll": {}}},
        "B/2.0.0": {"native": {"runtimes/linux-x64/native/b.so": {}}},
        "Meta/1.0.0": {"dependencies": {"A": "1.0.0"}},
        "Empty/1.0.0": {"runtime": {"lib/netstandard2.0/_._": {}}},
        "Local/3.0.0": {"runtime": {"Local.dll": {}}},
    },
    {
        "App/1.0.0": "project",
        "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": "runtimepack",
        "A/1.0.0": "package",
        "B/2.0.0": "package",
        "Meta/1.0.0": "package",
        "Empty/1.0.0": "package",
        "Local/3.0.0": "reference",
    },
    "linux-x64",
)


def _extract(content: str | bytes, path: str = "app/App.deps.json") -> Extraction:
    return deps_json.extract_file(layer_file(path, content))


def test_packages_with_files_count() -> None:
    """The framework under its own name; projects, references and placeholders are none."""
    found = _extract(SELF_CONTAINED)

    assert [(one.name, one.version, one.depends) for one in found.packages] == [
        ("A", "1.0.0", ("B",)),
        ("B", "2.0.0", ()),
        ("Microsoft.NETCore.App.Runtime.linux-x64", "8.0.1", ()),
    ]
    assert not any(one.declared for one in found.packages)
    assert found.unknowns == ()


def test_a_framework_is_named_as_advisories_name_it() -> None:
    """Its version is the folder's; before .NET 5 the file states a servicing build."""
    identity = "runtime.linux-x64.A.App/3.1.23-servicing.1"
    content = _deps({identity: {"runtime": {"a.dll": {}}}}, {identity: "package"}, "linux-x64")

    (package,) = _extract(content, "usr/share/dotnet/shared/A.App/3.1.23/A.App.deps.json").packages

    assert (package.name, package.version) == ("A.App.Runtime.linux-x64", "3.1.23")


def test_a_framework_of_net_5_is_listed_once() -> None:
    """Its file and its folder agree."""
    identity = "A.App.Runtime.linux-x64/6.0.5"
    content = _deps({identity: {"runtime": {"a.dll": {}}}}, {identity: "package"}, "linux-x64")

    found = _extract(content, "dotnet/shared/A.App/6.0.5/A.App.deps.json")

    assert [one.name for one in found.packages] == ["A.App.Runtime.linux-x64"]


def test_the_oldest_form_names_its_target_plainly() -> None:
    """``runtimeTarget`` was text in .NET Core 1."""
    content = (
        '{"runtimeTarget": ".NETCoreApp,Version=v1.0", "targets": {}, "libraries": {"a/1": {}}}'
    )

    assert _extract(content) == Extraction()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"targets": [1]}'])
def test_another_document_is_refused(content: str) -> None:
    """With the reason."""
    with pytest.raises(FormatError):
        _extract(content)


@given(mutated(SELF_CONTAINED.encode()))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
