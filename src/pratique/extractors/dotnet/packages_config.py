"""
List the packages of a .NET Framework project (packages.config).

``developmentDependency="true"`` is for development. ``version`` is exact; ``allowedVersions`` says
only what upgrades may choose from.
Source: https://learn.microsoft.com/nuget/reference/packages-config. Bounds: a document type refused.
"""

from io import BytesIO

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "packages_config"
VERSION = 1
PATTERNS = Patterns(names=("packages.config",), globs=("packages.*.config",), max_bytes=8 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages."""
    if inside_dependency(file.path):
        return Extraction()
    # Only files that need it pay for the XML parser.
    from pratique.formats.feeds.xml_records import records

    content = file.content()
    root = next(records(BytesIO(content), {"packages"}), None)
    if root is None:
        raise FormatError("no list of packages")
    pins = Pins(NAME)
    for one in root.each("package"):
        development = one.attributes.get("developmentDependency", "").lower() == "true"
        pins.add(
            Pin(
                type=PackageType.NUGET,
                name=one.attributes.get("id", ""),
                version=one.attributes.get("version", ""),
                scope=Scope.DEVELOPMENT if development else Scope.RUNTIME,
            )
        )
    return pins.done()
