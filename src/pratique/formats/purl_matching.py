"""
Tell whether a package URL that a person wrote means a package.

Law: type, namespace and name must be equal, spelt as the type compares them; a version, a qualifier
and a subpath count only where the pattern has them. Text that is no package URL means nothing.
Source: https://github.com/package-url/purl-spec; go-vex and Trivy compare alike.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from packageurl import PackageURL

MAX_CHARS = 4096


def purl_matches(pattern: str, purl: str) -> bool:
    """
    Return whether ``pattern`` means the package ``purl``.

    >>> purl_matches("pkg:deb/debian/zlib", "pkg:deb/debian/zlib@1.2?arch=amd64")
    True
    >>> purl_matches("pkg:deb/debian/zlib?arch=arm64", "pkg:deb/debian/zlib@1.2?arch=amd64")
    False
    """
    wanted, found = parsed(pattern), parsed(purl)
    if wanted is None or found is None:
        return False
    if (wanted.type, wanted.name) != (found.type, found.name):
        return False
    if (wanted.namespace or "") != (found.namespace or ""):
        return False
    if wanted.version and wanted.version != found.version:
        return False
    if wanted.subpath and wanted.subpath != found.subpath:
        return False
    asked, held = qualifiers_of(wanted), qualifiers_of(found)
    return all(held.get(key) == value for key, value in asked.items())


def qualifiers_of(purl: "PackageURL") -> dict[str, str]:
    """Return the qualifiers of a parsed package URL."""
    return cast("dict[str, str]", purl.qualifiers or {})


@lru_cache(maxsize=1 << 15)
def parsed(text: str) -> "PackageURL | None":
    """Return the parts of a package URL, None where it is none."""
    from packageurl import PackageURL  # only where somebody wrote package URLs

    try:
        return PackageURL.from_string(text) if len(text) <= MAX_CHARS else None
    except ValueError:
        return None
