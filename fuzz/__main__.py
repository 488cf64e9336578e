"""
Run the harnesses, each for a bounded time: ``python -m fuzz [--seconds N] [NAME…]``.

The corpus grows in ``build/fuzz/corpus`` from run to run. An input that breaks the law lands in
``build/fuzz/faults``; copy it to ``fuzz/found/NAME/`` when it is mended, and the tests keep it so.
"""

import argparse
import hashlib
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fuzz import MEMORY_MB, SECONDS
from fuzz.harness import Harness, harnesses

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "fuzz"
_SLACK_S = 60


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; 1 when any harness found a fault."""
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="for each harness")
    parser.add_argument("--jobs", type=int, default=2, help="harnesses at a time")
    parser.add_argument("names", nargs="*", help="which; all without")
    asked = parser.parse_args(arguments)
    known = harnesses()
    unknown = sorted(set(asked.names) - set(known))
    if unknown:
        print(f"no harness {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    chosen = [known[name] for name in asked.names or known]
    with ThreadPoolExecutor(asked.jobs) as pool:
        results = list(pool.map(lambda harness: run(harness, asked.seconds), chosen))
    return 1 if any(results) else 0


def run(harness: Harness, seconds: int) -> int:
    """Fuzz one harness; return its exit status and say in a line what came of it."""
    corpus, faults = BUILD / "corpus" / harness.name, BUILD / "faults" / harness.name
    corpus.mkdir(parents=True, exist_ok=True)
    faults.mkdir(parents=True, exist_ok=True)
    for seed in harness.seeds():
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    command = [sys.executable, "-m", "fuzz.drive", harness.name, str(corpus)]
    command += [f"-max_total_time={seconds}", f"-timeout={SECONDS}", f"-rss_limit_mb={MEMORY_MB}"]
    command += [f"-artifact_prefix={faults}/", "-print_final_stats=1", "-verbosity=0"]
    log = BUILD / f"{harness.name}.log"
    with log.open("wb") as out:
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                timeout=seconds + _SLACK_S + SECONDS,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            done = 1
    said = log.read_text(errors="replace")
    tried = next((line.split()[-1] for line in said.splitlines() if "executed_units" in line), "?")
    verdict = "no fault" if not done else f"FAULT, see {log.relative_to(ROOT)}"
    print(f"{harness.name:<20} {tried:>9} inputs in {seconds} s: {verdict}", flush=True)
    return done


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
