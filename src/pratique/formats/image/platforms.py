"""
Choose among the platforms of an index as containerd does.

Law: exact match first; then variants that the wanted processor can run, best first. ``arm64`` is
``arm64/v8``, ``arm`` is ``arm/v7``, ``amd64`` is ``amd64/v1``.
Source: https://github.com/containerd/platforms (normalisation and compare.go).
"""

from collections.abc import Sequence

from pratique.model.errors import UsageError
from pratique.model.image import Platform

FALLBACK = Platform("linux", "amd64")

_MACHINES = {
    "x86_64": "amd64",
    "amd64": "amd64",
    "aarch64": "arm64",
    "arm64": "arm64",
    "armv8l": "arm/v7",
    "armv7l": "arm/v7",
    "armv6l": "arm/v6",
    "armhf": "arm/v7",
    "armel": "arm/v6",
    "i386": "386",
    "i686": "386",
    "mips64": "mips64le",
    "loongarch64": "loong64",
}
_SYSTEMS = frozenset({"darwin", "freebsd", "linux", "windows"})
_DEFAULT_VARIANT = {"arm64": "v8", "arm": "v7", "amd64": "v1"}


def parse_platform(text: str) -> Platform:
    """
    Return the platform written as ``[os/]architecture[/variant]``.

    Raises:
        UsageError: it is not of that form.

    >>> str(parse_platform("aarch64")), str(parse_platform("linux/arm/v7"))
    ('linux/arm64', 'linux/arm/v7')
    """
    parts = text.strip().lower().split("/")
    sound = all(parts) and len(parts) <= 3 and all(part.isprintable() for part in parts)
    if not sound or (len(parts) == 1 and parts[0] in _SYSTEMS):
        raise UsageError(f"not a platform: {text[:60]!r}", hint="write linux/arm64 or linux/arm/v7")
    if len(parts) == 1 or (len(parts) == 2 and parts[1].startswith("v") and parts[1][1:].isdigit()):
        parts = ["linux", *parts]
    system, machine, *variant = parts
    architecture, _, implied = _MACHINES.get(machine, machine).partition("/")
    return Platform(system, architecture, variant[0] if variant else implied)


def host_platform(machine: str) -> Platform:
    """
    Return what runs containers on a machine named as ``uname -m`` does.

    >>> str(host_platform("x86_64"))
    'linux/amd64'
    """
    return parse_platform(machine or "amd64")


def normalised(platform: Platform) -> Platform:
    """
    Return a platform with the variant that an empty one stands for.

    >>> str(normalised(Platform("linux", "arm64")))
    'linux/arm64/v8'
    """
    architecture, _, implied = _MACHINES.get(
        platform.architecture.lower(), platform.architecture.lower()
    ).partition("/")
    variant = platform.variant.lower() or implied or _DEFAULT_VARIANT.get(architecture, "")
    if variant.isdigit():
        variant = f"v{variant}"
    return Platform(platform.os.lower(), architecture, variant)


def best(wanted: Platform, offered: Sequence[Platform]) -> int | None:
    """
    Return the position of the best match among ``offered``, None without one.

    The first of equal ones wins, as in containerd. Where no variant was asked for, a variant that
    is too new for the default is still better than nothing.

    >>> best(Platform("linux", "arm", "v7"), [Platform("linux", "amd64"), Platform("linux", "arm")])
    1
    """
    ranked = [
        (rank, position)
        for position, platform in enumerate(offered)
        if (rank := _rank(wanted, platform)) is not None
    ]
    return min(ranked)[1] if ranked else None


def _rank(wanted: Platform, offered: Platform) -> int | None:
    """Return how far from exact an offer is; None when it will not do."""
    asked, given = normalised(wanted), normalised(offered)
    if (asked.os, asked.architecture) != (given.os, given.architecture):
        return None
    if asked.variant == given.variant:
        return 0
    steps = _number(asked.variant) - _number(given.variant)
    if steps > 0:
        return steps
    return None if wanted.variant else 1000 - steps


def _number(variant: str) -> int:
    digits = variant.removeprefix("v").partition(".")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0
