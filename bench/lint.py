"""
Compare ``pratique lint`` with hadolint on real Dockerfiles, and time both.

``python -m bench.lint --files files.zip --expected hadolint.jsonl`` prints, for each rule of hadolint, at
how many instructions both fire, only we, only hadolint; ``--list`` names the places where they differ.
Files that hadolint cannot parse (DL1000) and rules that it leaves off are left out. ``--hadolint PATH`` times the program on
``--copies`` distinct files, one process each, beside ours, and counts what it finds in the files before
and after ``--fix``.
"""

import argparse
import json
import subprocess
import sys
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pratique.formats.dockerfile.parsing import parse
from pratique.kit import registry
from pratique.model.fault import FixClass
from pratique.pipelines.lint_files import LintSettings, lint_files

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OFF = frozenset({"DL1001", "DL3057"})
"""Rules that hadolint does not run unless it is told to."""
RUNS = 3


class At(NamedTuple):
    """One finding of a rule of hadolint: the file and the first line of the instruction."""

    file: str
    line: int
    code: str


def main() -> None:
    """Compare and measure what is asked for, and print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=Path, required=True, help="zip of Dockerfiles, or a folder")
    parser.add_argument("--expected", type=Path, help="answers of hadolint, one JSON object a line")
    parser.add_argument("--hadolint", type=Path, help="the program, to be timed and asked anew")
    parser.add_argument("--copies", type=int, default=1000, help="distinct files to time")
    parser.add_argument("--list", action="store_true", help="name the places where they differ")
    given = parser.parse_args()
    with TemporaryDirectory() as kept:
        folder = unpacked(given.files, Path(kept))
        if given.expected:
            theirs = answers(given.expected)
            agreement(ours(folder), theirs, given.list)
        if given.hadolint:
            mended(folder, given.hadolint, Path(kept, "mended"))
            timed(folder, given.hadolint, Path(kept, "copies"), given.copies)


def unpacked(files: Path, to: Path) -> Path:
    """Return a folder with the Dockerfiles."""
    if files.is_dir():
        return files
    with zipfile.ZipFile(files) as archive:
        archive.extractall(to / "files")
    (inner,) = {path.parent for path in (to / "files").rglob("*") if path.is_file()}
    return inner


def answers(expected: Path) -> set[At]:
    """Return what hadolint said; files it cannot parse stand with DL1000."""
    rows = (json.loads(line) for line in expected.read_text().splitlines())
    return {At(row["file"], row["line"], row["code"]) for row in rows}


def ours(folder: Path) -> set[At]:
    """Return what we say, under hadolint's ids, at the first lines of the instructions."""
    linted = lint_files(LintSettings(paths=(str(folder),), now=NOW, pedantic=True))
    found: set[At] = set()
    for file in linted.files:
        starts = sorted({one.line for one in parse(file.source.content or b"").instructions})
        for hit in file.hits:
            if hit.finding.suppressed:
                continue
            first = max((line for line in starts if line <= hit.fault.line), default=1)
            codes = (name for name in hit.finding.names if name.startswith("DL"))
            found |= {At(Path(file.source.name).name, first, code) for code in codes}
    return found


def agreement(we: set[At], they: set[At], listed: bool) -> None:
    """Print the table, rules by how often either fires."""
    broken = {one.file for one in they if one.code == "DL1000"}
    we = {one for one in we if one.file not in broken and one.code not in OFF}
    they = {one for one in they if one.file not in broken and one.code.startswith("DL")}
    rows = Counter(one.code for one in we | they)
    print("| rule | ours | both | only we | only hadolint |\n|---|---|---:|---:|---:|")
    names = _names()
    totals = [0, 0, 0]
    for code, _ in sorted(rows.items(), key=lambda row: (-row[1], row[0])):
        sets = (we & they, we - they, they - we)
        counts = [sum(1 for one in each if one.code == code) for each in sets]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        print(f"| {code} | {names.get(code, '')} | " + " | ".join(map(str, counts)) + " |")
    print("| all | | " + " | ".join(map(str, totals)) + " |")
    if listed:
        for name, only in (("we", we - they), ("hadolint", they - we)):
            for one in sorted(only, key=lambda at: (at.code, at.file, at.line)):
                print(f"only {name}: {one.code} {one.file}:{one.line}")


def mended(folder: Path, hadolint: Path, to: Path) -> None:
    """Print what hadolint counts of the rules that have safe fixes, before and after ``--fix``."""
    settings = LintSettings(paths=(str(folder),), now=NOW, fixes=frozenset({FixClass.SAFE}))
    to.mkdir()
    made: Counter[str] = Counter()
    withdrawn: Counter[str] = Counter()
    for file in lint_files(settings).files:
        if file.mended:
            (to / Path(file.source.name).name).write_bytes(file.mended.content)
            made.update(code for hit in file.mended.made for code in _codes(hit.finding.names))
            failed = (hit for hit, _ in file.mended.withdrawn)
            withdrawn.update(code for hit in failed for code in _codes(hit.finding.names))
    before, after = hadolint_says(hadolint, folder), hadolint_says(hadolint, to)
    print("\n| rule with a safe fix | made | withdrawn | hadolint before | after |")
    print("|---|---:|---:|---:|---:|")
    for code in sorted(made | withdrawn):
        row = (made[code], withdrawn[code], before[code], after[code])
        print(f"| {code} | " + " | ".join(map(str, row)) + " |")


def timed(folder: Path, hadolint: Path, to: Path, copies: int) -> None:
    """Print wall seconds for many files and for one, the best of some runs each."""
    to.mkdir()
    sources = sorted(path for path in folder.iterdir() if path.is_file())
    for number in range(copies):
        source = sources[number % len(sources)]
        content = source.read_bytes().rstrip(b"\n") + f"\n# {number}\n".encode()
        (to / f"{number:05}.Dockerfile").write_bytes(content)
    paths = sorted(map(str, to.iterdir()))
    small = min(sources, key=lambda path: path.stat().st_size)
    lint = [sys.executable, "-m", "pratique", "lint", "--no-ignore", "--pedantic"]
    print("\n| files | pratique (s) | hadolint (s) | ratio |\n|---|---:|---:|---:|")
    for name, mine, its in (
        (f"{copies}", [*lint, str(to)], [str(hadolint), *paths]),
        ("1, the smallest", [*lint, str(small)], [str(hadolint), str(small)]),
    ):
        we, they = _best(mine), _best(its)
        print(f"| {name} | {we:.2f} | {they:.2f} | {we / they:.2f} |")


def _best(command: list[str]) -> float:
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        taken.append(time.perf_counter() - start)
    return min(taken)


def hadolint_says(hadolint: Path, folder: Path) -> Counter[str]:
    """Return how often hadolint fires in the files of a folder, by rule."""
    counted: Counter[str] = Counter()
    for path in sorted(folder.iterdir()):
        command = [str(hadolint), "-f", "json", str(path)]
        said = subprocess.run(command, capture_output=True, check=False).stdout
        counted.update(row["code"] for row in json.loads(said or b"[]"))
    return counted


def _codes(names: Iterable[str]) -> Iterator[str]:
    return (name for name in names if name.startswith("DL"))


def _names() -> dict[str, str]:
    """Return our name for each of hadolint's ids."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, check in registry.load("checks.dockerfile").items():
        for code in _codes(check.ALIASES):
            found[code].append(name)
    return {code: ", ".join(names) for code, names in found.items()}


if __name__ == "__main__":
    main()
