"""List the package versions that MSBuild files state."""

import pytest
from hypothesis import given

from pratique.extractors.dotnet import packages_props
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

PROJECT = b"""<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
<PropertyGroup><SerilogVersion>2.10.0</SerilogVersion><Loop>$(Loop)</Loop></PropertyGroup>
<PropertyGroup Condition="'$(X)' == ''"><SerilogVersion></SerilogVersion></PropertyGroup>
<ItemGroup>
<PackageReference Include="Serilog" Version="$(serilogversion)" />
<PackageReference Include="Child"><Version>1.0.0-beta.1</Version></PackageReference>
<PackageReference Include="Two;Three" Version="[3.0]" PrivateAssets="All" />
<PackageReference Update="Overridden" Version="1.0" VersionOverride="2.0" />
<PackageReference Include="Floating" Version="1.*" />
<PackageReference Include="Range" Version="[1.0,2.0)" />
<PackageReference Include="Elsewhere" Version="$(Other)" />
<PackageReference Include="Looping" Version="$(Loop)" />
<PackageReference Include="Central" />
<GlobalPackageReference Include="Analyser" Version="4.0" />
<ProjectReference Include="../Own/Own.csproj" />
</ItemGroup></Project>"""


def _extract(content: bytes, path: str = "srv/App.csproj") -> Extraction:
    return packages_props.extract_file(layer_file(path, content))


def test_one_version_is_a_pin() -> None:
    """From an attribute, a child or a property of the file; private ones are for development."""
    found = _extract(PROJECT)

    assert [(one.name, one.version, one.scope) for one in found.packages] == [
        ("Analyser", "4.0", "development"),
        ("Child", "1.0.0-beta.1", ""),
        ("Overridden", "2.0", ""),
        ("Serilog", "2.10.0", ""),
        ("Three", "3.0", "development"),
        ("Two", "3.0", "development"),
    ]
    assert found.unknowns == ()


def test_properties_cannot_blow_up() -> None:
    """Each twice the one before."""
    steps = "".join(f"<p{n}>$(p{n - 1})$(p{n - 1})</p{n}>" for n in range(1, 40))
    text = (
        f"<Project><PropertyGroup><p0>{'1' * 100}</p0>{steps}</PropertyGroup><ItemGroup>"
        '<PackageReference Include="A" Version="$(p39)"/></ItemGroup></Project>'
    )

    assert _extract(text.encode()).packages == ()


@pytest.mark.parametrize("content", [b"", b"<packages/>", b"<!DOCTYPE x><Project/>"])
def test_another_document_is_refused(content: bytes) -> None:
    """With the reason."""
    with pytest.raises(FormatError):
        _extract(content)


def test_the_project_of_a_dependency_is_passed_over() -> None:
    """It says what its authors used."""
    assert _extract(PROJECT, "a/node_modules/b/c.csproj") == Extraction()


@given(mutated(PROJECT))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
