"""
Score the secrets scanner and time it: precision, recall, and MB/s with all rules.

``python -m bench.secrets --labels DIR`` reads ``labels.tsv`` and ``files.zip`` of a folder in place,
``--gitleaks PATH`` a table of samples or a git repository of gitleaks; what is found at a wrong
place, or not found, is listed. ``--corpus DIR…`` times all rules over the text files of folders, and
beside it what any scanner must do: look at each byte once (the engine alone) and hash it.
"""

import argparse
import csv
import hashlib
import io
import statistics
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.gitleaks_samples import GitleaksSample, of_repository, of_table
from pratique.secrets.rules import all_kinds, all_rules
from pratique.secrets.scanner import SecretScanner
from pratique.secrets.search import search_for

RUNS = 5


class Text(NamedTuple):
    """A file in memory, as a scanner reads it."""

    path: str
    data: bytes
    mode: int = 0o644

    @property
    def size_bytes(self) -> int:
        return len(self.data)

    def read(self, offset: int, size: int) -> bytes:
        return self.data[offset : offset + size]

    def content(self) -> bytes:
        return self.data

    def open(self) -> io.BytesIO:
        return io.BytesIO(self.data)


class Score:
    """Counts of right and wrong, and what was wrong."""

    def __init__(self) -> None:
        self.right = self.missed = self.false = 0
        self.errors: list[str] = []

    def see(self, wanted: bool, found: Iterable[str], what: str) -> None:
        names = sorted(set(found))
        if wanted and names:
            self.right += 1
        elif wanted:
            self.missed += 1
            self.errors.append(f"missed  {what}")
        elif names:
            self.false += 1
            self.errors.append(f"false   {what}: {', '.join(names)}")

    def row(self, name: str) -> str:
        precision = self.right / max(1, self.right + self.false)
        recall = self.right / max(1, self.right + self.missed)
        return f"| {name} | {self.right} | {self.missed} | {self.false} | {precision:.3f} | {recall:.3f} |"


def main() -> None:
    """Score and measure what is asked for, and print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, help="folder with labels.tsv and files.zip")
    parser.add_argument("--gitleaks", type=Path, help="table of samples, or a git repository")
    parser.add_argument("--corpus", type=Path, nargs="*", default=[], help="folders of text files")
    parser.add_argument("--mib", type=int, default=64, help="most text to time")
    given = parser.parse_args()
    with TemporaryDirectory() as cache:
        scanner = SecretScanner(cache=Path(cache), heeding=True)
        scores = {}
        if given.labels:
            scores["labelled files"] = labelled(scanner, given.labels)
        if given.gitleaks:
            table = given.gitleaks.is_file()
            samples = list((of_table if table else of_repository)(given.gitleaks))
            scores["gitleaks samples"] = by_rule(scanner, samples)
            scores["the same, any kind counts"] = by_any(scanner, samples)
        print("| set | right | missed | false | precision | recall |\n|---|---|---|---|---|---|")
        for name, score in scores.items():
            print(score.row(name))
        for name, score in scores.items():
            print(f"\n{name}:" if score.errors else "")
            print("\n".join(score.errors))
        if given.corpus:
            _time(given.corpus, given.mib << 20, Path(cache))


def labelled(scanner: SecretScanner, folder: Path) -> Score:
    """Score by file and line; line 0 is the whole file, a line without a label is benign."""
    labels: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    with (folder / "labels.tsv").open(newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            labels[row["file"]][int(row["line"])] = row["label"], row["kind"]
    score = Score()
    with zipfile.ZipFile(folder / "files.zip") as archive:
        for member in sorted(archive.namelist()):
            path = member.removeprefix("files/")
            if member.endswith("/") or not path:
                continue
            found: dict[int, list[str]] = defaultdict(list)
            for spot in scanner.scan(Text(path, archive.read(member))):
                found[spot.line].append(spot.rule)
            known = labels[path]
            for line in sorted(known | found):
                label, kind = known.get(line, ("benign", "no label"))
                names = (
                    found.get(line, []) if line else [n for all_ in found.values() for n in all_]
                )
                score.see(label == "secret", names, f"{path}:{line} ({kind})")
    return score


def by_rule(scanner: SecretScanner, samples: Iterable[GitleaksSample]) -> Score:
    """Score as the samples are meant: a benign one must not be found by that rule's kind."""
    names = {kind.id: {kind.id, *kind.aliases} for kind in all_kinds()}
    score = Score()
    for sample in samples:
        found = _rules(scanner, sample)
        if not sample.secret:
            found = [rule for rule in found if sample.rule in names[rule]]
        score.see(sample.secret, found, f"{sample.rule}: {sample.text[:160]!r}")
    return score


def by_any(scanner: SecretScanner, samples: Iterable[GitleaksSample]) -> Score:
    """Score more harshly: a benign sample must not be found at all."""
    score = Score()
    for sample in samples:
        score.see(sample.secret, _rules(scanner, sample), f"{sample.rule}: {sample.text[:160]!r}")
    return score


def _rules(scanner: SecretScanner, sample: GitleaksSample) -> list[str]:
    file = Text(sample.path or "sample.txt", sample.text.encode())
    return [spot.rule for spot in scanner.scan(file)]


def _time(folders: Iterable[Path], most: int, cache: Path) -> None:
    files = list(_texts(folders, most))
    size = sum(len(file.data) for file in files)
    # The engine is timed on the same texts in the same process: machines differ, their ratio less.
    start = time.process_time()
    search = search_for(all_rules(), cache, "")
    load = time.process_time() - start
    scanner = SecretScanner(cache=cache, heeding=True)
    scanner.prepare()
    took: dict[str, list[float]] = defaultdict(list)
    for _ in range(RUNS):
        took["sha256"].append(_cpu(hashlib.sha256(file.data).digest() for file in files))
        took["engine alone"].append(_cpu(search.engine.regions(file.data) for file in files))
        took["all rules, confirmed"].append(_cpu(list(scanner.scan(file)) for file in files))
    print(f"\n{len(files)} files, {size / 1e6:.0f} MB, {len(all_rules())} rules; ", end="")
    print(f"database loaded in {load:.3f} CPU s (engine {search.engine.NAME})\n")
    print("| what | best MB/s | median MB/s |\n|---|---|---|")
    for name, seconds in took.items():
        best, middle = size / min(seconds) / 1e6, size / statistics.median(seconds) / 1e6
        print(f"| {name} | {best:.0f} | {middle:.0f} |")


def _cpu(work: Iterable[object]) -> float:
    start = time.process_time()
    for _ in work:
        pass
    return time.process_time() - start


def _texts(folders: Iterable[Path], most: int) -> Iterator[Text]:
    scanner = SecretScanner()
    for folder in folders:
        for place in sorted(folder.rglob("*")):
            if most <= 0:
                return
            if place.is_file() and not place.is_symlink():
                data = place.read_bytes()
                if scanner.wants(str(place), data[:512], len(data)):
                    most -= len(data)
                    yield Text(str(place), data)


if __name__ == "__main__":
    main()
