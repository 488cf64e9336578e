"""
Judge Alpine and Debian packages a second time, by other code than ours.

Nothing of ``pratique`` is imported: the images are read with ``tarfile``, the feeds with ``json``,
versions are compared by ``univers``, and the rules are those of the distributions' own pages.
"""

import gzip
import io
import json
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZipFile

import zstandard
from univers.versions import AlpineLinuxVersion, DebianVersion

Installed = tuple[str, str, str, str]
"""Binary name and version, source name and version."""
Hit = tuple[str, str, str]
"""Flaw, binary name, binary version."""


def last_file(archive: Path, path: str) -> str:
    """Return a text file as the last layer that has it wrote it (the test images hide none)."""
    found = b""
    for layer in _layers(archive):
        with tarfile.open(fileobj=io.BytesIO(layer)) as tar:
            for member in tar:
                if member.isfile() and member.name.lstrip("./") == path:
                    found = tar.extractfile(member).read()  # type: ignore[union-attr]
    return found.decode()


def _layers(archive: Path) -> Iterator[bytes]:
    with tarfile.open(archive) as tar:
        names = {member.name: member for member in tar if member.isfile()}
        if "manifest.json" in names and "index.json" not in names:
            manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
            layers = manifest[0]["Layers"]
        else:
            layers = list(_oci_layers(tar, json.load(tar.extractfile("index.json"))))  # type: ignore[arg-type]
        for name in layers:
            blob = tar.extractfile(name).read()  # type: ignore[union-attr]
            if blob[:4] == b"\x28\xb5\x2f\xfd":
                yield zstandard.ZstdDecompressor().decompressobj().decompress(blob)
            else:
                yield gzip.decompress(blob) if blob[:2] == b"\x1f\x8b" else blob


def _oci_layers(tar: tarfile.TarFile, index: dict) -> Iterator[str]:
    entry = index["manifests"][0]
    document = json.load(tar.extractfile("blobs/" + entry["digest"].replace(":", "/")))  # type: ignore[arg-type]
    if "manifests" in document:
        yield from _oci_layers(tar, document)
    for layer in document.get("layers", ()):
        yield "blobs/" + layer["digest"].replace(":", "/")


def apk_installed(text: str) -> Iterator[Installed]:
    """Yield the packages of apk's database."""
    for record in text.strip().split("\n\n"):
        said = dict(line.split(":", 1) for line in record.splitlines() if line[1:2] == ":")
        yield said["P"], said["V"], said.get("o", said["P"]), said["V"]


def dpkg_installed(text: str) -> Iterator[Installed]:
    """Yield the installed packages of dpkg's status file."""
    for record in text.strip().split("\n\n"):
        lines = (line for line in record.splitlines() if line[:1].strip() and ": " in line)
        said = dict(line.split(": ", 1) for line in lines)
        if said["Status"].split()[2] != "installed":
            continue
        source, _, version = said.get("Source", said["Package"]).partition(" ")
        yield said["Package"], said["Version"], source, version.strip("()") or said["Version"]


def secdb_hits(folder: Path, packages: Iterable[Installed]) -> set[Hit]:
    """Return what Alpine's database says: affected while below any version the flaw is under."""
    fixes = defaultdict(set)
    for file in folder.glob("*.json"):
        for entry in json.loads(file.read_text())["packages"]:
            for version, flaws in (entry["pkg"].get("secfixes") or {}).items():
                for flaw in " ".join(flaws or ()).split():
                    if flaw.startswith("CVE-") and version != "0":
                        fixes[entry["pkg"]["name"]].add((flaw, version.split()[0]))
    return {
        (flaw, name, version)
        for name, version, source, source_version in packages
        for flaw, fixed in fixes[source]
        if AlpineLinuxVersion(source_version) < AlpineLinuxVersion(fixed)
    }


def osv_records(archive: Path, ecosystem: str, names: set[str]) -> list[dict]:
    """Return the live records with a statement on one of some packages of a release."""
    wanted, records = f'"{ecosystem}"'.encode(), []
    with ZipFile(archive) as zipped:
        for name in zipped.namelist():
            raw = zipped.read(name)
            if wanted not in raw:
                continue
            record = json.loads(raw)
            about = {a.get("package", {}).get("name") for a in record.get("affected", ())}
            if about & names and "withdrawn" not in record:
                records.append(record)
    return records


def debian_hits(records: list[dict], ecosystem: str, packages: Iterable[Installed]) -> set[Hit]:
    """Return what Debian's records say, a flaw's own record before advisories that list it."""
    by_source = defaultdict(list)
    for record in records:
        for affected in record["affected"]:
            if affected.get("package", {}).get("ecosystem") == ecosystem:
                by_source[affected["package"]["name"]].append((record, affected))
    hits = set()
    for name, version, source, source_version in packages:
        own: dict[str, list[bool]] = defaultdict(list)
        listed: dict[str, list[bool]] = defaultdict(list)
        for record, affected in by_source[source]:
            verdict = _affected(affected, source_version)
            is_advisory = record["id"].startswith(("DSA-", "DLA-", "DTSA-"))
            for flaw in _flaws(record, is_advisory):
                (listed if is_advisory else own)[flaw].append(verdict)
        for flaw in {*own, *listed}:
            if any(own.get(flaw, listed[flaw])):
                hits.add((flaw, name, version))
    return hits


def _flaws(record: dict, is_advisory: bool) -> set[str]:
    names = {record["id"], *record.get("aliases", ()), *record.get("upstream", ())}
    if is_advisory:
        names |= set(record.get("related", ()))
    return {name for name in names if name.startswith("CVE-")} or {record["id"]}


def _affected(affected: dict, version: str) -> bool:
    """Walk the events as the OSV page says."""
    mine = DebianVersion(version)
    for described in affected.get("ranges", ()):
        if described["type"] != "ECOSYSTEM":
            continue
        vulnerable = False
        for event in described["events"]:
            ((kind, bound),) = event.items()
            at = bound == "0" or mine >= DebianVersion(bound)
            if kind == "introduced" and at:
                vulnerable = True
            elif (kind == "fixed" and at) or (
                kind == "last_affected" and mine > DebianVersion(bound)
            ):
                vulnerable = False
        if vulnerable:
            return True
    return "ranges" not in affected and version in affected.get("versions", ())
