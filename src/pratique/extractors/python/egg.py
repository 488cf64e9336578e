"""
List the Python packages that lie in the image as packed eggs (``x.egg``, a zip file).

Law: Python imports from such a file as it is, so it is installed. Its metadata is the member
EGG-INFO/PKG-INFO.
Bounds: ``METADATA_BYTES`` unpacked, and those of ``formats.zip``.
Source: https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html
"""

from pratique.extractors._places import among_python_tests
from pratique.extractors.python._installed import installed
from pratique.formats.packages.python_metadata import HEADER_BYTES
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from pratique.model.units import LayerFile, Patterns

NAME = "egg"
VERSION = 1
PATTERNS = Patterns(suffixes=(".egg",), max_bytes=256 << 20)
METADATA_BYTES = 8 << 20
"""The largest metadata with its description that is unpacked; PyPI refuses far smaller ones."""
_MEMBER = b"EGG-INFO/PKG-INFO"


def extract_file(file: LayerFile) -> Extraction:
    """Return the package that the egg holds."""
    if among_python_tests(file.path):
        return Extraction()
    stem = file.path.rpartition("/")[2].removesuffix(".egg")
    return installed(NAME, _metadata(file)[:HEADER_BYTES], stem)


def _metadata(file: LayerFile) -> bytes:
    from pratique.formats.zip.archive import ZipArchive  # only an image with an egg needs it

    archive = ZipArchive(file.open())
    members = archive.members(lambda name: name == _MEMBER)
    if not members:
        raise FormatError("the egg has no EGG-INFO/PKG-INFO")
    return archive.read(members[-1], METADATA_BYTES)
