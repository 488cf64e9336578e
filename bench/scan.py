"""
Compare a scan with the physical limit and with Syft, on the same images in one run.

``python -m bench [IMAGE…] [--runs N] [--source DIR]`` prints a Markdown table:

- *limit*: inflate every layer (isal, zstandard) and hash both forms; what no scanner can beat;
- *cold*: ``pratique sbom`` without a layer cache, and *warm* with one;
- *scan*: ``pratique scan --offline``, warm, with advisory data fetched before the clock starts;
- *syft*: the same package catalogers (apk, deb, rpm) of the Syft in requirements/bench.txt.

Without images it takes those of the shared test data (``PRATIQUE_SHARED``, else ``../shared``).
Figures are medians; the ratios are what counts, since the machine may be shared.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import Run, median, run

MIB = 1 << 20
PYTHON = sys.executable
PRATIQUE = [str(Path(PYTHON).parent / "pratique")]
SYFT = [str(Path(PYTHON).parent / "syft"), "-q", "-o", "json"]
CATALOGERS = "apk-db-cataloger,dpkg-db-cataloger,rpm-db-cataloger"


SHARED = Path(os.environ.get("PRATIQUE_SHARED", "../shared"))
NAMES = (
    "debian-12-slim.oci.tar",
    "alpine-3.10.docker.tar",
    "alpine-3.15-zstd.oci.tar",
    "python-app-alpine.oci.tar",
    "mariner-2-sqlite-trimmed.oci.tar",
)


def main() -> None:
    """Measure every image named on the command line and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("images", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--source", help="advisory mirror for the scan column")
    given = parser.parse_args()
    if not given.images:
        given.images = [SHARED / "images" / name for name in NAMES]
        given.source = given.source or str(SHARED / "mirror")
    absent = [str(image) for image in given.images if not image.is_file()]
    if absent:
        parser.error("not there: " + ", ".join(absent))
    print(f"`--version` / bare interpreter: {_start_up(given.runs):.2f}×\n")
    print(
        "| image | MB | packages (ours = Syft's) | limit CPU s | cold CPU s | × limit "
        "| cold/Syft CPU | cold/Syft peak | peak MB | warm wall s | warm scan wall s |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for image in given.images:
        print(_row(image, given.runs, given.source), flush=True)


def _row(image: Path, runs: int, source: str | None) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        env = {**os.environ, "PRATIQUE_CACHE_DIR": scratch}
        cold_command = [*PRATIQUE, "sbom", "--no-cache", str(image), "-o", "json"]
        warm_command = [*PRATIQUE, "sbom", str(image), "-o", "json"]
        syft_command = [*SYFT, "--override-default-catalogers", CATALOGERS, _syft_name(image)]
        limit = _median([PYTHON, "-m", "bench.limit", str(image)], env, runs)
        cold = _median(cold_command, env, runs)
        syft = _median(syft_command, env, runs)
        warm = _median(warm_command, env, runs)
        scan = _scan(image, env, runs, source)
        ours, theirs = _packages(warm_command, env, "ours"), _packages(syft_command, env, "syft")
    same = "yes" if ours == theirs else f"no: {len(ours - theirs)} more, {len(theirs - ours)} fewer"
    return (
        f"| {image.name} | {image.stat().st_size / MIB:.1f} | {len(ours)} ({same}) "
        f"| {limit.cpu_s:.2f} | {cold.cpu_s:.2f} | {cold.cpu_s / limit.cpu_s:.1f} "
        f"| {cold.cpu_s / syft.cpu_s:.2f} | {cold.peak_bytes / syft.peak_bytes:.2f} "
        f"| {cold.peak_bytes / MIB:.0f} | {warm.wall_s:.2f} | {scan} |"
    )


def _scan(image: Path, env: dict[str, str], runs: int, source: str | None) -> str:
    if source is None:
        return "–"
    fetch = [*PRATIQUE, "scan", "-q", "--source", source, str(image), "-o", "json"]
    run(fetch, env)
    command = [*PRATIQUE, "scan", "-q", "--offline", str(image), "-o", "json"]
    return f"{_median(command, env, runs).wall_s:.2f}"


def _median(command: list[str], env: dict[str, str], runs: int) -> Run:
    run(command, env)
    return median([run(command, env) for _ in range(runs)])


def _start_up(runs: int) -> float:
    env = dict(os.environ)
    bare = _median([PYTHON, "-c", "pass"], env, runs * 4)
    ours = _median([*PRATIQUE, "--version"], env, runs * 4)
    return ours.cpu_s / bare.cpu_s


def _packages(command: list[str], env: dict[str, str], whose: str) -> set[tuple[str, str]]:
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    report = json.loads(done.stdout)
    if whose == "ours":
        found = [p for subject in report["subjects"] for p in subject["packages"]]
        return {(p["name"], p["version"].removeprefix("0:")) for p in found if p["type"] in _OS}
    return {(p["name"], p["version"]) for p in report["artifacts"] if p["type"] in _OS}


_OS = {"apk", "deb", "rpm"}


def _syft_name(image: Path) -> str:
    scheme = "docker-archive" if ".docker." in image.name else "oci-archive"
    return f"{scheme}:{image}"


if __name__ == "__main__":
    main()
