"""
Scan the sample image and say where the results lie: what ``make demo`` runs.

Law: it shows exactly what a user gets, through the same command. The sample has findings of high
severity, so with ``--fail-on high`` the scan must end with 1; the demonstration then ends with 0,
and with anything else it fails.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from examples.demo.feeds import write_feeds
from examples.demo.image import TAG, write_image
from examples.demo.recordings import BREAK_IN, write_recordings

ROOT = Path(__file__).resolve().parent.parent
DENIED = 1
REPORTS = (
    ("json", "report.json", "everything, for programs"),
    ("cyclonedx", "sbom.cdx.json", "the SBOM as CycloneDX, with the vulnerabilities"),
    ("spdx", "sbom.spdx.json", "the SBOM as SPDX"),
    ("sarif", "findings.sarif", "for code-scanning dashboards"),
)


def main() -> int:
    """Make the sample afresh, scan it, list the files; return 0 when the scan said "deny"."""
    folder = Path("build/demo")
    os.chdir(ROOT)
    shutil.rmtree(folder, ignore_errors=True)
    write_recordings(folder, write_image(folder / "image"))
    write_feeds(folder / "feeds")
    command = scan_command(folder)
    print(f"$ {' '.join(command)}\n", flush=True)
    # Only the sample decides what is shown: no setting of the user's, and a cache of its own.
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PRATIQUE_")}
    environ |= {"PRATIQUE_CACHE_DIR": str(folder / "cache")}
    environ |= {"PRATIQUE_DATA_DIR": str(folder / "data")}
    pratique = [sys.executable, "-m", *command]
    done = subprocess.run(pratique, env=environ, check=False)
    if done.returncode != DENIED:
        print(f"\nThe scan ended with {done.returncode}; {DENIED} was expected.", file=sys.stderr)
        return done.returncode or 1
    print("\nWritten:")
    for _, name, purpose in REPORTS:
        print(f"  {folder / name!s:<33}{purpose}")
    print(f"  {folder / BREAK_IN!s:<33}a break-in:  pratique watch --replay {folder / BREAK_IN}")
    print("\nThe scan ended with exit code 1, which is what stops a build: --fail-on high is met.")
    return 0


def scan_command(folder: Path) -> list[str]:
    """Return the command line that scans the sample below ``folder``."""
    command = ["pratique", "scan", f"oci:{folder / 'image'}:{TAG}"]
    command += ["--source", str(folder / "feeds"), "--fail-on", "high", "-o", "table"]
    for name, file, _ in REPORTS:
        command += ["-o", f"{name}={folder / file}"]
    return command


if __name__ == "__main__":
    sys.exit(main())
