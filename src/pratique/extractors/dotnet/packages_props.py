"""
List the package versions that MSBuild files state: *.csproj and its kin, Directory.Packages.props.

Takes ``PackageReference``, ``PackageVersion`` and ``GlobalPackageReference`` with one version: NuGet
restores the lowest that satisfies, so ``1.2.3`` is 1.2.3 unless another package asks for more.
Ranges and floating versions (``1.*``) are no pins, nor is what a property of another file says. Items
under a condition count like the others. What is private to the project (``PrivateAssets`` all), and
global references, are for development.
Source: https://learn.microsoft.com/nuget/concepts/package-versioning and
.../consume-packages/central-package-management. Bounds: one file of at most 8 MiB, a document type
refused, 10 rounds of properties of at most 1 KiB.
"""

from io import BytesIO
from typing import TYPE_CHECKING

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.packages.damaged import is_word
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pratique.formats.feeds.xml_records import Element

NAME = "packages_props"
VERSION = 1
PATTERNS = Patterns(suffixes=(".csproj", ".fsproj", ".vbproj", "Packages.props"), max_bytes=8 << 20)
_ITEMS = ("PackageReference", "PackageVersion", "GlobalPackageReference")
_MARKS = ("*", ",", "(", ")", "$", "@", "%")
_ROUNDS = 10
_TEXT_CHARS = 1024


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages with one version."""
    # Only files that need it pay for the XML parser.
    from pratique.formats.feeds.xml_records import records

    if inside_dependency(file.path):
        return Extraction()
    project = next(records(BytesIO(file.content()), {"Project"}), None)
    if project is None:
        raise FormatError("no project of MSBuild")
    properties = _properties(project)
    pins = Pins(NAME)
    for tag in _ITEMS:
        for item in project.descendants(tag):
            _add(pins, item, properties)
    return pins.done()


def _add(pins: Pins, item: "Element", properties: "Mapping[str, str]") -> None:
    name = _resolved(_said(item, "Include") or _said(item, "Update"), properties)
    version = _exact(
        _resolved(_said(item, "VersionOverride") or _said(item, "Version"), properties)
    )
    if not name or not version:
        return
    private = "all" in _said(item, "PrivateAssets").lower().split(";")
    later = private or item.tag == "GlobalPackageReference"
    for one in name.split(";"):
        if one.strip():
            pins.add(
                Pin(
                    type=PackageType.NUGET,
                    name=one.strip(),
                    version=version,
                    scope=Scope.DEVELOPMENT if later else Scope.RUNTIME,
                )
            )


def _said(item: "Element", name: str) -> str:
    """Return metadata, which MSBuild takes from an attribute or a child."""
    return (item.attributes.get(name, "") or item.text_of(name)).strip()


def _properties(project: "Element") -> dict[str, str]:
    """Return properties by lower-cased name; the last one that is not empty counts."""
    found: dict[str, str] = {}
    for group in project.each("PropertyGroup"):
        for one in group.children:
            if one.text.strip():
                found[one.tag.lower()] = one.text.strip()
    return found


def _resolved(text: str, properties: "Mapping[str, str]") -> str:
    """Return ``text`` with properties of the file put in; one of another file makes it empty."""
    for _ in range(_ROUNDS):
        head, mark, rest = text.partition("$(")
        if not mark:
            return text
        name, close, tail = rest.partition(")")
        value = properties.get(name.strip().lower(), "")
        if not close or not value or len(head) + len(value) + len(tail) > _TEXT_CHARS:
            return ""
        text = head + value + tail
    return ""


def _exact(version: str) -> str:
    """
    Return the one version that is meant, or nothing.

    >>> _exact("1.2.3"), _exact("[1.2.3]"), _exact("[1.0,2.0)"), _exact("1.*")
    ('1.2.3', '1.2.3', '', '')
    """
    inner = version[1:-1].strip() if version.startswith("[") and version.endswith("]") else version
    return inner if is_word(inner) and not any(mark in inner for mark in _MARKS) else ""
