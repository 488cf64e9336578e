"""List the packages that lie unpacked in a NuGet folder."""

import pytest
from hypothesis import given

from pratique.extractors.dotnet import nuspec
from pratique.kit.selector import Selector
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from tests.makers.layer_file import layer_file
from tests.makers.mutations import mutated

NUSPEC = b"""<?xml version="1.0"?><package xmlns="http://x"><metadata>
<id>Newtonsoft.Json</id><version>13.0.3</version><license type="expression">MIT</license>
</metadata></package>"""


def _extract(content: bytes) -> Extraction:
    return nuspec.extract_file(layer_file("root/.nuget/packages/a/1/a.nuspec", content))


def test_the_package_is_installed() -> None:
    """Not declared; a licence expression is one, a licence file is not."""
    (package,) = _extract(NUSPEC).packages
    (other,) = _extract(NUSPEC.replace(b"expression", b"file")).packages

    assert (package.name, package.version, package.declared) == ("Newtonsoft.Json", "13.0.3", False)
    assert (package.licences, other.licences) == (("MIT",), ())


def test_only_folders_of_nuget_are_asked_for() -> None:
    """Elsewhere it is a template."""
    selector = Selector([nuspec.PATTERNS])

    assert selector.limit("root/.nuget/packages/a/1/a.nuspec")
    assert selector.limit("usr/share/dotnet/sdk/NuGetFallbackFolder/a/1/a.nuspec")
    assert not selector.limit("srv/app/a.nuspec")


@pytest.mark.parametrize("content", [b"", b"<package/>", b"<!DOCTYPE x><package/>"])
def test_another_document_is_refused(content: bytes) -> None:
    """With the reason."""
    with pytest.raises(FormatError):
        _extract(content)


@given(mutated(NUSPEC))
def test_damage_is_refused_or_read(content: bytes) -> None:
    """Nothing but a FormatError."""
    try:
        _extract(content)
    except FormatError:
        pass
