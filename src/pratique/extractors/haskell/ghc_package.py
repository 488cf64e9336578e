"""
List the Haskell packages that GHC knows as installed (``*.conf`` of a package database).

Law: each file of ``package.conf.d`` (GHC, Debian) or ``package.db`` (cabal's store) registers one
library. Inner libraries of a package (``package-name``) count as that package.
Bounds: those of ``formats.packages.deb822``.
Source: https://downloads.haskell.org/ghc/latest/docs/users_guide/packages.html
(InstalledPackageInfo)
"""

from pratique.extractors.haskell._hackage import split_identifier
from pratique.formats.packages.damaged import is_word
from pratique.formats.packages.deb822 import stanzas
from pratique.formats.purl import language_purl
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "ghc_package"
VERSION = 1
PATTERNS = Patterns(globs=("package.conf.d/*.conf", "package.db/*.conf"), max_bytes=1 << 20)
_FIELDS = frozenset((b"name", b"package-name", b"version", b"license", b"depends"))
_NO_LICENCES = frozenset(("", "OtherLicense", "UnspecifiedLicense", "NONE"))


def extract_file(file: LayerFile) -> Extraction:
    """Return the package that a file registers."""
    # Blank lines have no meaning here: one file is one stanza.
    content = b"\n".join(line for line in file.content().splitlines() if line.strip())
    fields = next(stanzas(content, _FIELDS), {})
    name = fields.get(b"package-name", "") or fields.get(b"name", "")
    version = fields.get(b"version", "")
    if not is_word(name) or not is_word(version):
        raise FormatError("no name and version")
    licence = fields.get(b"license", "")
    package = Package(
        type=PackageType.HACKAGE,
        name=name,
        version=version,
        purl=language_purl(PackageType.HACKAGE, name, version),
        licences=() if licence in _NO_LICENCES else (licence,),
        depends=_depends(fields.get(b"depends", "")),
        origin=NAME,
    )
    return Extraction(packages=(package,))


def _depends(text: str) -> tuple[str, ...]:
    # base-4.17.0.0, or aeson-2.1.0.0-5f3c… with the hash of a build.
    names = set()
    for word in text.split():
        name = split_identifier(word)[0] or split_identifier(word.rpartition("-")[0])[0]
        names.add(name)
    return tuple(sorted(names - {""}))
