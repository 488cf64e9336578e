"""
Write package URLs.

Source: https://github.com/package-url/purl-spec. Written by hand because every package of every
image needs one; packageurl-python reads them back (and is the oracle in tests).
"""

from collections.abc import Mapping
from urllib.parse import quote

from pratique.model.package import Purl

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
