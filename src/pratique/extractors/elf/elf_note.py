"""
List the package that an ELF program says it belongs to.

Distributions (Fedora, Debian, Azure Linux…) and makers of containers write a note into each
program. It names the *source* package, and stays when the program is copied into an image that has
no package database. Whether it says anything new, a single file cannot tell: ``extractors.noted``
drops what a database of the same image lists.
Law: a note without a name and a version names no package.
Source: ``formats/programs/elf_notes``.
"""

from pratique.extractors.interface import partly_read
from pratique.formats.packages.damaged import is_word
from pratique.formats.programs.elf import MAGIC
from pratique.formats.programs.elf_notes import PackageNote, read_package_note
from pratique.formats.programs.program import read_program
from pratique.formats.purl import package_url
from pratique.kit.limits import DEFAULT
from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "elf_note"
VERSION = 1
PATTERNS = Patterns(magics=(MAGIC,), max_bytes=DEFAULT.unit_file_bytes)

_TYPES = {
    "alpm": PackageType.ALPM,
    "apk": PackageType.APK,
    "deb": PackageType.DEB,
    "pacman": PackageType.ALPM,
    "rpm": PackageType.RPM,
}


def extract_file(file: LayerFile) -> Extraction:
    """
    Return the package one program belongs to, by its own word.

    Raises:
        FormatError: a damaged program or note.
    """
    program = read_program(file)
    note = read_package_note(file, program) if program else None
    if note is None:
        return Extraction()
    if not is_word(note.name) or not is_word(note.version):
        return Extraction(unknowns=(partly_read(NAME, "", "a package note without a name"),))
    return Extraction(packages=(_package(note),))


def _package(note: PackageNote) -> Package:
    kind = _TYPES.get(note.type.lower(), PackageType.GENERIC)
    namespace = note.os.lower() if kind is not PackageType.GENERIC else ""
    distro = "-".join(filter(None, (note.os.lower(), note.os_version)))
    known = is_word(note.architecture)
    qualifiers = {
        "arch": note.architecture if known else "",
        "distro": distro if is_word(distro) else "",
    }
    return Package(
        type=kind,
        name=note.name,
        version=note.version,
        purl=package_url(kind, note.name, note.version, namespace, qualifiers),
        arch=qualifiers["arch"],
        source_name=note.name if kind is not PackageType.GENERIC else "",
        source_version=note.version if kind is not PackageType.GENERIC else "",
        origin=NAME,
    )
