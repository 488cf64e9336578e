"""
List what ``yarn.lock`` of Yarn 2 and later ("berry") pins.

The file is YAML; ``resolution`` says what a dependency really is: ``name@npm:version``, a patched
one (``name@patch:name@npm%3A1.0.0#…``), git or an archive. Workspaces, links and portals
(``linkType: soft``) are the project's own folders and have no version there; one copied from a
folder (``file:``) is listed as unpublished. It does not say what is for development.
Source: https://yarnpkg.com/configuration/manifest ("resolution") and yarnpkg/berry,
packages/yarnpkg-core/sources/Project.ts (``LOCKFILE_VERSION``).
"""

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.extractors.javascript._npm import is_name, is_version, split_reference
from pratique.extractors.javascript._yarn import is_berry
from pratique.formats.documents.value import Value, mapping, text
from pratique.formats.documents.yaml import parse_yaml
from pratique.model.package import Extraction, PackageType
from pratique.model.units import LayerFile, Patterns

NAME = "yarn_berry"
VERSION = 1
PATTERNS = Patterns(names=("yarn.lock",), max_bytes=16 << 20)


def extract_file(file: LayerFile) -> Extraction:
    """Return the packages that the lock file pins."""
    if inside_dependency(file.path):
        return Extraction()
    content = file.content()
    if not is_berry(content):
        return Extraction()
    entries = {key: mapping(value) for key, value in mapping(parse_yaml(content)).items()}
    entries.pop("__metadata", None)
    places = {
        pattern.strip(): f"{_name(entry)}@{text(entry.get('version'))}"
        for key, entry in entries.items()
        for pattern in key.split(",")
    }
    pins = Pins(NAME)
    for key, entry in entries.items():
        if text(entry.get("linkType")) != "soft":
            _add(pins, key, entry, places)
    return pins.done()


def _add(pins: Pins, key: str, entry: dict[str, Value], places: dict[str, str]) -> None:
    name, version = _name(entry), text(entry.get("version"))
    if not is_name(name) or not is_version(version):
        pins.leave_out(f"{key} {version}")
        return
    needs = mapping(entry.get("dependencies")).items()
    # Lock files before version 8 leave ``npm:`` out of ranges.
    wanted = ((f"{need}@{text(range_)}", f"{need}@npm:{text(range_)}") for need, range_ in needs)
    depends = tuple(places[one] for either in wanted for one in either if one in places)
    pins.add(
        Pin(
            type=PackageType.NPM,
            name=name,
            version=version,
            depends=depends,
            unpublished="@file:" in text(entry.get("resolution")),
        )
    )


def _name(entry: dict[str, Value]) -> str:
    return split_reference(text(entry.get("resolution")))[0]
