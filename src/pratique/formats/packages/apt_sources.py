"""
Read which repositories apt takes packages from: sources.list, ``*.sources``, Release files.

Bounds: linear in the input, at most ``MAX_SOURCES`` of one file. Source: sources.list(5),
https://manpages.debian.org/sources.list; Release files: https://wiki.debian.org/DebianRepository/Format.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from pratique.formats.packages.deb822 import stanzas

MAX_SOURCES = 1000
_FIELDS = frozenset((b"types", b"uris", b"suites", b"components", b"enabled"))
_ONE_LINE = re.compile(r"deb[ \t]+(?:\[[^\]\n]{0,2000}\][ \t]*)?(\S{1,2000})[ \t]+([^#\n]{1,2000})")
_OFF = frozenset(("no", "false", "without", "off", "disable"))


class AptSource(Struct, frozen=True):
    """One repository of binary packages: its address, its suites and their components."""

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """
        Return the host, lower case, without user or port; empty for a folder.

        >>> AptSource("https://ci@Download.docker.com:443/linux/debian", ("bookworm",)).host
        'download.docker.com'
        """
        _, found, rest = self.uri.partition("://")
        authority = rest.partition("/")[0].rpartition("@")[2]
        return authority.partition(":")[0].lower() if found else ""


def parse_sources_list(content: bytes) -> list[AptSource]:
    """
    Return the repositories of a file in the one-line style; source packages do not count.

    >>> parse_sources_list(b"# x\\ndeb [arch=amd64] https://a.test/apt stable main # y\\n")
    [AptSource(uri='https://a.test/apt', suites=('stable',), components=('main',))]
    """
    found: list[AptSource] = []
    for line in content.decode(errors="replace").splitlines():
        match = _ONE_LINE.match(line.strip())
        if match and len(found) < MAX_SOURCES:
            suite, *components = match[2].split()
            found.append(AptSource(match[1], (suite,), tuple(components)))
    return found


def parse_deb822_sources(content: bytes) -> list[AptSource]:
    """
    Return the repositories of a file in the deb822 style that are enabled.

    >>> parse_deb822_sources(b"Types: deb\\nURIs: https://a.test/x\\nSuites: s\\nComponents: c\\n")
    [AptSource(uri='https://a.test/x', suites=('s',), components=('c',))]
    """
    return list(_sources(content))[:MAX_SOURCES]


def _sources(content: bytes) -> Iterator[AptSource]:
    for number, fields in enumerate(stanzas(content, _FIELDS)):
        if number >= MAX_SOURCES:
            return
        on = fields.get(b"enabled", "yes").lower() not in _OFF
        if on and "deb" in fields.get(b"types", "").split():
            suites = tuple(fields.get(b"suites", "").split()[:MAX_SOURCES])
            components = tuple(fields.get(b"components", "").split()[:MAX_SOURCES])
            for uri in fields.get(b"uris", "").split()[:MAX_SOURCES]:
                yield AptSource(uri, suites, components)
