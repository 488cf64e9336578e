"""
List what an environment file of conda pins exactly.

Law: ``name=version=build`` and ``name==version`` are pins; ``name=1.2`` stands for every 1.2.x and
is none. What is listed under ``pip`` follows the rules of requirements files. Files exported with
``conda env export`` pin everything.
Source: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.conda._conda import conda_url
from pratique.extractors.python.requirements import add_requirement
from pratique.formats.documents.value import items, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.formats.packages.damaged import is_word
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "environment_yml"
VERSION = 1
PATTERNS = Patterns(
    globs=("environment*.yml", "environment*.yaml", "*conda-env*.yml", "*conda-env*.yaml"),
    max_bytes=1 << 20,
)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that an environment file pins."""
    if inside_dependency(file.path):
        return Extraction()
    pins = Pins(NAME)
    # Other programs call files of theirs so too: without a list of dependencies it is one of those.
    for entry in items(mapping(parse_yaml(file.content())).get("dependencies")):
        if isinstance(entry, str):
            _add(pins, entry)
        for requirement in items(mapping(entry).get("pip")):
            add_requirement(pins, text(requirement).strip())
    return pins.done()


def _add(pins: Pins, specification: str) -> None:
    channel, _, bare = specification.strip().rpartition("::")
    found = pinned(bare)
    if found is None:
        return
    name, version, build = found
    qualifiers = {"build": build, "channel": channel.rpartition("/")[2]}
    pins.add(
        Pin(
            type=PackageType.CONDA,
            name=name,
            version=version,
            purl=conda_url(name, version, qualifiers),
        )
    )


def pinned(specification: str) -> tuple[str, str, str] | None:
    """
    Return name, version and build of an exact match specification, or None.

    >>> pinned("zlib=1.2.13=hd590300_5"), pinned("numpy==1.26.4"), pinned("python=3.11")
    (('zlib', '1.2.13', 'hd590300_5'), ('numpy', '1.26.4', ''), None)
    >>> pinned("openssl 3.0.2 h166bdaf_1")
    ('openssl', '3.0.2', 'h166bdaf_1')
    """
    specification = specification.partition(" #")[0].partition("[")[0].strip()
    words = specification.split()
    parts = words if len(words) == 3 else "".join(words).split("=")
    if len(parts) == 3 and not parts[1]:  # name==version
        parts = [parts[0], parts[2], ""]
    if len(parts) == 4 and not parts[1]:  # name==version=build
        parts = [parts[0], *parts[2:]]
    if len(parts) != 3 or not (is_word(parts[0]) and is_word(parts[1])):
        return None
    name, version, build = parts
    loose = any(char in "<>!~*|," for char in name + version) or not version[0].isalnum()
    return None if loose or "*" in build else (name, version, build)
