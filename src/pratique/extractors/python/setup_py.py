r"""
List what ``setup.py`` pins in plain text (``"name==version"``).

Law: the program is not run. Only a string literal that as a whole line is a requirement with ``==``
and a literal version is a pin; what is put together from variables is not known and passed over.
What it is for (installation, tests, extras) cannot be told without running it.
Bounds: linear; one pass over the characters.
Source: https://setuptools.pypa.io/en/latest/references/keywords.html (install_requires)
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.python.requirements import add_requirement, exact_version
from pratique.formats.packages.python_metadata import requirement_name
from pratique.model.errors import FormatError
from pratique.model.package import Extraction
from pratique.model.units import LayerFile, Patterns

NAME = "setup_py"
VERSION = 1
PATTERNS = Patterns(names=("setup.py",), max_bytes=1 << 20)
LITERAL_CHARS = 20_000
_PLACEHOLDERS = frozenset("{}%$\\")


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that a setup.py pins literally."""
    if inside_dependency(file.path):
        return Extraction()
    content = file.content()
    if b"\0" in content:
        raise FormatError("not a text file")
    pins = Pins(NAME)
    for literal in literals(content.decode(errors="replace")):
        for line in literal.splitlines():
            if _is_pin(line.strip()):
                add_requirement(pins, line.strip())
    return pins.done()


def literals(source: str) -> Iterator[str]:
    r"""
    Yield the string literals of Python source, as written between their quotes.

    >>> list(literals('a = "x==1"  # "no"\nb = \'\'\'y\'\'\''))
    ['x==1', 'y']
    """
    at, length = 0, len(source)
    while at < length:
        char = source[at]
        if char == "#":
            at = _after(source, "\n", at)
        elif char in "\"'":
            quote = char * 3 if source.startswith(char * 3, at) else char
            end = _closing(source, quote, at + len(quote))
            if end - at <= LITERAL_CHARS:
                yield source[at + len(quote) : end]
            at = end + len(quote)
        else:
            at += 1


def _after(source: str, end: str, at: int) -> int:
    found = source.find(end, at)
    return found + 1 if found >= 0 else len(source)


def _closing(source: str, quote: str, at: int) -> int:
    """Return where the literal ends: its quote, not behind a backslash, or its line if unclosed."""
    while at < len(source):
        if source[at] == "\\":
            at += 2
        elif source.startswith(quote, at) or (source[at] == "\n" and len(quote) == 1):
            return at
        else:
            at += 1
    return len(source)


def _is_pin(line: str) -> bool:
    if "==" not in line or not _PLACEHOLDERS.isdisjoint(line):
        return False
    name = requirement_name(line)
    rest = line[len(name) :].partition(";")[0].strip()
    if rest.startswith("["):
        rest = rest.partition("]")[2].strip()
    return bool(name) and name[0].isalpha() and rest.startswith("==") and bool(exact_version(rest))
