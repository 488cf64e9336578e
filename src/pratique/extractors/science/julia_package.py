"""
List the Julia packages of a depot and the standard library (their ``Project.toml``).

Law: Julia unpacks a package to ``packages/NAME/SLUG`` of a depot (~/.julia); a Project.toml there
with name, UUID and version is an installed package, as is one of ``stdlib/vX.Y/NAME``. Any other
Project.toml is somebody's source.
Source: https://pkgdocs.julialang.org/v1/toml-files/#Project.toml,
https://docs.julialang.org/en/v1/manual/code-loading/
"""

from pratique.extractors.science._julia import julia_url
from pratique.formats.documents.toml import parse_toml
from pratique.formats.documents.value import mapping, text
from pratique.formats.packages.damaged import is_word
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "julia_package"
VERSION = 1
PATTERNS = Patterns(
    globs=(
        "packages/*/*/Project.toml",
        "packages/*/*/JuliaProject.toml",
        "stdlib/v*/*/Project.toml",
    ),
    max_bytes=1 << 20,
)


def extract_file(file: LayerFile) -> Extraction:
    """Return the package whose Project.toml this is."""
    project = parse_toml(file.content())
    name, version, uuid = (text(project.get(key)) for key in ("name", "version", "uuid"))
    folders = file.path.split("/")
    if not uuid or not is_word(name) or not is_word(version) or name not in folders[-3:-1]:
        return Extraction()
    package = Package(
        type=PackageType.JULIA,
        name=name,
        version=version,
        purl=julia_url(name, version, uuid),
        licences=(licence,) if (licence := text(project.get("license"))) else (),
        depends=tuple(sorted(one for one in mapping(project.get("deps")) if is_word(one))),
        origin=NAME,
    )
    return Extraction(packages=(package,))
