"""
Compare a scan with the physical limit and with Syft, on the same images in one run.

``python -m bench [IMAGE…] [--runs N] [--source DIR]`` prints a Markdown table:

- *limit*: inflate every layer (isal, zstandard), hash both forms and walk the tar; what no scanner
  can beat;
- *cold*: ``pratique sbom`` without a layer cache, and *warm* with one;
- *scan*: ``pratique scan --offline``, warm, with advisory data fetched before the clock starts;
- *syft*: the Syft of requirements/bench.txt with all its image catalogers, as it comes;
- *trivy*, *grype*, *syft* of the machine, each where it is on PATH.

Without images it takes all of the shared test data (``PRATIQUE_SHARED``, else ``../shared``) and
those that ``bench.corpus`` makes: 1.5 GB in eight layers, and 200,000 small files. Then it reads two
equal layers with one worker and with two. Figures are medians; the ratios are what counts, since
the machine may be shared. ``--write`` puts the tables into docs/benchmarks.md.
"""

import argparse
import compileall
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import corpus
from bench.measure import Run, median, run
from bench.page import PAGE, put

MIB = 1 << 20
PYTHON = sys.executable
PRATIQUE = [str(Path(PYTHON).parent / "pratique")]
SYFT = [str(Path(PYTHON).parent / "syft"), "-q", "-o", "json"]
PEERS = {
    "trivy": [
        "image",
        "--quiet",
        "--format",
        "json",
        "--list-all-pkgs",
        "--offline-scan",
        "--input",
    ],
    "grype": ["-q", "-o", "json"],
    "syft": ["-q", "-o", "json"],
}
"""Scanners of the machine and how each is asked, the image last."""
SHARED = Path(os.environ.get("PRATIQUE_SHARED", "../shared"))


def main() -> None:
    """Measure every image named on the command line and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("images", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--source", help="advisory mirror for the scan column")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE}")
    given = parser.parse_args()
    everything = not given.images
    if everything:
        given.images = [*shared(), corpus.large(), corpus.many_files()]
        given.source = given.source or str(SHARED / "mirror")
    absent = [str(image) for image in given.images if not image.is_file()]
    if absent:
        parser.error("not there: " + ", ".join(absent))
    # As an installed program is; the interpreter may be told to write no bytecode here.
    compileall.compile_dir("src/pratique", quiet=2)
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    say(_machine(given.runs))
    say("")
    peers = [name for name in PEERS if shutil.which(name)]
    heads = "".join(f" cold/{name} CPU |" for name in peers)
    say(
        "| image | MB | packages (ours = Syft's) | limit CPU s | cold CPU s | × limit "
        f"| cold/Syft CPU | cold/Syft peak | peak MB | warm wall s | warm scan wall s |{heads}"
    )
    say("|---" * (11 + len(peers)) + "|")
    for image in given.images:
        say(_row(image, given.runs, given.source, peers))
    if everything:
        say("")
        say(_two_cores(given.runs))
        say("")
        matching = [PYTHON, "-m", "bench.matching", "--source", given.source]
        for line in subprocess.run(
            matching, capture_output=True, text=True, check=True
        ).stdout.splitlines():
            say(line)
    if given.write:
        put("measured", lines)


def shared() -> list[Path]:
    """Return the images of the shared test data; of the archive of two, one would be chosen."""
    found = sorted((SHARED / "images").glob("*.tar"))
    return [image for image in found if "multiarch" not in image.name]


def _machine(runs: int) -> str:
    cores = os.cpu_count()
    today = time.strftime("%Y-%m-%d", time.gmtime())
    python = platform.python_version()
    return (
        f"Measured {today} on {cores} shared cores ({platform.machine()}, CPython {python}), medians "
        f"of {runs} runs. `--version` takes {_start_up(runs):.2f} × a bare interpreter."
    )


def _two_cores(runs: int) -> str:
    """Return how much faster two equal layers are read by two workers than by one."""
    image = str(corpus.two_layers())
    walls = []
    for workers in ("1", "2"):
        command = [*PRATIQUE, "sbom", "--no-cache", "-q", "--workers", workers, image, "-o", "json"]
        walls.append(_median(command, dict(os.environ), runs).wall_s)
    return (
        f"Two equal layers of 250 MB: {walls[0]:.2f} s with one worker, {walls[1]:.2f} s with two: "
        f"{walls[0] / walls[1]:.2f} × faster."
    )


def _row(image: Path, runs: int, source: str | None, peers: list[str]) -> str:
    runs = min(runs, 3) if image.stat().st_size > 200 * MIB else runs
    with tempfile.TemporaryDirectory() as scratch:
        env = {**os.environ, "PRATIQUE_CACHE_DIR": scratch}
        cold_command = [*PRATIQUE, "sbom", "--no-cache", str(image), "-o", "json"]
        warm_command = [*PRATIQUE, "sbom", str(image), "-o", "json"]
        syft_command = [*SYFT, _syft_name(image)]
        limit = _median([PYTHON, "-m", "bench.limit", str(image)], env, runs)
        cold = _median(cold_command, env, runs)
        syft = _median(syft_command, env, runs)
        warm = _median(warm_command, env, runs)
        scan = _scan(image, env, runs, source)
        ours, theirs = _packages(warm_command, env, "ours"), _packages(syft_command, env, "syft")
        others = [_median([name, *PEERS[name], str(image)], env, runs) for name in peers]
    same = "yes" if ours == theirs else f"{len(ours - theirs)} more, {len(theirs - ours)} fewer"
    same = same if syft.code == 0 else "Syft failed"
    compared = "".join(f" {cold.cpu_s / other.cpu_s:.2f} |" for other in others)
    return (
        f"| {image.name} | {image.stat().st_size / MIB:.1f} | {len(ours)} ({same}) "
        f"| {limit.cpu_s:.2f} | {cold.cpu_s:.2f} | {cold.cpu_s / limit.cpu_s:.1f} "
        f"| {cold.cpu_s / syft.cpu_s:.2f} | {cold.peak_bytes / syft.peak_bytes:.2f} "
        f"| {cold.peak_bytes / MIB:.0f} | {warm.wall_s:.2f} | {scan} |{compared}"
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


def _packages(command: list[str], env: dict[str, str], whose: str) -> set[tuple[str, str, str]]:
    """Return (type, name, version) of what is installed, spelt alike."""
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    if done.returncode and not done.stdout:
        return set()
    report = json.loads(done.stdout)
    if whose == "ours":
        listed = [p for subject in report["subjects"] for p in subject["packages"]]
        listed = [p for p in listed if not p.get("declared")]
    else:
        listed = report["artifacts"]
    return {_alike(p) for p in listed}


def _alike(package: dict[str, str]) -> tuple[str, str, str]:
    kind = _SYFT_TYPES.get(package["type"], package["type"])
    name = package["name"].rpartition(":")[2].lower().replace("_", "-")
    return kind, name, package["version"].removeprefix("0:").removeprefix("v")


_SYFT_TYPES = {
    "python": "pypi",
    "go-module": "golang",
    "java-archive": "maven",
    "rust-crate": "cargo",
    "php-composer": "composer",
    "binary": "generic",
}


def _syft_name(image: Path) -> str:
    scheme = "docker-archive" if ".docker." in image.name else "oci-archive"
    return f"{scheme}:{image}"


if __name__ == "__main__":
    main()
