"""
List WordPress themes: ``wp-content/themes/SLUG/style.css`` with a theme header.

They are ``generic`` packages below ``wordpress-theme``, as no package URL type stands for them.
Bounds: the first 8 KiB of a file, as in WordPress.
Source: https://developer.wordpress.org/themes/core-concepts/main-stylesheet/
"""

from pratique.extractors.interface import partly_read
from pratique.extractors.php._wordpress import HEADER_BYTES, header_fields
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import package_url
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "wordpress_theme"
VERSION = 1
PATTERNS = Patterns(globs=("wp-content/themes/*/style.css",), max_bytes=64 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the theme that the style sheet heads, if it is one."""
    fields = header_fields(file.read(0, HEADER_BYTES))
    version = fields.get("version", "")
    if not fields.get("theme name") or not version:
        return Extraction()
    slug = file.path.split("/")[-2]
    if not is_word(slug) or not is_word(version):
        reason = f"no theme: {shown(slug)}, version {shown(version)}"
        return Extraction(unknowns=(partly_read(NAME, "", reason),))
    licence = fields.get("license", "")
    package = Package(
        type=PackageType.GENERIC,
        name=slug,
        version=version,
        purl=package_url("generic", slug, version, "wordpress-theme"),
        licences=(licence,) if licence else (),
        origin=NAME,
    )
    return Extraction(packages=(package,))
