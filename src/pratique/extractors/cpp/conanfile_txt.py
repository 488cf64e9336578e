"""
List what ``conanfile.txt`` requires at one version.

Law: a line ``name/version`` under ``[requires]`` is one package, one under ``[build_requires]``,
``[tool_requires]`` or ``[test_requires]`` is for development; ranges (``[>1.0]``) are no pins.
Source: https://docs.conan.io/2/reference/conanfile_txt.html
"""

from pratique.extractors._pins import Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.cpp._conan import pin_of
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "conanfile_txt"
VERSION = 1
PATTERNS = Patterns(names=("conanfile.txt",), max_bytes=512 << 10)
_SECTIONS = {
    "[requires]": Scope.RUNTIME,
    "[build_requires]": Scope.DEVELOPMENT,
    "[tool_requires]": Scope.DEVELOPMENT,
    "[test_requires]": Scope.DEVELOPMENT,
}


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that a conanfile.txt pins."""
    if inside_dependency(file.path):
        return Extraction()
    content = file.content()
    if b"\0" in content:
        raise FormatError("not a text file")
    pins = Pins(NAME)
    scope: Scope | None = None
    for raw in content.decode(errors="replace").splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]") and "/" not in line:
            scope = _SECTIONS.get(line)
            continue
        reference = "" if line.startswith("#") else line.partition(" #")[0].strip()
        if scope is not None and reference:
            pin = pin_of(reference, scope)
            if pin:
                pins.add(pin)
            elif "/[" not in reference:
                pins.leave_out(reference)
    return pins.done()
