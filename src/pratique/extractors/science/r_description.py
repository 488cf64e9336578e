"""
List the R packages of a library (``DESCRIPTION`` files of installed packages).

Law: R writes ``Built`` into the DESCRIPTION of what it installs, so a DESCRIPTION with it is an
installed package and one without is somebody's source. Packages that come with R (``Priority:
base``) are listed like the others. Files of that name that other programs write are passed over.
Bounds: those of ``formats.packages.deb822``.
Source: https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file
"""

from pratique.formats.packages.damaged import is_word
from pratique.formats.packages.deb822 import stanzas
from pratique.formats.purl import language_purl
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "r_description"
VERSION = 1
PATTERNS = Patterns(names=("DESCRIPTION",), max_bytes=1 << 20)
_FIELDS = frozenset(
    (b"package", b"version", b"license", b"depends", b"imports", b"linkingto", b"built")
)
_NEEDS = (b"depends", b"imports", b"linkingto")


def extract_file(file: LayerFile) -> Extraction:
    """Return the package whose DESCRIPTION this is, if R installed it."""
    content = file.content()
    fields = next(stanzas(content.replace(b"\r\n", b"\n"), _FIELDS), {})
    name, version = fields.get(b"package", ""), fields.get(b"version", "")
    if not fields.get(b"built") or not is_word(name) or not is_word(version):
        return Extraction()
    package = Package(
        type=PackageType.CRAN,
        name=name,
        version=version,
        purl=language_purl(PackageType.CRAN, name, version),
        licences=(licence,) if (licence := fields.get(b"license", "")) else (),
        depends=_names(*(fields.get(field, "") for field in _NEEDS)),
        origin=NAME,
    )
    return Extraction(packages=(package,))


def _names(*lists: str) -> tuple[str, ...]:
    entries = (entry.strip() for one in lists for entry in one.split(","))
    names = {entry.partition("(")[0].strip() for entry in entries}
    return tuple(sorted(name for name in names if is_word(name) and name != "R"))
