"""
Turn what an SBOM says of one package into a ``Package``, whichever format and tool said it.

The package URL is the authority on type, name and version; the rest comes from *facts*: this
program's own names (``source:name``, ``layer:diff_id``…), to which the words of Syft and Trivy are
translated here. Law: a package is never guessed from a name alone; without a package URL of a
known type there is a reason instead.

Source: https://github.com/package-url/purl-spec (PURL-TYPES); Syft ``syft/format/common`` and Trivy
``pkg/sbom/core/bom.go`` for their property names.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from pratique.formats.packages.rpmdb.header import split_source_rpm
from pratique.formats.sbom._lockfile_readers import SYFT_LOCKFILES, TRIVY_LOCKFILES
from pratique.model.digest import Digest, InvalidDigest, parse_digest
from pratique.model.package import OS_TYPES, LayerRef, Package, PackageType, Purl, Scope

_IMAGES = ("pkg:oci/", "pkg:docker/")
_TYPES = {member.value: member for member in PackageType}
_JOINS = {PackageType.MAVEN: ":"}
"""What stands between namespace and name in a language package's name; a slash elsewhere."""
_OWN, _TRIVY, _SYFT = "pratique:", "aquasecurity:trivy:", "syft:"
_RENAMED = {
    f"{_TRIVY}SrcName": "source:name",
    f"{_TRIVY}Modularitylabel": "module",
    f"{_TRIVY}LayerDiffID": "layer:diff_id",
    f"{_TRIVY}LayerDigest": "layer:digest",
    f"{_TRIVY}FilePath": "location",
    f"{_SYFT}metadata:source": "source:name",
    f"{_SYFT}metadata:originPackage": "source:name",
    f"{_SYFT}metadata:sourceVersion": "source:version",
    f"{_SYFT}metadata:sourceRpm": "source:rpm",
    f"{_SYFT}metadata:modularityLabel": "module",
}
_SCOPES = {scope.value: scope for scope in Scope}
_LOCKFILE_READERS = {f"{_TRIVY}PkgType": TRIVY_LOCKFILES, f"{_SYFT}package:foundBy": SYFT_LOCKFILES}
_DATABASES = ("/dpkg/status", "/apk/db/installed", "/rpmdb.sqlite", "/Packages.db", "/rpm/Packages")
_SYFT_LOCATION = re.compile(r"syft:location:([0-9]{1,4}):(path|layerID)")
_ACQUIRED = re.compile(r"acquired package info from [^:/]{1,80}: (/[^,\n]{1,4096})")
_BUILT_FROM = re.compile(r"built package from: (\S+)(?: (\S+))?")


class Listed(Struct, frozen=True, kw_only=True):
    """What a document says of one package; ``needs`` are names."""

    name: str = ""
    group: str = ""
    version: str = ""
    purl: str = ""
    vendor: str = ""
    licences: tuple[str, ...] = ()
    facts: Mapping[str, str] = {}
    needs: tuple[str, ...] = ()


class NotJudged(Struct, frozen=True):
    """Why a listed package is left out, in words that several packages share."""

    reason: str
    example: str


def package_of(listed: Listed, layers: Mapping[str, int]) -> Package | NotJudged:
    """Return the package, or why it cannot be judged. ``layers`` numbers the image's diff IDs."""
    if not listed.purl:
        return NotJudged("has no package URL", listed.name)
    parts = parse_purl(listed.purl)
    if parts is None:
        return NotJudged("has an unreadable package URL", listed.purl)
    if parts.type not in _TYPES:
        return NotJudged(f"is of the type {parts.type[:40]!r}, which is not judged", listed.purl)
    kind, facts = _TYPES[parts.type], listed.facts
    version = full_version(kind, parts.version or listed.version, parts.qualifiers.get("epoch", ""))
    source_rpm = facts.get("source:rpm", "")
    if kind is PackageType.RPM and parts.qualifiers.get("upstream", "").endswith(".rpm"):
        source_rpm = source_rpm or parts.qualifiers["upstream"]
    source_name, source_version = _source(kind, version, source_rpm, parts.qualifiers, facts)
    return Package(
        type=kind,
        name=_name(kind, listed, parts),
        version=version,
        purl=Purl(listed.purl),
        arch=facts.get("arch", "") or parts.qualifiers.get("arch", ""),
        source_name=source_name,
        source_version=source_version,
        source_rpm=source_rpm,
        module=facts.get("module", "") or parts.qualifiers.get("rpmmod", ""),
        vendor=listed.vendor,
        licences=listed.licences,
        depends=tuple(sorted(set(listed.needs))),
        declared=facts.get("declared", "") == "true",
        scope=_SCOPES.get(facts.get("scope", ""), Scope.RUNTIME),
        unpublished=facts.get("unpublished", "") == "true",
        owner=facts.get("owner", ""),
        cpes=tuple(facts.get("cpes", "").split()),
        location=facts.get("location", "").lstrip("/"),
        layer=_layer(facts, layers),
        origin=facts.get("extractor", "") or "sbom",
    )


def names_image(purl: str) -> bool:
    """
    Return whether a package URL names an image: the subject of an SBOM, not a package in it.

    >>> names_image("pkg:oci/alpine@sha256:00"), names_image("pkg:apk/alpine/musl@1")
    (True, False)
    """
    return purl.startswith(_IMAGES)


def facts_of(properties: Mapping[str, str]) -> dict[str, str]:
    """
    Return the facts among a component's properties, in this program's words.

    >>> facts_of({"aquasecurity:trivy:SrcName": "glibc", "other": "x"})
    {'source:name': 'glibc'}
    """
    facts = {}
    for name, value in properties.items():
        if name.startswith(_OWN):
            facts[name.removeprefix(_OWN)] = value
        elif name in _RENAMED:
            facts.setdefault(_RENAMED[name], value)
    for name, readers in _LOCKFILE_READERS.items():
        if properties.get(name) in readers:
            facts.setdefault("declared", "true")
    if f"{_TRIVY}SrcVersion" in properties:
        facts.setdefault("source:version", _trivy_version(properties))
    location, diff_id = _syft_location(properties)
    if location:
        facts.setdefault("location", location)
        facts.setdefault("layer:diff_id", diff_id)
    return facts


def facts_of_remark(text: str) -> dict[str, str]:
    """
    Return the facts in SPDX's ``sourceInfo``.

    >>> facts_of_remark("built package from: openssl 3.0.11-1")
    {'source:name': 'openssl', 'source:version': '3.0.11-1'}
    >>> facts_of_remark("acquired package info from installed java archive: /srv/app.jar")
    {'location': '/srv/app.jar'}
    """
    acquired = _ACQUIRED.match(text)
    if acquired:
        return {"location": acquired[1]}
    found = _BUILT_FROM.match(text)
    if not found:
        return {}
    return {"source:name": found[1]} | ({"source:version": found[2]} if found[2] else {})


class Parts(Struct, frozen=True):
    """The parts of a package URL."""

    type: str
    namespace: str
    name: str
    version: str
    qualifiers: dict[str, str]


@lru_cache(maxsize=1 << 14)
def parse_purl(text: str) -> Parts | None:
    """Return the parts of a package URL, None where it is none."""
    from packageurl import PackageURL  # 20 ms, and only SBOMs need it

    try:
        purl = PackageURL.from_string(text)
    except ValueError:
        return None
    qualifiers = {str(key): str(value) for key, value in dict(purl.qualifiers).items()}
    return Parts(purl.type, purl.namespace or "", purl.name, purl.version or "", qualifiers)


def full_version(kind: PackageType, version: str, epoch: str) -> str:
    """
    Return a version as the distribution's tool prints it; purl keeps the epoch apart.

    >>> full_version(PackageType.RPM, "9.9.4-61.el7", "32")
    '32:9.9.4-61.el7'
    """
    apart = kind in (PackageType.RPM, PackageType.DEB) and epoch not in ("", "0")
    return f"{epoch}:{version}" if apart and ":" not in version else version


def _name(kind: PackageType, listed: Listed, parts: Parts) -> str:
    """Return the name as its ecosystem writes it; the document may only correct its case."""
    join, name = _JOINS.get(kind, "/"), parts.name
    if parts.namespace and kind not in OS_TYPES:
        name = parts.namespace + join + name
    spelt = (listed.name, f"{listed.group}{join}{listed.name}" if listed.group else listed.name)
    return next((text for text in spelt if _folded(text) == _folded(name)), name)


def _folded(name: str) -> str:
    """Return a name without what package URLs change of it: case, and PyPI's underscores."""
    return name.lower().replace("_", "-")


def _source(
    kind: PackageType,
    version: str,
    source_rpm: str,
    qualifiers: Mapping[str, str],
    facts: Mapping[str, str],
) -> tuple[str, str]:
    name, source_version = facts.get("source:name", ""), facts.get("source:version", "")
    if name or kind not in OS_TYPES:
        return name, source_version or (version if name else "")
    if kind is PackageType.RPM:
        return split_source_rpm(source_rpm)
    name, _, source_version = qualifiers.get("upstream", "").partition("@")
    return name, source_version or (version if name else "")


def _layer(facts: Mapping[str, str], layers: Mapping[str, int]) -> LayerRef | None:
    """Return the layer; index -1 where the document does not say where in the image it lies."""
    diff_id = _digest(facts.get("layer:diff_id", ""))
    if diff_id is None:
        return None
    index = facts.get("layer:index", "")
    known = int(index) if index.isascii() and index.isdigit() and len(index) < 6 else -1
    blob = _digest(facts.get("layer:digest", "")) or diff_id
    return LayerRef(index=layers.get(diff_id, known), blob=blob, diff_id=diff_id)


def _digest(text: str) -> Digest | None:
    try:
        return parse_digest(text) if text else None
    except InvalidDigest:
        return None


def _trivy_version(properties: Mapping[str, str]) -> str:
    epoch, release = (properties.get(f"{_TRIVY}Src{part}", "") for part in ("Epoch", "Release"))
    version = properties[f"{_TRIVY}SrcVersion"] + (f"-{release}" if release else "")
    return f"{epoch}:{version}" if epoch not in ("", "0") else version


def _syft_location(properties: Mapping[str, str]) -> tuple[str, str]:
    """Return the package database among the places that Syft names, else the first place."""
    places: dict[int, dict[str, str]] = {}
    for name, value in properties.items():
        if found := _SYFT_LOCATION.fullmatch(name):
            places.setdefault(int(found[1]), {})[found[2]] = value
    ordered = [places[number] for number in sorted(places)]
    chosen = next((p for p in ordered if p.get("path", "").endswith(_DATABASES)), None)
    place = chosen or (ordered[0] if ordered else {})
    return place.get("path", ""), place.get("layerID", "")
