"""
Make the words that all versions of SPDX share: identifiers, licence expressions, origins.
"""

import hashlib
import re
from collections.abc import Sequence

from pratique.model.package import Package
from pratique.reports._licences import spdx_expression

_NOT_IN_ID = re.compile(r"[^A-Za-z0-9.-]+")


def element_id(readable: str, unique: str) -> str:
    """
    Return an identifier of SPDX's alphabet, readable and made unique by a hash.

    >>> element_id("SPDXRef-Package-deb-libstdc++6", "a")
    'SPDXRef-Package-deb-libstdc-6-ca978112ca1bbdca'
    """
    digest = hashlib.sha256(unique.encode()).hexdigest()[:16]
    words = _NOT_IN_ID.sub("-", readable).strip("-.")
    return "-".join(filter(None, (words, digest)))


def declared(texts: Sequence[str], custom: dict[str, str]) -> str:
    """
    Return all licences of a package as one expression, empty where there is none.

    They all apply, as far as is known. A text that is no expression becomes a reference, and is put
    into ``custom`` under it.
    """
    parts = [_licence(text.strip(), custom) for text in texts if text.strip()]
    unique = list(dict.fromkeys(parts))
    if len(unique) > 1:
        unique = [f"({part})" if " " in part else part for part in unique]
    return " AND ".join(unique)


def source_info(package: Package) -> str:
    """Return what a package was built from, in the words that other tools use too."""
    built = f"{package.source_name} {package.source_version}".strip()
    return f"built package from: {built}" if package.source_name else ""


def _licence(text: str, custom: dict[str, str]) -> str:
    expression = spdx_expression(text)
    if expression:
        return expression
    reference = element_id(f"LicenseRef-{text[:40]}", text)
    custom[reference] = text
    return reference
