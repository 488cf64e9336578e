"""
List packages that Bower installed, by the ``.bower.json`` it writes into each.

Law: only ``bower_components/NAME/.bower.json``, and only with a version (a branch or commit has
none). They
are listed as ``generic``: Bower's names are not npm's, and no advisories speak of them.
Source: https://github.com/bower/spec/blob/master/json.md; ``_release`` is what Bower installed.
"""

from msgspec import Struct, field

from pratique.extractors.interface import partly_read
from pratique.extractors.javascript._npm import is_name, is_version
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import text
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import language_purl
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "bower_component"
VERSION = 1
PATTERNS = Patterns(globs=("bower_components/*/.bower.json",), max_bytes=4 << 20)


class _Manifest(Struct):
    name: object = ""
    version: object = ""
    license: object = ""
    release: object = field(default="", name="_release")


def extract_file(file: LayerFile) -> Extraction:
    """Return the package that the file describes."""
    manifest = parse_json(file.content(), _Manifest)
    name = text(manifest.name) or file.path.split("/")[-2]
    version = text(manifest.version) or text(manifest.release)
    if not is_version(version) or "." not in version:
        return Extraction()
    if not is_name(name) or not is_word(version):
        reason = f"no Bower package: {shown(name)}, version {shown(version)}"
        return Extraction(unknowns=(partly_read(NAME, "", reason),))
    licence = text(manifest.license)
    package = Package(
        type=PackageType.GENERIC,
        name=name,
        version=version,
        purl=language_purl(PackageType.GENERIC, name, version),
        licences=(licence,) if licence else (),
        origin=NAME,
    )
    return Extraction(packages=(package,))
