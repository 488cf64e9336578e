"""
Spell a package's name the one way its ecosystem compares names.

Advisories and images are compared by equal text, so both sides pass through here. Ecosystems that
are not listed compare names as they are.
Sources: PEP 503 (PyPI); learn.microsoft.com, "NuGet package ids are case-insensitive"; the
Composer schema (lower case); docs.github.com (owner and repository ignore case); Swift package
URLs as OSV writes them (host and path, no scheme, no ``.git``).
"""

import re
from collections.abc import Callable

MAX_CHARS = 512
"""Longer names are cut: no registry allows them."""

_PEP_503 = re.compile(r"[-_.]+")


def normal_name(ecosystem: str, name: str) -> str:
    """
    Return ``name`` as ``ecosystem`` (``PyPI``, ``Debian:12``) compares it.

    >>> normal_name("PyPI", "Zope.Interface"), normal_name("Debian:12", "libX11")
    ('zope-interface', 'libX11')
    """
    spell = _SPELLINGS.get(ecosystem.partition(":")[0])
    cut = name if len(name) <= MAX_CHARS else name[:MAX_CHARS]
    return spell(cut) if spell else cut


def _pypi(name: str) -> str:
    return _PEP_503.sub("-", name).lower()


def _swift(name: str) -> str:
    bare = name.rpartition("://")[2].removesuffix("/").removesuffix(".git")
    host, slash, path = bare.partition("/")
    return host.lower() + slash + path


_SPELLINGS: dict[str, Callable[[str], str]] = {
    "GitHub Actions": str.lower,
    "Hex": str.lower,
    "NuGet": str.lower,
    "Packagist": str.lower,
    "Pub": str.lower,
    "PyPI": _pypi,
    "SwiftURL": _swift,
    "VSCode": str.lower,
}
