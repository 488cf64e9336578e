"""
List what ``Gemfile.lock`` (``gems.locked``) pins.

Sections ``GEM``, ``GIT``, ``PATH`` and ``PLUGIN SOURCE`` hold ``specs:``; a gem stands at four
spaces as ``name (version[-platform])``, what it needs at six. The same version for several
platforms is one package. A gem of ``PATH`` is the project's own code and is listed as unpublished.
Groups (development, test) are in the Gemfile only.
Bounds: one pass over the lines, ``Limits.packages`` gems. Source: rubygems/rubygems,
bundler/lib/bundler/lockfile_parser.rb
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "gemfile_lock"
VERSION = 1
PATTERNS = Patterns(names=("Gemfile.lock", "Gemfile.next.lock", "gems.locked"), max_bytes=16 << 20)
_SECTIONS = ("GEM", "GIT", "PATH", "PLUGIN SOURCE")
_KNOWN = (*_SECTIONS, "PLATFORMS", "DEPENDENCIES", "RUBY VERSION", "BUNDLED WITH", "CHECKSUMS")


class _Spec:
    """One gem and the names below it."""

    def __init__(self, section: str, line: str) -> None:
        self.section, self.line = section, line
        self.needs: list[str] = []


def extract_file(file: LayerFile) -> Extraction:
    """Return the gems that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    lines = file.content().decode("utf-8-sig", "replace").splitlines()
    if any(line.startswith(("<<<<<<<", ">>>>>>>")) for line in lines):
        raise FormatError("the lock file holds an unresolved merge")
    if not any(line in _KNOWN for line in lines) and any(line.strip() for line in lines):
        raise FormatError("no lock file of Bundler: none of its sections")
    pins = Pins(NAME)
    for spec in _specs(lines):
        _add(pins, spec)
    return pins.done()


def _specs(lines: list[str]) -> list[_Spec]:
    section, inside = "", False
    found: list[_Spec] = []
    for line in lines:
        bare = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if indent == 0:
            section, inside = bare, False
        elif indent == 2:
            inside = bare == "specs:" and section in _SECTIONS
        elif inside and indent == 4:
            found.append(_Spec(section, bare))
            if len(found) > DEFAULT.packages:
                raise LimitExceeded(f"more than {DEFAULT.packages} packages (packages)")
        elif inside and indent == 6 and found:
            found[-1].needs.append(bare.partition(" ")[0].removesuffix("!"))
    return found


def _add(pins: Pins, spec: _Spec) -> None:
    name, _, rest = spec.line.partition(" (")
    version = rest.removesuffix(")").partition("-")[0]
    if not rest.endswith(")") or not version[:1].isdigit():
        pins.leave_out(spec.line)
        return
    pins.add(
        Pin(
            type=PackageType.GEM,
            name=name,
            version=version,
            depends=tuple(spec.needs),
            unpublished=spec.section == "PATH",
        )
    )
