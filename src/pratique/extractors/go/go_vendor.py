"""
List the modules whose source lies in a Go project's ``vendor`` folder, by ``vendor/modules.txt``.

Law: a module is listed when packages of it were copied; lines without packages say what go.mod
requires or would replace. A replaced module is its replacement, one replaced by a folder is left
out. Source that was copied to build from is declared, not installed: programs say themselves what
is in them.
Source: ``cmd/go/internal/modcmd/vendor.go``, https://go.dev/ref/mod#vendoring.
"""

from collections.abc import Iterator

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import ignored_by_go, inside_dependency
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "go_vendor"
VERSION = 1
PATTERNS = Patterns(globs=("vendor/modules.txt",), max_bytes=16 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """
    Return the modules of a vendor/modules.txt.

    Raises:
        FormatError: no such file.
    """
    if inside_dependency(file.path) or ignored_by_go(file.path):
        return Extraction()
    try:
        text = file.content().decode()
    except UnicodeDecodeError:
        raise FormatError("a modules.txt that is not UTF-8 text") from None
    pins = Pins(NAME)
    for header in _copied(text):
        words = header.split()
        new = words[words.index("=>") + 1 :] if "=>" in words else words
        if len(new) == 2:
            pins.add(Pin(type=PackageType.GOLANG, name=new[0], version=new[1]))
        elif "=>" not in words:
            pins.leave_out(header)
    return pins.done()


def _copied(text: str) -> Iterator[str]:
    """Yield the headers of modules that packages follow."""
    header = ""
    for line in text.splitlines():
        if line.startswith("# "):
            header = line[2:]
        elif line and not line.startswith("#"):
            if header:
                yield header
            header = ""
