"""
Fetch Debian's kernel for virtual machines, in which tests try the sensor: ``build/kernel``.

Uses apt-get on Debian and its relatives: the package is downloaded and unpacked, never installed.
Nothing is done where a kernel was unpacked before. Elsewhere that is said, and the tests are skipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "build" / "kernel"
META = "linux-image-cloud-amd64"


def main() -> int:
    """Fetch it; return the exit status."""
    if list(FOLDER.glob("boot/vmlinuz-*")):
        return 0
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        print("no kernel for virtual machines: needs apt-get and dpkg", file=sys.stderr)
        return 1
    said = subprocess.run(["apt-cache", "depends", META], capture_output=True, text=True)
    name = package_of(said.stdout)
    if not name:
        print(f"no kernel for virtual machines: {META} is not known here", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["apt-get", "-q", "download", name], cwd=folder)
        found = list(Path(folder).glob("*.deb"))
        if done.returncode or not found:
            return 1
        FOLDER.mkdir(parents=True, exist_ok=True)
        return subprocess.run(["dpkg", "-x", str(found[0]), str(FOLDER)]).returncode


def package_of(depends: str) -> str:
    """
    Return the package of the kernel itself out of what ``apt-cache depends`` says.

    >>> package_of("linux-image-cloud-amd64\\n  Depends: linux-image-6.1.0-9-cloud-amd64\\n")
    'linux-image-6.1.0-9-cloud-amd64'
    """
    found = re.search(r"Depends: (linux-image-\d[^\s<>]*-cloud-amd64)$", depends, re.M)
    return found[1] if found else ""


if __name__ == "__main__":
    raise SystemExit(main())
