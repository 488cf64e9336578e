"""
Count what ``pratique lint --fix`` mends in real Dockerfiles, and what hadolint finds before and after.

``python -m bench.lint_fixes --shared FOLDER --hadolint PATH`` mends the files of
``fixtures/dockerfiles/files.zip`` with safe fixes, and prints for each rule whose mending is mechanical (``SAFE``)
how many findings there are, how many were mended, withdrawn and left, and what hadolint counts.
``--list`` names the places that are left. ``--quiet-hadolint`` has the fixes comment what hadolint misreads.
Without the folder it says so and does nothing.
"""

import argparse
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.lint import hadolint_says, unpacked
from pratique.kit import registry
from pratique.model.fault import FixClass
from pratique.pipelines.lint_files import LintedFile, LintSettings, lint_files

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAFE = frozenset({
    "DL3009", "DL3012", "DL3014", "DL3019", "DL3020", "DL3021", "DL3027", "DL3030", "DL3032",
    "DL3034", "DL3036", "DL3038", "DL3040", "DL3042", "DL3046", "DL3047", "DL3050", "DL3060",
    "DL3063", "DL3065", "DL4000", "DL4003", "DL4004",
    "StageNameCasing", "FromAsCasing", "NoEmptyContinuation", "ConsistentInstructionCasing",
    "LegacyKeyValueFormat", "ExposeProtoCasing", "RedundantTargetPlatform",
})  # fmt: skip
"""
Rules of hadolint and BuildKit whose mending changes nothing else: the first name of each.

DL4006 is not among them: with ``pipefail`` a build stops that went on before, so that fix is one to
be looked at.
"""


def main() -> None:
    """Mend, count and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--hadolint", type=Path, help="the program, to be asked before and after")
    parser.add_argument("--list", action="store_true", help="name what is left")
    parser.add_argument("--quiet-hadolint", action="store_true", help="comment what it misreads")
    given = parser.parse_args()
    files = given.shared / "fixtures/dockerfiles/files.zip"
    if not files.is_file():
        sys.exit(f"nothing to mend: {files} is not there")
    with TemporaryDirectory() as kept:
        folder, to = unpacked(files, Path(kept)), Path(kept, "mended")
        to.mkdir()
        told = Counts(folder, to, quiet=given.quiet_hadolint)
        if given.hadolint:
            told.before, told.after = (
                hadolint_says(given.hadolint, place) for place in (folder, to)
            )
        told.show()
        print(f"{told.quieted} places commented for hadolint.")
        for line in told.places if given.list else ():
            print(line)


class Counts:
    """What was found, mended, withdrawn and left, by the name of the rule."""

    def __init__(self, folder: Path, to: Path, *, quiet: bool = False) -> None:
        """Lint and mend the files of a folder; the mended ones go to another."""
        self.names = safe_rules()
        self.made: Counter[str] = Counter()
        self.withdrawn: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.before: Counter[str] = Counter()
        self.after: Counter[str] = Counter()
        self.places: list[str] = []
        settings = LintSettings(
            paths=(str(folder),),
            now=NOW,
            pedantic=True,
            shellcheck=False,
            fixes=frozenset({FixClass.SAFE}),
            quiet_hadolint=quiet,
        )
        self.quieted = 0
        for file in lint_files(settings).files:
            self._count(file)
            self.quieted += file.quieted
            if file.mended:
                (to / Path(file.source.name).name).write_bytes(file.mended.content)

    def _count(self, file: LintedFile) -> None:
        if file.mended is None:
            return
        self.made.update(self._of([hit.finding.rule for hit in file.mended.made]))
        self.withdrawn.update(self._of([hit.finding.rule for hit, _ in file.mended.withdrawn]))
        left = [hit for hit in file.hits if not hit.finding.suppressed]
        self.left.update(self._of([hit.finding.rule for hit in left]))
        self.places += [
            f"left: {hit.finding.rule} {Path(file.source.name).name}:{hit.fault.line}"
            for hit in left
            if hit.finding.rule in self.names
        ]

    def _of(self, rules: list[str]) -> list[str]:
        return [self.names[rule] for rule in rules if rule in self.names]

    def show(self) -> None:
        """Print the table and its last line."""
        print("| rule | our check | found | mended | withdrawn | left | hadolint before | after |")
        print("|---|---|---:|---:|---:|---:|---:|---:|")
        checks = {code: rule for rule, code in self.names.items()}
        totals = [0] * 6
        for code in sorted(checks):
            counts = [self.made[code], self.withdrawn[code], self.left[code]]
            row = [self.made[code] + self.left[code], *counts, self.before[code], self.after[code]]
            totals = [total + one for total, one in zip(totals, row, strict=True)]
            if any(row):
                print(f"| {code} | `{checks[code]}` | " + " | ".join(map(str, row)) + " |")
        print("| all | | " + " | ".join(map(str, totals)) + " |")
        print(f"\n{totals[1] / max(1, totals[0]):.1%} of what was found is mended.")


def safe_rules() -> dict[str, str]:
    """Return our names of the rules, and the name they have elsewhere."""
    found: dict[str, str] = {}
    for name, check in registry.load("checks.dockerfile").items():
        codes = [alias for alias in check.ALIASES if alias in SAFE]
        if codes:
            found[name] = codes[0]
    return found


if __name__ == "__main__":
    main()
