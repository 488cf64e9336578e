"""
List the packages that Paket locked (paket.lock).

Sections ``NUGET`` of all groups: a package stands at four spaces as ``Name (version)``, what it needs
at six. Files from Git repositories and other places are no packages. What a group is for is not said.
Bounds: one pass over the lines.
Source: https://fsprojects.github.io/Paket/lock-file.html, fsprojects/Paket LockFile.fs.
"""

from msgspec import Struct, field

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "paket_lock"
VERSION = 1
PATTERNS = Patterns(names=("paket.lock",), max_bytes=16 << 20)
_SECTIONS = frozenset({"NUGET", "GITHUB", "GIST", "GIT", "HTTP", "CLITOOL"})


class _Locked(Struct):
    line: str
    needs: list[str] = field(default_factory=list)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    lines = file.content().decode("utf-8-sig", "replace").splitlines()
    if any(line.startswith(("<<<<<<<", ">>>>>>>")) for line in lines):
        raise FormatError("the lock file holds an unresolved merge")
    pins = Pins(NAME)
    for locked in _locked(lines):
        name, _, rest = locked.line.partition(" (")
        version, close, _ = rest.partition(")")
        if not close:
            pins.leave_out(locked.line)
            continue
        pins.add(
            Pin(
                type=PackageType.NUGET,
                name=name.strip(),
                version=version,
                depends=tuple(locked.needs),
            )
        )
    return pins.done()


def _locked(lines: list[str]) -> list[_Locked]:
    section = ""
    found: list[_Locked] = []
    for line in lines:
        bare = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if indent == 0:
            section = bare if bare in _SECTIONS else ""
        elif section not in ("NUGET", "CLITOOL") or not bare:
            continue
        elif indent == 4:
            found.append(_Locked(bare))
        elif indent == 6 and found:
            found[-1].needs.append(bare.partition(" ")[0])
    return found
