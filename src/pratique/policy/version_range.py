"""
Tell whether a package's version lies in a range that a person wrote (``>=1.2, <1.4``).

Law: versions are compared in the order of the package's own ecosystem; what cannot be compared lies
in no range, so an exception never reaches further than it says.
"""

import re

from pratique.formats.language_ecosystem import ecosystem_of
from pratique.formats.versions.order import compare
from pratique.model.errors import FormatError
from pratique.model.package import Package, PackageType

_PART = re.compile(r"\s*(?:(<=|>=|<|>|=|==|!=)\s*)?([0-9A-Za-z][^\s,<>=!]{0,127})\s*")
_OF_SYSTEMS = {
    PackageType.DEB: "Debian",
    PackageType.RPM: "Red Hat",
    PackageType.APK: "Alpine",
    PackageType.ALPM: "Arch Linux",
    PackageType.OPKG: "OpenWrt",
}
_TESTS = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
    "=": lambda sign: sign == 0,
    "==": lambda sign: sign == 0,
    "!=": lambda sign: sign != 0,
}


def parse_range(text: str) -> tuple[tuple[str, str], ...]:
    """
    Return the pairs of operator and version, all of which must hold.

    Raises:
        FormatError: not versions with operators, separated by commas.

    >>> parse_range(">=1.2, <1.4")
    (('>=', '1.2'), ('<', '1.4'))
    """
    found = [_PART.fullmatch(part) for part in text.split(",")]
    if not all(found):
        raise FormatError(f"{text[:40]!r} is no version range", hint='write ">=1.2, <1.4"')
    return tuple((one[1] or "=", one[2]) for one in found if one)


def in_range(package: Package, text: str) -> bool:
    """Return whether a package's version lies in a range."""
    ecosystem = _OF_SYSTEMS.get(package.type) or ecosystem_of(package) or "NVD"
    try:
        return all(
            _TESTS[sign](compare(ecosystem, package.version, version))
            for sign, version in parse_range(text)
        )
    except FormatError:
        return False
