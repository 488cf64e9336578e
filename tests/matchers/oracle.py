"""
Judge packages of real images a second time, by other code than ours.

Nothing of ``pratique`` is imported: the images are read with ``tarfile``, the feeds with ``json``,
versions are compared by ``univers`` or ``rpm``, and the rules are those of the distributions' own
pages.
"""

import gzip
import io
import json
import re
import subprocess
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


Status = tuple[str, str]
"""Word and note of a line of Ubuntu's tracker."""


def ubuntu_statuses(archive: Path, codename: str, sources: set[str]) -> dict:
    """Return, by flaw and source, the status in the release and in Ubuntu Pro's continuation."""
    wanted = re.compile(
        rf"^({codename}|esm-infra/{codename}|{codename}/esm)_([^:\n]+): (\S+)(?: \((.*)\))?", re.M
    )
    found: dict[tuple[str, str], dict[str, Status]] = defaultdict(dict)
    with tarfile.open(archive) as tar:
        for member in tar:
            flaw = member.name.rpartition("/")[2]
            if member.isfile() and flaw.startswith("CVE-"):
                text = tar.extractfile(member).read().decode(errors="replace")  # type: ignore[union-attr]
                for release, source, word, note in wanted.findall(text):
                    if source in sources:
                        found[flaw, source][release] = (word, note)
    return found


def ubuntu_hits(statuses: dict, codename: str, packages: Iterable[Installed]) -> set[Hit]:
    """Return what the tracker says: the release's word, cleared or replaced by Pro's."""
    by_source = defaultdict(list)
    for one in packages:
        by_source[one[2]].append(one)
    hits = set()
    for (flaw, source), said in statuses.items():
        for name, version, _, source_version in by_source[source]:
            esm = said.get(f"esm-infra/{codename}") or said.get(f"{codename}/esm")
            own = _ubuntu_state(said.get(codename), source_version, pro=False)
            pro = _ubuntu_state(esm, source_version, pro=True)
            if (
                own == "fixable"
                or (own == "open" and pro != "clean")
                or (own == "silent" and pro in ("open", "fixable"))
            ):
                hits.add((flaw, name, version))
    return hits


def _ubuntu_state(status: Status | None, version: str, *, pro: bool) -> str:
    word, note = status or ("DNE", "")
    if word == "DNE":
        return "silent"
    is_version = re.fullmatch(r"[0-9][0-9A-Za-z.+:~-]*", note)
    if is_version and (word == "released" or (pro and word == "not-affected")):
        return "clean" if DebianVersion(version) >= DebianVersion(note) else "fixable"
    if word == "not-affected" or (word == "ignored" and note.startswith("was not-affected")):
        return "clean"
    return "open"


def suse_hits(archive: Path, release: str, packages: Iterable[Installed]) -> set[Hit]:
    """Return what SUSE's errata say: modules and server of a release first, else LTSS."""
    free = re.compile(rf"SUSE:Linux Enterprise (Module for [\w ]+|Server) {release}")
    paid = f"SUSE:Linux Enterprise Server {release}-LTSS"
    said: dict[tuple[str, str], dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
    with ZipFile(archive) as zipped:
        for name in zipped.namelist():
            record = json.loads(zipped.read(name)) if name.endswith(".json") else {}
            flaws = [flaw for flaw in record.get("related", ()) if flaw.startswith("CVE-")]
            if not flaws and "SUSE-SU" in name:
                flaws = [record["id"]]
            for affected in record.get("affected", ()):
                ecosystem = affected["package"]["ecosystem"]
                if ecosystem != paid and not free.fullmatch(ecosystem):
                    continue
                for flaw in flaws:
                    key = (flaw, affected["package"]["name"])
                    events = affected["ranges"][0]["events"]
                    said[key][ecosystem == paid].add(events[1]["fixed"])
    pairs = [
        ((flaw, name, version), mine, sorted(fixes.get(False) or fixes[True]))
        for name, version, source, source_version in packages
        for (flaw, about), fixes in said.items()
        for mine in {name: version, source: source_version}.get(about, "").split()
    ]
    below = _rpm_below([(mine, fixed) for _, mine, fixes in pairs for fixed in fixes])
    return {hit for hit, mine, fixes in pairs if any((mine, fixed) in below for fixed in fixes)}


def _rpm_below(pairs: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the pairs of which rpm itself says that the first is before the second."""
    script = " ".join(f'print(rpm.vercmp("{a}","{b}").." ")' for a, b in pairs)
    done = subprocess.run(
        ["rpm", "--eval", f"%{{lua: {script}}}"], capture_output=True, text=True, check=True
    )
    answers = done.stdout.split()
    return {pair for pair, answer in zip(pairs, answers, strict=True) if answer == "-1"}
