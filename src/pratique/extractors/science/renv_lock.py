"""
List what ``renv.lock`` locks (renv of R).

Law: each entry of ``Packages`` is one package, from CRAN, Bioconductor or a repository alike; one of
``Source: Local`` is unpublished. R itself, which the file names too, is no package.
Source: https://rstudio.github.io/renv/reference/lockfiles.html
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.formats.documents.json import parse_json
from pratique.formats.documents.value import Value, items, mapping, text
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "renv_lock"
VERSION = 1
PATTERNS = Patterns(names=("renv.lock",), max_bytes=16 << 20)
_NEEDS = ("Requirements", "Depends", "Imports", "LinkingTo")


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages of a renv.lock."""
    if inside_dependency(file.path):
        return Extraction()
    lock = parse_json(file.content(), dict[str, object])
    if "Packages" not in lock and "R" not in lock:
        raise FormatError("neither R nor Packages is there")
    pins = Pins(NAME)
    for name, entry in mapping(lock.get("Packages")).items():
        pins.add(_pin(name, mapping(entry)))
    return pins.done()


def _pin(name: str, entry: dict[str, Value]) -> Pin:
    licence = text(entry.get("License"))
    return Pin(
        type=PackageType.CRAN,
        name=text(entry.get("Package")) or name,
        version=text(entry.get("Version")),
        depends=tuple(_depends(entry)),
        licences=(licence,) if licence else (),
        unpublished=text(entry.get("Source")) == "Local",
    )


def _depends(entry: dict[str, Value]) -> Iterator[str]:
    # renv 1.1 copies the fields of DESCRIPTION, with versions; older ones list bare names.
    for field in _NEEDS:
        for one in items(entry.get(field)):
            yield text(one).partition("(")[0].strip()
