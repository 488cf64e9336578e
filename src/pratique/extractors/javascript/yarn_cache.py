"""
List npm packages that Yarn 2 and later runs from its zip archives (Plug'n'Play).

With Plug'n'Play there is no ``node_modules``: ``.yarn/cache/*.zip`` of the project (or
``.yarn/berry/cache`` of the user) are what the program loads its modules from. Each holds one
package at ``node_modules/NAME``, and the packages bundled with it.
Bounds: those of zip archives (``Limits``); a ``package.json`` up to 4 MiB.
Source: https://yarnpkg.com/features/pnp, https://yarnpkg.com/features/caching
"""

from pratique.extractors.interface import partly_read
from pratique.extractors.javascript._manifest import installed_package
from pratique.extractors.javascript._npm import installed_as
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package
from pratique.model.units import LayerFile, Patterns
from pratique.model.unknown import Unknown

NAME = "yarn_cache"
VERSION = 1
PATTERNS = Patterns(globs=(".yarn/cache/*.zip", ".yarn/berry/cache/*.zip"), max_bytes=512 << 20)
_MANIFEST = b"/package.json"
_MANIFEST_BYTES = 4 << 20


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages in the archive."""
    from pratique.formats.zip.archive import ZipArchive  # only images with such archives pay

    archive = ZipArchive(file.open())
    packages: list[Package] = []
    unknowns: list[Unknown] = []
    for member in archive.members(lambda raw: raw.endswith(_MANIFEST)):
        folder = installed_as(member.name)
        if not folder:
            continue
        try:
            content = archive.read(member, _MANIFEST_BYTES)
            package = installed_package(content, folder, NAME, f"!{member.name}")
        except FormatError as error:
            unknowns.append(partly_read(NAME, f"!{member.name}", str(error)))
            continue
        packages += [package] if package else []
    return Extraction(packages=tuple(packages), unknowns=tuple(unknowns))
