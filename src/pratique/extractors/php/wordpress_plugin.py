"""
List WordPress plugins: PHP files directly in ``wp-content/plugins/SLUG/`` with a plugin header.

The name is the folder's (the slug, by which wordpress.org and its advisories know it), for plugins
of a single file the file's; so also in ``mu-plugins``, which WordPress always runs.
Bounds: the first 8 KiB of a file, as in WordPress.
Source: https://developer.wordpress.org/plugins/plugin-basics/header-requirements/
"""

from pratique.extractors.interface import partly_read
from pratique.extractors.php._wordpress import HEADER_BYTES, header_fields
from pratique.formats.packages.damaged import is_word, shown
from pratique.formats.purl import language_purl
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "wordpress_plugin"
VERSION = 1
PATTERNS = Patterns(
    globs=(
        "wp-content/plugins/*.php",
        "wp-content/plugins/*/*.php",
        "wp-content/mu-plugins/*.php",
    ),
    max_bytes=64 << 20,
)
_FOLDERS = ("plugins", "mu-plugins")


def extract_file(file: LayerFile) -> Extraction:
    """Return the plugin whose main file this is, if it is one."""
    fields = header_fields(file.read(0, HEADER_BYTES))
    version = fields.get("version", "")
    if not fields.get("plugin name") or not version:
        return Extraction()
    folder, name = file.path.split("/")[-2:]
    slug = name.removesuffix(".php") if folder in _FOLDERS else folder
    if not is_word(slug) or not is_word(version):
        reason = f"no plugin: {shown(slug)}, version {shown(version)}"
        return Extraction(unknowns=(partly_read(NAME, "", reason),))
    licence = fields.get("license", "")
    package = Package(
        type=PackageType.WORDPRESS_PLUGIN,
        name=slug,
        version=version,
        purl=language_purl(PackageType.WORDPRESS_PLUGIN, slug, version),
        licences=(licence,) if licence else (),
        origin=NAME,
    )
    return Extraction(packages=(package,))
