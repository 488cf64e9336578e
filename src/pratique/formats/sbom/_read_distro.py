"""
Tell the distribution an SBOM speaks of.

A component or package that is an operating system says it best; else the ``distro`` qualifiers of
the package URLs do, if they agree. Law: where an SBOM speaks of several distributions none is
chosen silently: versions of one mean nothing in another.
"""

from collections.abc import Iterable, Mapping

from pratique.formats.sbom._read_package import parse_purl
from pratique.model.distro import Distro
from pratique.model.package import OS_TYPES, Package

_IDS = {
    "alma": "almalinux",
    "amazon": "amzn",
    "cbl-mariner": "mariner",
    "opensuse.leap": "opensuse-leap",
    "opensuse.tumbleweed": "opensuse-tumbleweed",
    "oracle": "ol",
    "redhat": "rhel",
    "red hat enterprise linux": "rhel",
    "suse linux enterprise server": "sles",
}
"""os-release's ID for the names that Trivy gives families."""


def distro_from_component(
    name: str, version: str, description: str, properties: Mapping[str, str]
) -> Distro | None:
    """Return the distribution that an operating-system component describes, None if unnamed."""
    own = {
        key.removeprefix("pratique:distro:"): value
        for key, value in properties.items()
        if key.startswith("pratique:distro:")
    }
    syft = {
        key.removeprefix("syft:distro:"): value
        for key, value in properties.items()
        if key.startswith("syft:distro:")
    }
    distro_id = own.get("id") or syft.get("id") or name
    if not distro_id.strip() or distro_id == "unknown":
        return None
    like = own.get("like", "").split() or [
        value for key, value in sorted(syft.items()) if key.startswith("idLike:")
    ]
    return Distro(
        id=_id(distro_id),
        version=own.get("version") or syft.get("versionID") or version,
        codename=own.get("codename") or syft.get("versionCodename", ""),
        name=syft.get("prettyName") or description,
        like=tuple(like),
        variant=own.get("variant") or syft.get("variantID", ""),
        cpe=own.get("cpe", ""),
        location=own.get("location", ""),
    )


def distros_from_purls(packages: Iterable[Package]) -> list[Distro]:
    """Return the distributions that package URLs name in their ``distro`` qualifier."""
    found: dict[tuple[str, str], Distro] = {}
    for package in packages:
        parts = parse_purl(package.purl) if package.type in OS_TYPES else None
        release = parts.qualifiers.get("distro", "") if parts else ""
        if parts and release:
            distro = _from_qualifier(release, parts.namespace)
            found.setdefault((distro.id, distro.version or distro.codename), distro)
    return list(found.values())


def _from_qualifier(text: str, namespace: str) -> Distro:
    """
    Return what ``debian-12``, ``opensuse-leap-15.5``, ``debian-sid`` or a bare ``3.16.0`` mean.

    A release that is no number is a codename.
    """
    name, _, release = text.rpartition("-")
    if not name:
        name, release = (namespace, text) if text[:1].isdigit() else (text, "")
    if release and not release[:1].isdigit():
        if name == "opensuse":
            return Distro(id=text)
        return Distro(id=_id(name), codename=release)
    return Distro(id=_id(name), version=release)


def _id(name: str) -> str:
    lowered = name.strip().lower()
    return _IDS.get(lowered, lowered)
