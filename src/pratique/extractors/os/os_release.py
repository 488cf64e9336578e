"""
Say which distribution an image is built from (``etc/os-release`` and its older kin).

It yields no packages: only the distribution that matching, end of life and package URLs need.
"""

from pratique.extractors.os._identity import PATHS, identify
from pratique.formats.packages.os_release import FILE_BYTES
from pratique.model.package import Extraction
from pratique.model.units import FileTree, Patterns

NAME = "os_release"
VERSION = 1
PATTERNS = Patterns(paths=PATHS, max_bytes=FILE_BYTES)


def extract(tree: FileTree) -> Extraction:
    """Return the distribution of ``tree``."""
    found = identify(tree)
    return Extraction(distro=found.distro, unknowns=found.unknowns)
