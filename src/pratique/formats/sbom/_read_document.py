"""Hold what the readers of the SBOM formats found, before it is judged."""

from msgspec import Struct

from pratique.formats.sbom._read_package import Listed
from pratique.model.distro import Distro


class Problem(Struct, frozen=True):
    """A part of the document that could not be read, and why."""

    part: str
    reason: str


class Document(Struct):
    """
    What one document lists.

    ``diff_ids`` are the image's layers, lowest first, where the document says so.
    """

    format: str
    packages: list[Listed] = []
    distros: list[Distro] = []
    diff_ids: list[str] = []
    problems: list[Problem] = []
