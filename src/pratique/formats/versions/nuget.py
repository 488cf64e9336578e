"""
Order NuGet versions.

Law: SemVer precedence with up to four numbers (missing ones are 0) and identifiers compared
without regard to case; build metadata is ignored. Source:
https://learn.microsoft.com/nuget/concepts/package-versioning.
"""

from pratique.formats.versions import semver

NAME = "nuget"


def sort_key(version: str) -> tuple[semver.Numbers, int, semver.Identifiers]:
    """
    Return the key of a version.

    Raises:
        FormatError: not a NuGet version.

    >>> sort_key("1.0.0-BETA") == sort_key("1.0-beta") < sort_key("1.0") < sort_key("1.0.0.1")
    True
    """
    numbers, pre, _ = semver.split(version, NAME)
    return numbers, int(not pre), semver.identifiers(pre.lower())
