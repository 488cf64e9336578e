"""
Write package URLs.

Source: https://github.com/package-url/purl-spec. Written by hand because every package of every
image needs one; packageurl-python reads them back (and is the oracle in tests).
"""

from collections.abc import Mapping
from urllib.parse import quote

from pratique.model.package import PackageType, Purl

_SAFE = "-._~"


def package_url(
    kind: str,
    name: str,
    version: str = "",
    namespace: str = "",
    qualifiers: Mapping[str, str] | None = None,
) -> Purl:
    """
    Return ``pkg:kind/namespace/name@version?qualifiers``, percent-encoded and in canonical order.

    Empty qualifiers are left out. Case rules of a type (PyPI, …) are the caller's.

    >>> package_url("deb", "libstdc++6", "12.2.0-14", "debian", {"arch": "amd64", "epoch": ""})
    'pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64'
    """
    parts = [f"pkg:{kind}/"]
    if namespace:
        parts.append("/".join(quote(part, _SAFE) for part in namespace.split("/") if part) + "/")
    parts.append(quote(name, _SAFE))
    if version:
        parts.append("@" + quote(version, _SAFE + ":"))
    wanted = sorted((key.lower(), value) for key, value in (qualifiers or {}).items() if value)
    if wanted:
        parts.append("?" + "&".join(f"{key}={quote(value, _SAFE + ':/')}" for key, value in wanted))
    return Purl("".join(parts))


def language_purl(
    kind: PackageType, name: str, version: str, qualifiers: Mapping[str, str] | None = None
) -> Purl:
    """
    Return the package URL of a package whose ``name`` is complete as its ecosystem writes it.

    Namespace and spelling follow the type's definition in the purl specification; the case of Go
    paths is kept, as the ecosystem compares them exactly.

    >>> language_purl(PackageType.MAVEN, "org.slf4j:slf4j-api", "2.0.1")
    'pkg:maven/org.slf4j/slf4j-api@2.0.1'
    >>> language_purl(PackageType.NPM, "@babel/core", "7.1.0")
    'pkg:npm/%40babel/core@7.1.0'
    >>> language_purl(PackageType.PYPI, "Zope.Interface_x", "5")
    'pkg:pypi/zope.interface-x@5'
    """
    if kind is PackageType.PYPI:
        name = name.replace("_", "-")
    if kind in _LOWER:
        name = name.lower()
    separator = _SEPARATORS.get(kind, "/" if kind in _NAMESPACED else "")
    namespace, _, bare = name.rpartition(separator) if separator else ("", "", name)
    return package_url(kind, bare, version, namespace.replace(separator or "/", "/"), qualifiers)


_LOWER = frozenset(
    {
        PackageType.PYPI,
        PackageType.COMPOSER,
        PackageType.HEX,
        PackageType.PUB,
        PackageType.BITNAMI,
        PackageType.LUAROCKS,
        PackageType.GITHUB,
    }
)
_NAMESPACED = frozenset(
    {
        PackageType.NPM,
        PackageType.GOLANG,
        PackageType.COMPOSER,
        PackageType.SWIFT,
        PackageType.GITHUB,
        PackageType.HEX,
        PackageType.LUAROCKS,
    }
)
_SEPARATORS = {PackageType.MAVEN: ":", PackageType.CPAN: "/"}
