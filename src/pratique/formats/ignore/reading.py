"""
Read an ignore file of any format we know, told from its name and content.

Law: ``*.toml`` is osv-scanner's; YAML is told by its top keys (Trivy's sections, Grype's ``ignore``,
``pratique-exceptions``); ``.gitleaksignore`` by its name; everything else is a plain list of ids as in ``.trivyignore`` and
``.dockleignore``. YAML without any of these is refused, except a configuration of Grype, which need
not have rules.
"""

from pathlib import PurePath

from pratique.formats.ignore.rule import IgnoreFile
from pratique.model.errors import FormatError

DISCOVERED = (
    ".trivyignore",
    ".trivyignore.yaml",
    ".dockleignore",
    ".grype.yaml",
    ".grype/config.yaml",
    ".gitleaksignore",
    "pratique-exceptions.yaml",
)
"""What a scan looks for in the folder it is started in."""

_GRYPE = (".grype.yaml", ".grype.yml", "config.yaml")


def read_ignore_file(content: bytes, place: str) -> IgnoreFile:
    """
    Return the rules of an ignore file; ``place`` is its name, also told in reasons.

    Raises:
        FormatError: damaged, or none of the formats.
    """
    suffix = PurePath(place).suffix.lower()
    # The readers, and the libraries they need, are loaded when their format shows up.
    if suffix == ".toml":
        from pratique.formats.documents.toml import parse_toml
        from pratique.formats.ignore.osv_scanner_toml import read_osv_scanner_toml

        return read_osv_scanner_toml(parse_toml(content), place)
    if suffix in (".yaml", ".yml"):
        return _yaml(content, place)
    if PurePath(place).name == ".gitleaksignore":
        from pratique.formats.ignore.gitleaksignore import read_gitleaksignore

        return read_gitleaksignore(content, place)
    from pratique.formats.ignore.trivyignore import read_trivyignore

    return read_trivyignore(content, place)


def _yaml(content: bytes, place: str) -> IgnoreFile:
    from pratique.formats.documents.value import mapping
    from pratique.formats.documents.yaml import parse_yaml
    from pratique.formats.ignore.exceptions import MARK, read_exceptions
    from pratique.formats.ignore.grype_yaml import read_grype_yaml
    from pratique.formats.ignore.trivyignore_yaml import SECTIONS, read_trivyignore_yaml

    document = parse_yaml(content)
    keys = mapping(document).keys()
    if MARK in keys:
        return read_exceptions(document, place)
    if keys & SECTIONS.keys():
        return read_trivyignore_yaml(document, place)
    if "ignore" in keys or PurePath(place).name in _GRYPE:
        return read_grype_yaml(document, place)
    if not keys:
        return IgnoreFile()
    raise FormatError(
        "YAML that is neither Trivy's, Grype's nor our own",
        hint=f"top keys: {', '.join(SECTIONS)}; ignore; {MARK}",
    )
