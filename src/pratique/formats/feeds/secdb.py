"""
Read Alpine's security database: which package version fixed which flaw.

One JSON file per release and repository. Its law: a package is affected while its version is lower
than the key the flaw is listed under; the key ``0`` says that it never was. secdb lists *fixes
only*: a flaw without a fix is absent, so absence proves nothing.

Quirks: an entry is free text. It may name several flaws (``CVE-2017-5753 CVE-2017-5715 XSA-254``),
one flaw by two names (``CVE-2016-9932 XSA-200``), carry a remark (``CVE-2018-14461 (LDP)``), or
be known only by another name (``XSA-207``, ``CVE N/A ZBX-11023``). One flaw may stand under two
versions of one package: then the first fix was not complete and the higher version counts.

Source: https://secdb.alpinelinux.org/, https://gitlab.alpinelinux.org/alpine/infra/docker/secdb;
the names of packages are those of the source package (``origin`` in apk).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from sys import intern

from msgspec import Struct

from pratique.formats.feeds.feed_text import MAX_TITLE, cves_in, unique
from pratique.formats.feeds.json_items import decode_json
from pratique.formats.versions.apk import sort_key
from pratique.model.advisory import Advisory, AdvisoryId, Affected, FixState, Range
from pratique.model.errors import FormatError

_OTHER_NAME = re.compile(r"(?:GHSA-[0-9a-z-]{14}|[A-Za-z]{2,20}[\w-]{0,60}\d[\w-]{0,60})")
_NEVER = "0"
_RELEASE = re.compile(r"v\d+\.\d+|edge")


class _Package(Struct):
    name: str
    secfixes: dict[str, list[str] | None] | None = None


class _Entry(Struct):
    pkg: _Package


class _File(Struct):
    distroversion: str
    reponame: str
    packages: list[_Entry] = []


class Fix(Struct, frozen=True, array_like=True, gc=False):
    """One line of the database: in ``ecosystem``, ``package`` is free of ``entry`` at ``version``."""

    ecosystem: str
    repository: str
    package: str
    version: str
    entry: str


def fixes(content: bytes) -> Iterator[Fix]:
    """
    Yield every listed fix of one file.

    Raises:
        FormatError: it is not a secdb file.
    """
    file = decode_json(content, _File)
    if not _RELEASE.fullmatch(file.distroversion):
        raise FormatError(f"not a release of Alpine: {file.distroversion[:40]!r}")
    ecosystem = f"Alpine:{file.distroversion}"
    for package in (entry.pkg for entry in file.packages):
        for version, entries in (package.secfixes or {}).items():
            for entry in entries or ():
                yield Fix(
                    intern(ecosystem),
                    intern(file.reponame),
                    intern(package.name),
                    intern(version.strip().partition(" ")[0]),
                    intern(entry),
                )


def advisories(found: Iterable[Fix], feed: str) -> Iterator[Advisory]:
    """Yield one advisory per flaw, sorted by name, from the fixes of any number of files."""
    by_flaw: dict[str, list[Fix]] = defaultdict(list)
    for fix in found:
        for flaw in flaws_of(fix.entry):
            by_flaw[flaw].append(fix)
    for flaw in sorted(by_flaw):
        group = by_flaw.pop(flaw)
        cves = cves_in(flaw)
        yield Advisory(
            id=AdvisoryId(flaw),
            feed=feed,
            affected=tuple(_statements(group)),
            upstream=cves,
            related=unique(name for fix in group for name in _other_names(fix.entry) if cves),
            references=(f"https://security.alpinelinux.org/vuln/{flaw}",) if cves else (),
        )


def flaws_of(entry: str) -> tuple[str, ...]:
    """
    Return the flaws an entry means: its CVEs, else its other names, else its text.

    >>> flaws_of("CVE-2017-5753 CVE-2017-5715 XSA-254"), flaws_of("CVE N/A ZBX-11023")
    (('CVE-2017-5753', 'CVE-2017-5715'), ('ZBX-11023',))
    """
    plain = entry.replace("CVE_", "CVE-")
    return cves_in(plain) or _other_names(plain) or unique([plain.strip()[:MAX_TITLE]])


def _other_names(entry: str) -> tuple[str, ...]:
    words = entry.partition("(")[0].split()
    return unique(
        word for word in words if _OTHER_NAME.fullmatch(word) and not word.startswith("CVE")
    )


def _statements(group: Iterable[Fix]) -> Iterator[Affected]:
    """Yield one statement per package and release; "never affected" yields to a named fix."""
    versions: dict[tuple[str, str], dict[str, Fix]] = defaultdict(dict)
    for fix in group:
        versions[fix.ecosystem, fix.package][fix.version] = fix
    for (ecosystem, package), named in versions.items():
        fixed = max(named.keys() - {_NEVER, ""}, key=sort_key, default="")
        never = FixState.NOT_AFFECTED if _NEVER in named else FixState.UNKNOWN
        yield Affected(
            ecosystem=ecosystem,
            name=package,
            ranges=(Range(fixed=fixed),) if fixed else (),
            state=FixState.FIXED if fixed else never,
            note=f"repository: {next(iter(named.values())).repository}",
        )
