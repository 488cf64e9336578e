"""
Find the version to upgrade a package to: the smallest that ends its findings.

Two answers where they differ: the one that stays in the compatible range (the same major version,
the same minor below 1.0), and the one that ends everything. Each is judged again, because the fix of
one flaw may carry the next.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pratique.formats.versions.order import key_for
from pratique.model.errors import FormatError
from pratique.model.finding import Finding
from pratique.model.package import OS_TYPES, Package, Purl
from pratique.remedies.interface import Breaks

_NUMBERS = re.compile(r"\d{1,9}")
_OS_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,199}")
_NAME = re.compile(r"@?[A-Za-z0-9][A-Za-z0-9._/:~-]{0,299}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+!_:~^-]{0,99}")
_MOST_STEPS = 5

Judge = Callable[[Sequence[Package]], tuple[Finding, ...]]


def is_plain(package: Package, version: str = "0") -> bool:
    """
    Return whether name and version may be written into a command or a file.

    The name is the image's own word; one with a space, quote or newline in it would be more than a
    name there.
    """
    pattern = _OS_NAME if package.type in OS_TYPES else _NAME
    return bool(pattern.fullmatch(package.name) and _VERSION.fullmatch(version))


class Target(Struct, frozen=True):
    """A version to reach and how much that may break."""

    version: str
    breaks: Breaks


def targets(package: Package, findings: Iterable[Finding], judge: Judge) -> tuple[Target, ...]:
    """Return the versions worth reaching, the most compatible first; none where nothing is fixed."""
    fixed = [one for one in findings if one.fix.version and not one.fix.offer]
    if not fixed:
        return ()
    found: list[Target] = []
    compatible = [f for f in fixed if breaking(package, f.fix.version) is not Breaks.MAJOR]
    for group in (compatible, fixed):
        version = _settled(package, group, judge, within=group is compatible)
        known = [one.version for one in found]
        if version and version not in known and is_plain(package, version):
            found.append(Target(version, breaking(package, version)))
    return tuple(found)


def breaking(package: Package, version: str) -> Breaks:
    """
    Return how much an upgrade may break, by the numbers of its version.

    What a distribution fixes within its release is a patch by its own promise.
    """
    if package.type in OS_TYPES:
        return Breaks.PATCH
    old, new = _numbers(package.version), _numbers(version)
    if old[0] != new[0] or (old[0] == 0 and old[1] != new[1]):
        return Breaks.MAJOR
    return Breaks.PATCH if old[1] == new[1] else Breaks.MINOR


def upgraded(package: Package, version: str) -> Package:
    """
    Return the package as it is after an upgrade, as far as that can be known.

    Fixes of Debian and Alpine count in versions of the source package; a binary package that is
    numbered otherwise keeps its own number, and only the source's changes.
    """
    source = version if package.source_version else ""
    own = not package.source_version or package.version == package.source_version
    number = version if own or package.type not in OS_TYPES else package.version
    return replace(
        package,
        version=number,
        source_version=source,
        purl=_with_version(package.purl, package.version, number),
    )


def latest(versions: Iterable[str], ecosystem: str) -> str:
    """Return the highest version, the first where their order is not known; empty for none."""
    listed = list(dict.fromkeys(versions))
    try:
        return max(listed, key=key_for(ecosystem), default="")
    except FormatError:
        return listed[0] if listed else ""


def _settled(package: Package, group: Sequence[Finding], judge: Judge, *, within: bool) -> str:
    """Return the version at which nothing of the range is left to fix, or the last one tried."""
    version = latest((one.fix.version for one in group), _ecosystem(group))
    for _ in range(_MOST_STEPS if version else 0):
        more = [
            one
            for one in judge([upgraded(package, version)])
            if one.fix.version
            and not one.fix.offer
            and (not within or breaking(package, one.fix.version) is not Breaks.MAJOR)
        ]
        further = latest([version, *(one.fix.version for one in more)], _ecosystem(more or group))
        if further == version:
            break
        version = further
    return version


def _ecosystem(findings: Sequence[Finding]) -> str:
    return next((e.ecosystem for finding in findings for e in finding.evidence), "")


def _numbers(version: str) -> tuple[int, int]:
    found = [int(number) for number in _NUMBERS.findall(version.partition("!")[2] or version)[:2]]
    major, minor, *_ = (*found, 0, 0)
    return major, minor


def _with_version(purl: Purl, old: str, new: str) -> Purl:
    from urllib.parse import quote  # as formats.purl writes it

    before, at, after = purl.partition("@" + quote(old, "-._~:"))
    return Purl(f"{before}@{quote(new, '-._~:')}{after}") if at else purl
