r"""
List what requirements files of pip pin (``name==version``).

Law: a pin is ``==`` or ``===`` with one whole version (no ``*``), or a wheel's address, whose file
name says it. Ranges, bare names, options, editable and version-control lines are no pins and are
passed over; ``-r`` and ``-c`` are not followed, as those files are found by themselves. What is no
requirement at all is counted in an Unknown. A file that is called after tests, documentation or
development pins what is for development; pins that no Linux installs are optional.
Bounds: linear; lines over ``LINE_CHARS`` are not understood.
Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/; PEP 440, PEP 508.
"""

import codecs
from collections.abc import Iterator
from string import ascii_letters, digits

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.python._pypi import elsewhere, pinned_in_file_name
from pratique.formats.packages.damaged import is_word
from pratique.formats.packages.python_metadata import requirement_name
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "requirements"
VERSION = 2
PATTERNS = Patterns(
    globs=("*requirements*.txt", "requirements/*.txt", "*constraints*.txt"), max_bytes=2 << 20
)
LINE_CHARS = 1 << 18
"""One requirement with all its hashes; PyPI's most often built package needs 15,000."""
_DEVELOPMENT = frozenset(
    (
        *("dev", "devel", "develop", "development", "test", "tests", "testing", "lint", "linting"),
        *("doc", "docs", "ci", "typing", "mypy", "build", "tox"),
    )
)
_PAGES = (".rst.txt", ".md.txt")
"""Sources of pages as Sphinx puts them beside these: ``_sources/requirements.rst.txt``."""
_OPERATORS = "<>=!~"
_VERSION_CHARS = frozenset(ascii_letters + digits + "._-+!")
_CONDA = "# This file may be used to create an environment using:"
_SEPARATORS = str.maketrans("-_.", "   ")


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that a requirements file pins."""
    if inside_dependency(file.path) or file.path.endswith(_PAGES):
        return Extraction()
    text = _decoded(file.content())
    if text.startswith(_CONDA):
        # What conda exports is often called requirements.txt; conda_explicit reads it.
        return Extraction()
    pins = Pins(NAME)
    scope = scope_of_name(file.path)
    for line in _logical_lines(text):
        add_requirement(pins, line, scope)
    return pins.done()


def add_requirement(pins: Pins, line: str, scope: Scope = Scope.RUNTIME) -> None:
    """Take one requirement, with its options and marker; what is no pin is passed over."""
    if line.startswith("-") or "${" in line:
        # Options; and variables that pip takes from the environment of the build.
        return
    line = _without_options(line)
    requirement, _, marker = line.partition("; " if "://" in line else ";")
    name, version = _pin(requirement.strip())
    if name is None:
        pins.leave_out(line)
    elif version:
        scope = Scope.OPTIONAL if not scope and elsewhere(marker) else scope
        pins.add(Pin(type=PackageType.PYPI, name=name, version=version, scope=scope))


def scope_of_name(path: str) -> Scope:
    """
    Return what a requirements file is for, by the words of its own name.

    >>> scope_of_name("app/requirements-dev.txt"), scope_of_name("dev/requirements.txt")
    (<Scope.DEVELOPMENT: 'development'>, <Scope.RUNTIME: ''>)
    """
    words = path.rpartition("/")[2].removesuffix(".txt").lower().translate(_SEPARATORS).split()
    return Scope.RUNTIME if _DEVELOPMENT.isdisjoint(words) else Scope.DEVELOPMENT


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # PowerShell's redirection. The codec's name would import it, where no file may be opened.
        text = codecs.utf_16_decode(content, "replace", True)[0]
    else:
        text = content.decode(errors="replace")
    if "\0" in text:
        raise FormatError("not a text file")
    return text.lstrip("\ufeff")


def _logical_lines(text: str) -> Iterator[str]:
    """Yield lines without comments and blanks, those that a backslash continues joined."""
    parts: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            # A comment within a continued requirement, as pip-compile writes them, ends nothing.
            continue
        continued = line.endswith("\\")
        parts.append(line[:-1] if continued else line)
        if not continued:
            yield from _whole(parts)
            parts = []
    yield from _whole(parts)


def _whole(parts: list[str]) -> Iterator[str]:
    line = " ".join(part.strip() for part in parts).strip()
    for mark in (" #", "\t#"):
        line = line.partition(mark)[0].rstrip()
    if line:
        yield line


def _without_options(line: str) -> str:
    for option in (" --", "\t--"):
        line = line.partition(option)[0]
    return line.rstrip()


def _pin(requirement: str) -> tuple[str | None, str]:
    """Return name and version; a name without a pin and ""; or None and "" for no requirement."""
    if len(requirement) > LINE_CHARS:
        return None, ""
    name = requirement_name(requirement)
    rest = requirement[len(name) :].strip()
    if rest.startswith("["):
        rest = rest.partition("]")[2].strip()
    if "://" in name or "/" in name or name.startswith(".") or name.endswith(".whl"):
        return pinned_in_file_name(requirement)
    if rest.startswith("@"):
        return name, pinned_in_file_name(rest)[1]
    if not _is_name(name) or (rest and rest[0] not in "(" + _OPERATORS):
        return None, ""
    version = exact_version(rest)
    return (name, version) if _VERSION_CHARS.issuperset(version) else (None, "")


def exact_version(specifiers: str) -> str:
    """
    Return the one version that specifiers of PEP 440 leave, or "".

    >>> exact_version("==1.0"), exact_version("(===2.0, !=1)"), exact_version("==1.*,>=1")
    ('1.0', '2.0', '')
    """
    for part in specifiers.strip("() ").split(","):
        part = part.strip()
        if part.startswith("=="):
            version = part.lstrip("=").strip()
            if "*" not in version and is_word(version):
                return version
    return ""


def _is_name(name: str) -> bool:
    return (
        is_word(name)
        and name.isascii()
        and name[0].isalnum()
        and name[-1].isalnum()
        and all(char.isalnum() or char in "-_." for char in name)
    )
