"""
List the packages that lie unpacked in a NuGet folder (ID/VERSION/ID.nuspec below it).

That is the user's ``.nuget/packages`` and the SDK's fallback folder; Chocolatey's is another thing.
A .nuspec elsewhere is the template of a package to be made and is not asked for.
Source: https://learn.microsoft.com/nuget/reference/nuspec. Bounds: 4 MiB, a document type refused.
"""

from io import BytesIO

from pratique.extractors._pins import Pin, Pins
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "nuspec"
VERSION = 1
PATTERNS = Patterns(
    globs=(".nuget/packages/*/*/*.nuspec", "NuGetFallbackFolder/*/*/*.nuspec"), max_bytes=4 << 20
)


def extract_file(file: LayerFile) -> Extraction:
    """Return the package."""
    # Only files that need it pay for the XML parser.
    from pratique.formats.feeds.xml_records import records

    metadata = next(records(BytesIO(file.content()), {"metadata"}), None)
    if metadata is None:
        raise FormatError("no metadata of a package")
    licence = metadata.child("license")
    stated = (
        licence.text.strip() if licence and licence.attributes.get("type") == "expression" else ""
    )
    pins = Pins(NAME)
    pins.add(
        Pin(
            type=PackageType.NUGET,
            name=metadata.text_of("id"),
            version=metadata.text_of("version"),
            licences=(stated,) if stated else (),
            declared=False,
        )
    )
    return pins.done()
