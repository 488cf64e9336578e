"""
List the dependencies that an Apache Ivy module declares with exact revisions (ivy.xml).

A revision with ``+``, a range, ``latest.…`` or a property is no pin. A dependency that the module's
configurations for tests alone use is for development. Files of Ivy's cache describe other modules
and have other names.
Source: https://ant.apache.org/ivy/history/latest-milestone/ivyfile.html. Bounds: one module of at
most 4 MiB, a document type refused.
"""

from io import BytesIO

from pratique.extractors._pins import Pin, Pins
from pratique.extractors._places import inside_dependency
from pratique.model.errors import FormatError
from pratique.model.package import Extraction, PackageType, Scope
from pratique.model.units import LayerFile, Patterns

NAME = "ivy_xml"
VERSION = 1
PATTERNS = Patterns(names=("ivy.xml",), max_bytes=4 << 20)
_NO_PIN = ("${", "+", "[", "]", "(", ",", "latest.", "working@")


def extract_file(file: LayerFile) -> Extraction:
    """Return the pinned dependencies."""
    # Only files that need it pay for the XML parser.
    from pratique.formats.feeds.xml_records import records

    if inside_dependency(file.path):
        return Extraction()
    module = next(records(BytesIO(file.content()), {"ivy-module"}), None)
    if module is None:
        raise FormatError("no module of Ivy")
    pins = Pins(NAME)
    for listed in module.each("dependencies"):
        for one in listed.each("dependency"):
            group, name = one.attributes.get("org", ""), one.attributes.get("name", "")
            revision = one.attributes.get("rev", "")
            if not (group and name and revision) or any(mark in revision for mark in _NO_PIN):
                continue
            pins.add(
                Pin(
                    type=PackageType.MAVEN,
                    name=f"{group}:{name}",
                    version=revision,
                    scope=_scope(one.attributes.get("conf", "")),
                )
            )
    return pins.done()


def _scope(mapping: str) -> Scope:
    """
    Return the scope of a mapping ``mine->theirs;mine->theirs``.

    >>> _scope("test->default").value, _scope("compile,test->default").value, _scope("").value
    ('development', '', '')
    """
    mine = [
        name.strip() for part in mapping.split(";") for name in part.partition("->")[0].split(",")
    ]
    tests = [name for name in mine if name.startswith("test")]
    return Scope.DEVELOPMENT if mapping and len(tests) == len(mine) else Scope.RUNTIME
