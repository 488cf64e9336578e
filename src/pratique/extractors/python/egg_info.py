"""
List the Python packages that setuptools or distutils installed (``egg-info``).

Three shapes: a folder ``x.egg-info`` with PKG-INFO (also beside the source of a development
installation), a flat file ``x.egg-info`` that is the PKG-INFO itself, and an unpacked egg
(``x.egg/EGG-INFO/PKG-INFO``). What they need stands in a file beside them (requires.txt) unless
PKG-INFO repeats it.
Bounds: ``HEADER_BYTES`` of a file.
Source: https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html
"""

from pratique.extractors._places import among_python_tests
from pratique.extractors.python._installed import installed
from pratique.formats.packages.python_metadata import HEADER_BYTES
from pratique.model.package import Extraction
from pratique.model.units import LayerFile, Patterns

NAME = "egg_info"
VERSION = 1
PATTERNS = Patterns(
    suffixes=(".egg-info/PKG-INFO", "/EGG-INFO/PKG-INFO", ".egg-info"), max_bytes=64 << 20
)


def extract_file(file: LayerFile) -> Extraction:
    """Return the package whose PKG-INFO this is."""
    if among_python_tests(file.path):
        return Extraction()
    return installed(NAME, file.read(0, HEADER_BYTES), _stem(file.path))


def _stem(path: str) -> str:
    own = path.removesuffix("/PKG-INFO").removesuffix("/EGG-INFO")
    return own.rpartition("/")[2].removesuffix(".egg-info").removesuffix(".egg")
