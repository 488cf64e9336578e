"""
Run each behaviour in a real container of this machine's own files.

``--rootfs /:O`` makes a container of the node's file system with a writable layer over it: the
programs are real, what a script changes lies in the layer and goes with it. There is no network
but loopback. A script is mounted read-only and run by name, so that no rule can read it in an
argument.
"""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from tests.e2e.runtime.behaviour import PROGRAMS, Behaviour

MOST_S = 30


class Ran(Struct, frozen=True, kw_only=True):
    """What became of one behaviour; ``container`` is the name of its container."""

    behaviour: Behaviour
    container: str
    code: int
    seconds: float
    said: str = ""


class Podman:
    """Containers in a store of their own; ``program`` is podman's path."""

    def __init__(self, program: str, environ: Mapping[str, str], folder: Path) -> None:
        self._program = program
        self._environ = dict(environ)
        self._folder = folder
        self._made = 0

    def run(self, *arguments: str, seconds: float = MOST_S) -> "subprocess.CompletedProcess[str]":
        """Run podman."""
        return subprocess.run(
            [self._program, *arguments],
            env=self._environ,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )

    def close(self) -> None:
        """Remove all containers, and the mount that podman leaves on its store."""
        self.run("rm", "-af", "-t", "0")
        store = self._folder / "root/overlay"
        if store.is_mount():
            subprocess.run(["umount", str(store)], capture_output=True, check=False)

    def shell(self, text: str, *options: str, name: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a line of a shell in a container of this machine's files."""
        named = ("--name", name) if name else ()
        return self.run("run", "--rm", *named, *options, "--rootfs", "/:O", "sh", "-c", text)

    def has(self, programs: set[str]) -> set[str]:
        """Return which programs a container of this machine has."""
        asked = " ".join(sorted(programs))
        found = self.shell(
            f'for one in {asked}; do command -v "$one" >&2 && echo "$one"; done; true'
        )
        assert found.returncode == 0, found.stderr
        return set(found.stdout.split())

    def behave(self, behaviour: Behaviour) -> Ran:
        """Run a behaviour to its end."""
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        shutil.copytree(PROGRAMS, folder, dirs_exist_ok=True)
        shutil.copy(behaviour.path, folder / "script.sh")
        started = time.monotonic()
        done = self.run(
            *("run", "--rm", "--cidfile", str(folder / "id"), "--name", behaviour.name),
            *("-v", f"{folder}:/behaviour:ro", *behaviour.run),
            *("--rootfs", "/:O", "sh", "/behaviour/script.sh"),
        )
        return Ran(
            behaviour=behaviour,
            container=(folder / "id").read_text(),
            code=done.returncode,
            seconds=time.monotonic() - started,
            said=done.stderr[-2000:],
        )
