"""
Install the tools of others that the tests of `pratique assess` run, each in an environment of its own.

They cannot share one: what they need contradicts each other. Law: after it ends with 0,
``build/assessors/NAME/bin`` holds the pinned, hash-checked tool of each ``requirements/assessors/NAME.txt``
(Python) and ``requirements/assessors/NAME/go.mod`` (Go, whose ``go.sum`` holds the hashes). A tool in
Go is built where a ``go`` is that is new enough; elsewhere that is said, and is no failure. ``--buildable NAME``
ends with 0 where it can be built. Nothing is done where nothing changed. Standard library only; uv is used where
it is present.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "assessors"
PINNED = ROOT / "requirements" / "assessors"
GO = {"GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly -trimpath -buildvcs=false", "GOWORK": "off"}
"""Keep to the Go that is here, and to what go.mod and go.sum say."""


def main(arguments: list[str]) -> int:
    """Install every tool, or those named; return the exit status."""
    if arguments[:1] == ["--buildable"]:
        return 1 if any(why_not_built(PINNED / name / "go.mod") for name in arguments[1:]) else 0
    failed = []
    for pinned in sorted((*PINNED.glob("*.txt"), *PINNED.glob("*/go.mod"))):
        of_go = pinned.name == "go.mod"
        name = pinned.parent.name if of_go else pinned.stem
        if arguments and name not in arguments:
            continue
        place = FOLDER / name
        said = pinned.read_bytes() + (pinned.with_name("go.sum").read_bytes() if of_go else b"")
        stamp, wanted = place / "pratique.stamp", stamp_of(said, place)
        if stamp.is_file() and stamp.read_text() == wanted:
            continue
        if of_go and (why := why_not_built(pinned)):
            print(f"{name} is not built: {why}", flush=True)
            continue
        print(f"Setting up {name}: pinned packages, checked by hash ...", flush=True)
        shutil.rmtree(place, ignore_errors=True)
        if _build(pinned, place) if of_go else _install(pinned, place):
            stamp.write_text(wanted)
        else:
            failed.append(name)
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


def why_not_built(module: Path) -> str:
    """Return why a tool in Go cannot be built on this machine, empty where it can."""
    if not module.is_file():
        return f"there is no {module}"
    wanted = _numbers(re.findall(r"^go (\S+)", module.read_text(), re.MULTILINE)[0])
    go = shutil.which("go")
    if go is None:
        return f"go is not installed; it takes Go {_dotted(wanted)} or newer"
    asked = [go, "env", "GOVERSION"]
    told = subprocess.run(
        asked, capture_output=True, text=True, check=False, env={**os.environ, **GO}, cwd=ROOT
    )
    version = told.stdout.strip().removeprefix("go")
    if _numbers(version) >= wanted:
        return ""
    return f"it takes Go {_dotted(wanted)} or newer; this is {version or 'unknown'}"


def _numbers(version: str) -> tuple[int, ...]:
    """
    Return a version of Go as numbers.

    >>> _numbers("1.26.8") > _numbers("1.24.0") > _numbers("1.19") > _numbers("")
    True
    """
    return tuple(map(int, re.findall(r"\d+", version.partition(" ")[0].partition("rc")[0])))


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers[:2]))


def _build(module: Path, place: Path) -> bool:
    """Build the tools that a module names into ``place/bin``; their hashes are those of go.sum."""
    tools = re.findall(r"^tool (\S+)$", module.read_text(), re.MULTILINE)
    (place / "bin").mkdir(parents=True)
    command = ["go", "build", "-o", f"{place / 'bin'}/", *tools]
    built = subprocess.run(command, check=False, env={**os.environ, **GO}, cwd=module.parent)
    return bool(tools) and built.returncode == 0


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
