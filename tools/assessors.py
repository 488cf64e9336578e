"""
Install the tools of others that the tests of `pratique assess` run, each in an environment of its own.

They cannot share one: what they need contradicts each other. Law: after it ends with 0,
``build/assessors/NAME/bin`` holds the pinned, hash-checked tool of each ``requirements/assessors/NAME.txt``.
Nothing is done where nothing changed. Standard library only; uv is used where it is present.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "assessors"


def main(arguments: list[str]) -> int:
    """Install every tool, or those named; return the exit status."""
    failed = []
    for pinned in sorted((ROOT / "requirements" / "assessors").glob("*.txt")):
        if arguments and pinned.stem not in arguments:
            continue
        place = FOLDER / pinned.stem
        stamp, wanted = place / "pratique.stamp", stamp_of(pinned.read_bytes(), place)
        if stamp.is_file() and stamp.read_text() == wanted:
            continue
        print(f"Setting up {pinned.stem}: pinned packages, checked by hash ...", flush=True)
        shutil.rmtree(place, ignore_errors=True)
        if _install(pinned, place):
            stamp.write_text(wanted)
        else:
            failed.append(pinned.stem)
    if failed:
        print(f"not installed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def stamp_of(pinned: bytes, place: Path) -> str:
    """
    Return what must stay equal for an environment to be current, as a hash.

    >>> stamp_of(b"a==1", Path("/x")) == stamp_of(b"a==2", Path("/x"))
    False
    """
    said = hashlib.sha256(f"{sys.version_info[:2]} {place}\n".encode())
    said.update(pinned)
    return said.hexdigest()


def _install(pinned: Path, place: Path) -> bool:
    uv = shutil.which("uv")
    python = str(place / "bin" / "python")
    from_uv = (
        [str(uv), "venv", "--quiet", "--python", sys.executable, str(place)],
        [str(uv), "pip", "install", "--quiet", "--python", python],
    )
    from_pip = (
        [sys.executable, "-m", "venv", str(place)],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
    )
    for make, install in ([from_uv] if uv else []) + [from_pip]:
        if _try(make) and _try([*install, "--require-hashes", "-r", str(pinned)]):
            return True
        shutil.rmtree(place, ignore_errors=True)
    return False


def _try(command: list[str]) -> bool:
    return subprocess.run(command, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
