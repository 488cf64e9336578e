"""
List the packages whose files Gradle verifies (gradle/verification-metadata.xml).

A component with nothing but ``.pom`` and ``.module`` files is none: Gradle read its metadata while it
resolved versions, and used another version's code, or it is a parent without code. The file does not
say what a package is for.
Bounds: one record of at most 16 MiB, a document type refused.
Source: https://docs.gradle.org/current/userguide/dependency_verification.html.
"""

from io import BytesIO

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "gradle_verification"
VERSION = 1
PATTERNS = Patterns(names=("verification-metadata.xml",), max_bytes=64 << 20)
_METADATA = (".pom", ".module", ".xml")


def extract_file(file: LayerFile) -> Extraction:
    """Return the components that have code."""
    # Only files that need it pay for the XML parser.
    from pratique.formats.feeds.xml_records import records

    if inside_dependency(file.path):
        return Extraction()
    content = file.content()
    if b"<verification-metadata" not in content[:4096]:
        raise FormatError("no verification metadata of Gradle")
    pins = Pins(NAME)
    for component in records(BytesIO(content), {"component"}):
        files = [one.attributes.get("name", "") for one in component.each("artifact")]
        if files and all(name.endswith(_METADATA) for name in files):
            continue
        group, name = component.attributes.get("group", ""), component.attributes.get("name", "")
        version = component.attributes.get("version", "")
        if not (group and name and version):
            pins.leave_out(f"{group}:{name}:{version}")
            continue
        pins.add(Pin(type=PackageType.MAVEN, name=f"{group}:{name}", version=version))
    return pins.done()
