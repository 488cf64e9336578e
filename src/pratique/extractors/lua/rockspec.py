"""
List Lua packages by their rockspecs.

Law: LuaRocks copies the rockspec of what it installs to ``NAME/VERSION/`` of its tree; there it is
installed. Elsewhere it is a source's own description, which is listed as declared unless its version
is a state of development (``scm``, ``dev``). The program text is not run: where it puts name and
version together, the file's name, which LuaRocks requires to be ``NAME-VERSION``, says them.
Source: https://github.com/luarocks/luarocks/blob/main/docs/rockspec_format.md
"""

from pratique.extractors._places import inside_dependency
from pratique.formats.packages.damaged import is_word
from pratique.formats.packages.lua import Path, assignments
from pratique.formats.purl import language_purl
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "rockspec"
VERSION = 1
PATTERNS = Patterns(suffixes=(".rockspec",), max_bytes=512 << 10)
_UNRELEASED = ("scm-", "dev-", "cvs-", "git-", "master-")


def extract_file(file: LayerFile) -> Extraction:
    """Return the package whose rockspec this is."""
    found = assignments(file.content())
    stem = file.path.rpartition("/")[2].removesuffix(".rockspec")
    name, version = _one(found, "package"), _one(found, "version")
    if not is_word(name) or not is_word(version):
        name, version = _from_stem(stem)
    installed = file.path.endswith(f"/{name}/{version}/{stem}.rockspec")
    if not installed and (version.startswith(_UNRELEASED) or inside_dependency(file.path)):
        return Extraction()
    package = Package(
        type=PackageType.LUAROCKS,
        name=name,
        version=version,
        purl=language_purl(PackageType.LUAROCKS, name, version),
        licences=(licence,) if (licence := _one(found, "description", "license")) else (),
        depends=_depends(found),
        declared=not installed,
        origin=NAME,
    )
    return Extraction(packages=(package,))


def _one(found: dict[Path, list[str]], *place: str) -> str:
    values = found.get(place, [])
    return values[-1] if values else ""


def _depends(found: dict[Path, list[str]]) -> tuple[str, ...]:
    firsts = {one.split(None, 1)[0] for one in found.get(("dependencies",), []) if one.strip()}
    names = {first.partition("=")[0].rstrip("<>~") for first in firsts}
    return tuple(sorted(name for name in names if is_word(name) and name != "lua"))


def _from_stem(stem: str) -> tuple[str, str]:
    parts = stem.rsplit("-", 2)
    if len(parts) != 3 or not is_word(stem) or not all(parts):
        raise FormatError("neither the rockspec nor its file name says a name and version")
    return parts[0], f"{parts[1]}-{parts[2]}"
