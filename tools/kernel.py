"""
Fetch Debian's kernel for virtual machines, in which tests try the sensor: ``build/kernel``.

``python -m tools.kernel aarch64`` fetches that of arm64, and the libraries that a loader is linked
with, to ``build/kernel-aarch64``. Uses apt-get on Debian and its relatives: packages are downloaded
and unpacked, never installed; lists of another machine are kept apart from the node's own. Nothing is
done where a kernel was unpacked before. Elsewhere that is said, and the tests are skipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BUILD = Path(__file__).resolve().parent.parent / "build"
LIBRARIES = ("libbpf-dev", "libelf-dev", "zlib1g-dev", "busybox-static")
"""What the node has for its own machine only."""
_STATUS = "status"


def main(arguments: list[str]) -> int:
    """Fetch it; return the exit status."""
    other = "aarch64" in arguments
    folder = BUILD / ("kernel-aarch64" if other else "kernel")
    if list(folder.glob("boot/vmlinuz-*")):
        return 0
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        print("no kernel for virtual machines: needs apt-get and dpkg", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        options = other_machine(Path(place)) if other else []
        if options:
            subprocess.run(["apt-get", "-q", *options, "update"], stdout=subprocess.DEVNULL)
        machine = "arm64" if other else "amd64"
        meta = f"linux-image-cloud-{machine}"
        said = subprocess.run(
            ["apt-cache", *options, "depends", meta], capture_output=True, text=True
        )
        name = package_of(said.stdout, machine)
        if not name:
            print(f"no kernel for virtual machines: {meta} is not known here", file=sys.stderr)
            return 1
        return unpack([name, *(LIBRARIES if other else ())], options, folder)


def other_machine(place: Path) -> list[str]:
    """Return apt's options for arm64, with lists and state of its own below ``place``."""
    lists = place / "lists"
    (lists / "partial").mkdir(parents=True)
    (place / _STATUS).touch()
    settings = {
        "APT::Architecture": "arm64",
        "APT::Architectures": "arm64",
        "Dir::State::lists": str(lists),
        "Dir::State::status": str(place / _STATUS),
        "Dir::Cache": str(place),
    }
    return [word for name, value in settings.items() for word in ("-o", f"{name}={value}")]


def unpack(packages: list[str], options: list[str], folder: Path) -> int:
    """Download packages and unpack them into a folder; return the exit status."""
    with tempfile.TemporaryDirectory() as place:
        done = subprocess.run(["apt-get", "-q", *options, "download", *packages], cwd=place)
        found = sorted(Path(place).glob("*.deb"))
        if done.returncode or len(found) != len(packages):
            return 1
        folder.mkdir(parents=True, exist_ok=True)
        # The kernel comes last: where it lies, everything does.
        for one in sorted(found, key=lambda path: path.name.startswith("linux-image-")):
            if subprocess.run(["dpkg", "-x", str(one), str(folder)]).returncode:
                return 1
    return 0


def package_of(depends: str, machine: str = "amd64") -> str:
    """
    Return the package of the kernel itself out of what ``apt-cache depends`` says.

    >>> package_of("linux-image-cloud-amd64\\n  Depends: linux-image-6.1.0-9-cloud-amd64\\n")
    'linux-image-6.1.0-9-cloud-amd64'
    """
    found = re.search(rf"Depends: (linux-image-\d[^\s<>]*-cloud-{machine})$", depends, re.M)
    return found[1] if found else ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
