"""
Order CRAN versions.

Law: numbers cut at dots and hyphens compare one by one; where one version ends it is the smaller.
Source: https://stat.ethz.ch/R-manual/R-devel/library/base/html/numeric_version.html.
"""

import re

from pratique.formats.versions._text import checked, refusal

NAME = "cran"

_GRAMMAR = re.compile(r"[0-9]+(?:[.-][0-9]+)*")


def sort_key(version: str) -> tuple[int, ...]:
    """
    Return the key of a version.

    Raises:
        FormatError: not numbers separated by dots and hyphens.

    >>> sort_key("0.9") < sort_key("0.75") == sort_key("0-75")
    True
    """
    if not _GRAMMAR.fullmatch(checked(version, NAME)):
        raise refusal(version, NAME)
    return tuple(map(int, version.replace("-", ".").split(".")))
