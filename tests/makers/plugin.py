"""Install plugins for one test: modules and the ``dist-info`` that names them as entry points."""

from collections.abc import Mapping
from pathlib import Path

EXTRACTOR = '''"""List one package that nobody installed."""

from pratique.model.package import Extraction, Package, PackageType
from pratique.model.units import Patterns

NAME = "acme-list"
VERSION = 1
PATTERNS = Patterns(names=("acme.list",))


def extract(tree):
    purl = "pkg:generic/anvil@7"
    package = Package(type=PackageType.GENERIC, name="anvil", version="7", purl=purl)
    return Extraction(packages=(package,))
'''
REPORT = '''"""Count the packages."""

NAME = "acme-count"
MEDIA_TYPE = "text/plain"
SUFFIX = ".txt"


def render(report, style):
    return b"%d packages\\n" % len(report.subjects[0].packages)
'''
ENRICHER = '''"""Say who looks after it."""

from msgspec.structs import replace

NAME = "acme-owner"
ORDER = 90


def enrich(finding, lookup):
    return replace(finding, title="ask the anvil team")
'''


def install(site: Path, distribution: str, units: Mapping[str, str], **modules: str) -> Path:
    """
    Write a distribution into the folder ``site``, which a test puts on ``sys.path``.

    Args:
        site: the folder.
        distribution: its name; the version is 2.5.
        units: ``FAMILY:NAME`` -> the module that is the unit.
        modules: name -> source of each module.
    """
    info = site / f"{distribution}-2.5.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 2.5\n")
    sections: dict[str, list[str]] = {}
    for unit, module in units.items():
        family, _, name = unit.partition(":")
        sections.setdefault(family, []).append(f"{name} = {module}\n")
    text = "".join(f"[pratique.{f}]\n{''.join(lines)}\n" for f, lines in sections.items())
    (info / "entry_points.txt").write_text(text)
    for name, source in modules.items():
        (site / f"{name}.py").write_text(source)
    return site
