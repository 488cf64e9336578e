"""
Compare all scanners with the one for flaws: ``python -m bench.scanners [IMAGE…] [--runs N] [--write]``.

``pratique scan --offline --no-cache`` with ``--scanners all`` and with ``--scanners vuln``, advisory data
fetched and rules compiled before, layers read anew by both. They take turns, and the least CPU time of
each counts, since whatever else the machine does only adds to it; memory is not sampled meanwhile. Without
images: all of the shared test data, and the 200,000 small files of ``bench.corpus``.
"""

import argparse
import compileall
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench import corpus
from bench.page import PAGE, put
from bench.scan import PRATIQUE, SHARED, shared

WAYS = ("vuln", "all")


def main() -> None:
    """Measure, print, and write the page if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("images", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--source", default=str(SHARED / "mirror"), help="advisory mirror")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE}")
    given = parser.parse_args()
    compileall.compile_dir("src/pratique", quiet=2)
    lines = []
    for line in _measured(given.images or [*shared(), corpus.many_files()], given):
        print(line, flush=True)
        lines.append(line)
    if given.write:
        put("scanners", lines)


def _measured(images: Sequence[Path], given: argparse.Namespace) -> Iterator[str]:
    sums = dict.fromkeys(WAYS, 0.0)
    yield f"| image | flaws alone, CPU s | all scanners, CPU s | ratio (least of {given.runs}) |"
    yield "|---|---|---|---|"
    with tempfile.TemporaryDirectory() as scratch:
        env = {**os.environ, "PRATIQUE_CACHE_DIR": scratch, "PRATIQUE_DATA_DIR": f"{scratch}/data"}
        for image in images:
            least = _least(image, env, given)
            for way in WAYS:
                sums[way] += least[way]
            yield _row(image.name, least)
    yield _row("all of them", sums)


def _least(image: Path, env: Mapping[str, str], given: argparse.Namespace) -> dict[str, float]:
    command = [*PRATIQUE, "scan", "-q", str(image), "-o", "json"]
    _cpu_s([*command, "--source", given.source], env)
    offline = [*command, "--offline", "--no-cache", "--scanners"]
    for way in WAYS:
        _cpu_s([*offline, way], env)
    turns = [{way: _cpu_s([*offline, way], env) for way in WAYS} for _ in range(given.runs)]
    return {way: min(turn[way] for turn in turns) for way in WAYS}


def _row(name: str, least: Mapping[str, float]) -> str:
    vuln, every = (least[way] for way in WAYS)
    return f"| {name} | {vuln:.2f} | {every:.2f} | {every / vuln:.2f} |"


def _cpu_s(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Return the CPU seconds of a command and of all that it waited for."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=env, stdout=quiet, stderr=quiet)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
