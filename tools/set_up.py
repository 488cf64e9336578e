"""
Make or refresh the virtual environment of this checkout.

Law: after it ends with 0, ``.venv`` holds exactly the pinned, hash-checked packages of a profile
and this checkout, editable. Nothing is done when nothing changed (a stamp file remembers the
requirements, the interpreter and the place), so every Makefile verb may call it first.

Standard library only, any Python >= 3.11: it runs before anything is installed. uv is used where
it is present because it is faster; pip is enough.
"""

# Annotations stay text, so that an older Python reaches the message about its age.
from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PROFILES = {
    "run": ("run", "build"),
    "dev": ("dev", "build"),
    "bench": ("dev", "build", "bench"),
    "fuzz": ("dev", "build", "fuzz"),
}
NO_VENV = """\
This Python cannot make virtual environments (its ensurepip module is missing).
On Debian and Ubuntu:  apt-get install python3-venv
Elsewhere: install uv, or name another interpreter:  make PYTHON=/path/to/python3.11"""


def main(arguments: list[str]) -> int:
    """Set up the profile named by the only argument; return the exit status."""
    if len(arguments) != 1 or arguments[0] not in PROFILES:
        print(f"usage: set_up.py {'|'.join(PROFILES)}", file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs under whatever is there
        return _refuse(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    profile = arguments[0]
    if any(_is_current(wider) for wider in PROFILES if covers(wider, profile)):
        return 0
    print(f"Setting up .venv ({profile}): pinned packages, checked by hash ...", flush=True)
    problem = _make_venv() or _install(profile)
    if problem:
        return _refuse(problem)
    _stamp_file(profile).write_text(stamp(profile))
    return 0


def covers(wider: str, profile: str) -> bool:
    """
    Say whether an environment set up as ``wider`` serves ``profile`` too.

    >>> covers("dev", "run"), covers("run", "dev")
    (True, False)
    """
    if profile == "run":
        return True
    return set(PROFILES[profile]) <= set(PROFILES[wider])


def stamp(profile: str) -> str:
    """Return what must stay equal for a set-up environment to be current, as a hash."""
    said = hashlib.sha256(f"{sys.version_info[:2]} {ROOT} {profile}\n".encode())
    for path in [*_requirement_files(profile), ROOT / "pyproject.toml"]:
        said.update(path.read_bytes())
    return said.hexdigest()


def _requirement_files(profile: str) -> list[Path]:
    return [ROOT / "requirements" / f"{name}.txt" for name in PROFILES[profile]]


def _stamp_file(profile: str) -> Path:
    return VENV / f"pratique-{profile}.stamp"


def _is_current(profile: str) -> bool:
    file = _stamp_file(profile)
    working = (VENV / "bin" / "python").exists()
    return working and file.is_file() and file.read_text() == stamp(profile)


def _refuse(problem: str) -> int:
    print(problem, file=sys.stderr)
    return 1


def _make_venv() -> str:
    """Make ``.venv`` unless a working one of this Python is there; return the problem or ''."""
    if _venv_works():
        return ""
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv", str(VENV)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv and _try([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]):
        return ""
    said = (done.stdout + done.stderr).strip()
    return NO_VENV if "ensurepip" in said or not said else said


def _venv_works() -> bool:
    python = VENV / "bin" / "python"
    wanted = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return python.exists() and _try([str(python), "-c", wanted], quiet=True)


def _install(profile: str) -> str:
    """Install packages and checkout, by uv if that works, else by pip; return the problem or ''."""
    for installer in (_uv, _pip):
        install = installer()
        if install is not None and _install_with(install, profile):
            return ""
    return "The packages could not be installed; the messages above say why."


def _install_with(install: Callable[[list[str]], bool], profile: str) -> bool:
    pinned = ["--require-hashes"]
    for path in _requirement_files(profile):
        pinned += ["-r", str(path)]
    # --no-build-isolation: the build backend is among the pinned packages, so nothing unpinned
    # is ever downloaded.
    checkout = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    return install(pinned) and install(checkout)


def _uv() -> Callable[[list[str]], bool] | None:
    uv = shutil.which("uv")
    if not uv or not _try([uv, "--version"], quiet=True):
        return None
    start = [uv, "pip", "install", "--quiet", "--python", str(VENV / "bin" / "python")]
    # As pip does: without it the first runs, or all where nothing may be written, compile anew.
    start.append("--compile-bytecode")
    return lambda arguments: _try(start + arguments)


def _pip() -> Callable[[list[str]], bool] | None:
    python = str(VENV / "bin" / "python")
    if not _try([python, "-m", "pip", "--version"], quiet=True):
        print("pip is missing in .venv; remove the folder and try again", file=sys.stderr)
        return None
    start = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return lambda arguments: _try(start + arguments)


def _try(command: list[str], *, quiet: bool = False) -> bool:
    silence = subprocess.DEVNULL if quiet else None
    # An activated environment or a stray PYTHONPATH must not decide where packages land.
    environ = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(command, stdout=silence, stderr=silence, env=environ, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
