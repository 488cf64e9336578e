"""
List the Python packages that an installer unpacked from wheels (``*.dist-info/METADATA``).

Law: one METADATA is one installed package, named as it writes itself; RECORD and INSTALLER need not
be there. Copies that other packages carry along (``setuptools/_vendor``) are packages at their own
place. Only the header is read, so a long description costs nothing.
Bounds: ``HEADER_BYTES`` of a file.
Source: https://packaging.python.org/en/latest/specifications/recording-installed-packages/
"""

from pratique.extractors._places import among_python_tests
from pratique.extractors.python._installed import installed
from pratique.formats.packages.python_metadata import HEADER_BYTES
from pratique.model.package import Extraction
from pratique.model.units import LayerFile, Patterns

NAME = "wheel"
VERSION = 1
_FOLDER = ".dist-info"
PATTERNS = Patterns(suffixes=(f"{_FOLDER}/METADATA", ".DIST-INFO/METADATA"), max_bytes=64 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the package whose METADATA this is."""
    if among_python_tests(file.path):
        return Extraction()
    folder = file.path.rpartition("/")[0].rpartition("/")[2]
    return installed(NAME, file.read(0, HEADER_BYTES), folder[: -len(_FOLDER)])
