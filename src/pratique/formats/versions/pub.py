"""
Order Dart package versions.

Law: SemVer precedence, and then the build part counts too: none is lowest. Source:
https://pub.dev/documentation/pub_semver/latest/pub_semver/Version/compareTo.html.
"""

from pratique.formats.versions import semver

NAME = "pub"


def sort_key(version: str) -> tuple[semver.Numbers, int, semver.Identifiers, semver.Identifiers]:
    """
    Return the key of a version.

    Raises:
        FormatError: not a semantic version.

    >>> sort_key("1.0.0-pre+build") < sort_key("1.0.0") < sort_key("1.0.0+1")
    True
    """
    numbers, pre, build = semver.split(version, NAME)
    return numbers, int(not pre), semver.identifiers(pre), semver.identifiers(build)
