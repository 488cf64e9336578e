"""
Tell whether an OS package and a package of a language have the same upstream version.

Distributions write epochs, revisions and their own marks around the version of upstream
(``3:3.2.19+dfsg-1+deb12u1``), and spell pre-releases their own way (``1.0~rc1``, ``1.0_rc1``). Law:
the versions agree when one reading of the distribution's text equals the other version in the
language's order. Bounds: a handful of readings of one version.
Sources: Debian Developer's Reference 6.7.8 and Policy 5.6.12; Alpine's APKBUILD(5).
"""

import re
from collections.abc import Iterator

from pratique.formats.language_ecosystem import ecosystem_of
from pratique.formats.versions.order import key_for
from pratique.model.errors import FormatError
from pratique.model.package import Package, PackageType

MAX_CHARS = 200
_EPOCH = re.compile(r"[0-9]{1,10}:")
_APK_REVISION = re.compile(r"-r[0-9]{1,9}\Z")
_REPACKED = re.compile(
    r"[.+~-](?:dfsg|ds|repack|debian|deb|ubuntu|git|svn|hg|bzr|nmu|cs|really|stable|~)"
)
_RELEASE = re.compile(r"v?([0-9]{1,9}(?:\.[0-9]{1,9}){0,5})")
_JAVA_RELEASE = re.compile(
    r"(?:\.v[0-9]{8,12}|\.[0-9]{12}-r|[.-](?:Final|RELEASE|GA|jre|android))\Z"
)
_PRE_RELEASE = re.compile(r"[~_^-]?(alpha|beta|a|b|pre|rc|dev|p)[.-]?(?=[0-9]|\Z)")


def same_upstream(owner: Package, package: Package) -> bool:
    """
    Return whether ``package`` has the upstream version of the OS package ``owner``.

    >>> from pratique.model.package import Purl
    >>> django = Package(type=PackageType.PYPI, name="Django", version="3.2.19", purl=Purl(""))
    >>> deb = Package(type=PackageType.DEB, name="python3-django", version="3:3.2.19-1+deb12u1",
    ...               purl=Purl(""))
    >>> same_upstream(deb, django)
    True
    """
    if not package.version or len(owner.version) > MAX_CHARS:
        return False
    readings = dict.fromkeys(upstream_versions(owner.type, owner.version))
    if package.version in readings or _bare(package) in readings:
        return True
    try:
        key = key_for(ecosystem_of(package))
        own = key(package.version)
    except FormatError:
        return False
    return any(_equals(key, reading, own) for reading in readings)


def same_release(owner: Package, program: Package) -> bool:
    """
    Return whether a program is of the upstream release that the OS package ``owner`` holds.

    Programs add to their numbers what distributions drop (``3.1.2p20``), and the other way round;
    two numbers in common, and none that differs, are enough.

    >>> from pratique.model.package import Purl
    >>> ruby = Package(type=PackageType.GENERIC, name="ruby", version="3.1.2p20", purl=Purl(""))
    >>> deb = Package(type=PackageType.DEB, name="libruby3.1", version="3.1.2-7", purl=Purl(""))
    >>> same_release(deb, ruby)
    True
    """
    if len(owner.version) > MAX_CHARS:
        return False
    own = _numbers(program.version)
    readings = map(_numbers, upstream_versions(owner.type, owner.version))
    return same_upstream(owner, program) or any(_begin_alike(own, other) for other in readings)


def upstream_versions(kind: PackageType, version: str) -> Iterator[str]:
    """
    Yield what upstream may call an OS package's version, the most literal reading first.

    >>> list(upstream_versions(PackageType.DEB, "1:1.0~rc1+dfsg-2"))
    ['1.0~rc1+dfsg', '1.0~rc1', '1.0rc1', '1.0-rc1', '1.0-rc.1', '1.0.rc1']
    """
    text = _EPOCH.sub("", version, count=1) if _EPOCH.match(version) else version
    if kind is PackageType.APK:
        text = _APK_REVISION.sub("", text)
    elif "-" in text:
        text = text.rpartition("-")[0]
    yield text
    # Debian's javascript sources bundle others: "1.0+~2.0.1" holds a second one at 2.0.1.
    yield from (part for part in text.split("+~")[1:] if part[:1].isdigit())
    if "+really" in text:
        text = text.rpartition("+really")[2]
    mark = _REPACKED.search(text)
    bare = text[: mark.start()] if mark else text
    yield from dict.fromkeys(one for one in (bare, bare.partition("+")[0]) if one != version)
    plain = bare.partition("+")[0]
    found = _PRE_RELEASE.search(plain)
    if found:
        before, word, after = plain[: found.start()], found[1], plain[found.end() :]
        for joined in (f"{word}{after}", f"-{word}{after}", f"-{word}.{after}", f".{word}{after}"):
            yield before + joined


def _bare(package: Package) -> str:
    """
    Return a version without what Java projects add to releases and distributions drop.

    >>> from pratique.model.package import Purl
    >>> jetty = Package(type=PackageType.MAVEN, name="j", version="9.4.57.v20241219", purl=Purl(""))
    >>> _bare(jetty)
    '9.4.57'
    """
    is_java = package.type is PackageType.MAVEN
    return _JAVA_RELEASE.sub("", package.version) if is_java else package.version


def _numbers(version: str) -> list[str]:
    found = _RELEASE.match(version)
    return found[1].split(".") if found else []


def _begin_alike(one: list[str], other: list[str]) -> bool:
    common = min(len(one), len(other))
    return common > 1 and one[:common] == other[:common]


def _equals(key: object, reading: str, own: object) -> bool:
    try:
        return bool(key(reading) == own)  # type: ignore[operator]
    except FormatError:
        return False
