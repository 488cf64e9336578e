"""
List what ``cpanfile.snapshot`` locks (Carton and Carmel of Perl).

Law: each block under DISTRIBUTIONS is one distribution; its requirements are modules, which lead to
the distributions that provide them. Perl itself is none.
Bounds: linear; ``Limits.packages`` distributions.
Source: Carton::Snapshot::Parser, https://metacpan.org/pod/Carton
"""

from msgspec import Struct, field

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.perl._distributions import author_of, split_distribution
from pratique.formats.purl import package_url
from pratique.kit.limits import DEFAULT
from pratique.model.errors import FormatError, LimitExceeded
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "cpanfile_snapshot"
VERSION = 1
PATTERNS = Patterns(names=("cpanfile.snapshot",), max_bytes=4 << 20)
_START = "DISTRIBUTIONS"


class _Distribution(Struct):
    title: str
    pathname: str = ""
    provides: list[str] = field(default_factory=list)
    requires: list[str] = field(default_factory=list)


def extract_file(file: LayerFile) -> Extraction:
    """Return the distributions of a snapshot."""
    if inside_dependency(file.path):
        return Extraction()
    distributions = _parse(file.content())
    providers = {
        module: split_distribution(one.title)[0] for one in distributions for module in one.provides
    }
    pins = Pins(NAME)
    for one in distributions:
        pins.add(_pin(one, providers))
    return pins.done()


def _pin(one: _Distribution, providers: dict[str, str]) -> Pin:
    name, version = split_distribution(one.title)
    depends = {providers[module] for module in one.requires if module in providers}
    return Pin(
        type=PackageType.CPAN,
        name=name,
        version=version,
        purl=package_url("cpan", name, version, author_of(one.pathname)),
        depends=tuple(sorted(depends - {name})),
    )


def _parse(content: bytes) -> list[_Distribution]:
    lines = content.decode(errors="replace").splitlines()
    if _START not in lines:
        raise FormatError("not a snapshot of Carton: no DISTRIBUTIONS")
    found: list[_Distribution] = []
    section = ""
    for line in lines[lines.index(_START) + 1 :]:
        word = line.strip()
        indent = len(line) - len(line.lstrip(" "))
        if not word:
            continue
        if indent == 2:
            found.append(_Distribution(word))
            if len(found) > DEFAULT.packages:
                raise LimitExceeded(f"more than {DEFAULT.packages} packages (packages)")
        elif indent == 4:
            section, _, value = word.partition(":")
            if found and section == "pathname":
                found[-1].pathname = value.strip()
        elif indent == 6 and found:
            _keep(found[-1], section, word.split(" ", 1)[0])
    return found


def _keep(distribution: _Distribution, section: str, module: str) -> None:
    if section == "provides":
        distribution.provides.append(module)
    elif section == "requirements":
        distribution.requires.append(module)
