"""
Time matching alone, after start-up: 1,000 packages of a real release against its real advisories.

``python -m bench.matching --source DIR`` builds the shards it needs once and prints two Markdown
tables: one scan's matching, and 10,000 stored inventories judged again after a shard changed.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from pratique.formats.purl import package_url
from pratique.kit.store import Store
from pratique.matchers.matching import match_packages
from pratique.model.digest import sha256_of
from pratique.model.distro import Distro
from pratique.model.package import Package, PackageType
from pratique.model.stored import Holder, Piece
from pratique.pipelines.rescan_stored import rescan_stored
from pratique.pipelines.update_db import DbSettings, ensure

DEBIAN = Distro(id="debian", version="12")
IMAGES, HELD = 10_000, 150


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True, help="advisory mirror")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        settings = DbSettings(
            folder=Path(scratch) / "advisories",
            source=given.source,
            now=datetime(2026, 11, 21, tzinfo=UTC),
        )
        lookup, _ = ensure({"Debian:12", "PyPI", "npm"}, settings)
        try:
            _matching(lookup, given.source, given.runs)
            print()
            _rescan(lookup, given.source, Path(scratch))
        finally:
            lookup.close()


def _matching(lookup: object, source: str, runs: int) -> None:
    print("| packages | findings | first ms | later ms |\n|---|---|---|---|")
    everything = ("deb", "pypi", "npm")
    for kinds, age in (
        (everything, "one in ten behind"),
        (everything, "all behind"),
        (("deb",), "all behind"),
        (("pypi",), "all behind"),
        (("npm",), "all behind"),
    ):
        packages = _packages(source, kinds, 1000, random.Random(1))
        if age != "all behind":
            newest = [replace(one, version="9999", source_version="9999") for one in packages]
            packages = [old if n % 10 == 0 else newest[n] for n, old in enumerate(packages)]
        times, found = [], 0
        for _ in range(runs):
            start = time.perf_counter()
            found = len(match_packages(packages, DEBIAN, lookup).findings)  # type: ignore[arg-type]
            times.append((time.perf_counter() - start) * 1000)
        later = statistics.median(times[1:])
        told = f"{len(packages)} {' + '.join(kinds)}, {age}"
        print(f"| {told} | {found} | {times[0]:.0f} | {later:.0f} |")


def _rescan(lookup: object, source: str, folder: Path) -> None:
    dice = random.Random(2)
    pool = _packages(source, ("deb",), 4000, dice) + _packages(source, ("pypi", "npm"), 8000, dice)
    pieces = [Piece(package=package, distro=DEBIAN) for package in pool]
    bases = {"deb": ("Debian",), "pypi": ("PyPI",), "npm": ("npm",)}
    store = Store(folder / "data")
    for number in range(IMAGES):
        held = dice.sample(pieces, HELD)
        digest = sha256_of(b"%d" % number)
        holder = Holder(digest=digest, target=f"app:{number}", stored="2026-11-21T00:00:00Z")
        needs = {piece: bases[piece.package.type] for piece in held}
        store.put(holder, dict.fromkeys(held, ()), needs)
    print("| stored images | packages held | different | shard | seconds | changed |")
    print("|---|---|---|---|---|---|")
    for shard in ("Debian", "npm", "PyPI"):
        start = time.perf_counter()
        outcome = rescan_stored(store, lookup, [shard])  # type: ignore[arg-type]
        took = time.perf_counter() - start
        print(
            f"| {IMAGES} | {IMAGES * HELD} | {outcome.pieces} | {shard} | {took:.1f} "
            f"| {len(outcome.changes)} |",
            flush=True,
        )
    store.close()


def _packages(
    source: str, kinds: tuple[str, ...], count: int, dice: random.Random
) -> list[Package]:
    """Return packages whose names have advisories, with versions that advisories name."""
    made: list[Package] = []
    for kind in kinds:
        names = _names(source, kind)
        for number in range(count // len(kinds)):
            name, version = names[number % len(names)]
            namespace = "debian" if kind == "deb" else ""
            purl = package_url(kind, name, version, namespace)
            package = Package(type=PackageType(kind), name=name, version=version, purl=purl)
            if kind == "deb":
                package = replace(package, source_name=name, source_version=version)
            made.append(replace(package, location=f"{dice.random()}"))
    return [replace(package, location="") if count > 1000 else package for package in made]


@cache
def _names(source: str, kind: str) -> list[tuple[str, str]]:
    """Return (name, a version of it) of every package that OSV's records of a mirror speak of."""
    ecosystem = {"deb": "Debian:12", "pypi": "PyPI", "npm": "npm"}[kind]
    found: dict[str, str] = {}
    archive = Path(source) / "osv" / ecosystem.partition(":")[0] / "all.zip"
    with zipfile.ZipFile(archive) as records:
        for member in records.namelist():
            if member.startswith("MAL-"):
                continue
            for affected in json.loads(records.read(member)).get("affected", ()):
                package = affected.get("package", {})
                events = [e for r in affected.get("ranges", ()) for e in r["events"]]
                version = next((e["fixed"] for e in events if "fixed" in e), "")
                if package.get("ecosystem") == ecosystem and version:
                    found.setdefault(package["name"], version)
    return sorted(found.items())


if __name__ == "__main__":
    main()
