"""
Build a Dockerfile with buildah, and write what was built as an archive.

Laws: a build is confined in namespaces of its own, without a network unless one is asked for; all that
it makes is kept in a folder of this run and is gone with it; images that the user has are read, never
changed. It runs what the Dockerfile says, as builds do: whoever asks for it trusts the file as far as
a build. Bound: ``seconds`` by the clock, after which every process of the build is killed. Whatever
goes wrong is a reason in words.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from msgspec import Raw, Struct

from pratique.formats.documents.json import parse_json
from pratique.model.errors import FormatError, UsageError
from pratique.pipelines.building import Baked, Recipe

SECONDS = 900
_ASKING_S = 60
_SAID_BYTES = 4_000
_MOST_ANSWER = 1 << 20
_TRANSPORTS = ("oci-archive:", "docker-archive:", "oci:", "dir:")
INSTALL = "install it: `apt-get install buildah` or `dnf install buildah`"


T = TypeVar("T")


class _Store(Struct, frozen=True, kw_only=True):
    """What ``buildah info`` says of where the user's images are."""

    GraphDriverName: str = "vfs"
    GraphRoot: str = ""


class _Info(Struct, frozen=True, kw_only=True):
    store: _Store = _Store()


class _Inspected(Struct, frozen=True, kw_only=True):
    """What ``buildah inspect`` says of an image."""

    Docker: Raw


class Buildah:
    """buildah with a folder of its own; to be used as a context."""

    def __init__(self, *, network: bool = False, seconds: int = SECONDS) -> None:
        """
        Find buildah.

        Raises:
            UsageError: it is not installed.
        """
        for program in ("buildah", "unshare"):
            if shutil.which(program) is None:
                hint = INSTALL if program == "buildah" else "it belongs to util-linux"
                raise UsageError(f"--verify-build needs {program}, which is not on PATH", hint=hint)
        self._network = network
        self._seconds = seconds
        self._bases = 0
        self._built = 0

    def __enter__(self) -> "Buildah":
        """Make the folder."""
        self.folder = Path(tempfile.mkdtemp(prefix="pratique-build-"))
        return self

    def __exit__(self, *_: object) -> None:
        """Delete all that was made; files of other users can be deleted in their namespace only."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.folder.exists():
            command = ["buildah", "unshare", "rm", "-rf", str(self.folder)]
            subprocess.run(command, stderr=subprocess.DEVNULL, timeout=_ASKING_S, check=False)

    @cached_property
    def version(self) -> str:
        """Return the program, its version, and whether builds have a network."""
        said = self._run(["buildah", "--version"], _ASKING_S)[1].split()
        return f"buildah {' '.join(said[2:3])}, {'with' if self._network else 'without'} a network"

    def base(self, target: str) -> str:
        """Load an archive or layout under a name of ours; anything else is a name already."""
        if not target.startswith(_TRANSPORTS):
            return target
        done, said = self._stored("pull", "--quiet", target)
        if done:
            raise UsageError(f"--build-base: {target} cannot be loaded: {_last(said)}")
        self._bases += 1
        name = f"localhost/pratique-base:{self._bases}"
        self._stored("tag", said.split()[-1], name)
        return name

    def build(self, recipe: Recipe) -> Baked:
        """Build without caches, squashing nothing, as Docker's format, which loses no field."""
        self._built += 1
        name = f"localhost/pratique-built:{self._built}"
        file = self.folder / f"{self._built}.Dockerfile"
        file.write_bytes(recipe.content)
        empty = self.folder / "empty"
        empty.mkdir(exist_ok=True)
        command = [*self._buildah, "build", *_HOW, "--tag", name, "--file", str(file)]
        if not self._network:
            command += ["--pull-never", "--http-proxy=false"]
        for argument, value in recipe.arguments.items():
            command += ["--build-arg", f"{argument}={value}"]
        if recipe.ignored is not None:
            command += ["--ignorefile", str(recipe.ignored)]
        done, said = self._run([*self._confined, *command, str(recipe.context or empty)])
        if done:
            return Baked(problem=said if done < 0 else _last(said))
        archive = self.folder / f"{self._built}.tar"
        done, said = self._stored("push", "--quiet", name, f"docker-archive:{archive}")
        failed, told = self._stored("inspect", "--type", "image", name)
        self._stored("rmi", "--force", name)
        if done or failed:
            return Baked(problem=_last(said if done else told))
        try:
            config = _json(told, _Inspected).Docker
        except FormatError as error:
            return Baked(problem=f"buildah inspect: {error}")
        return Baked(archive=archive, config=bytes(config))

    @cached_property
    def _confined(self) -> Sequence[str]:
        """Return what goes before a build: namespaces in which all of it ends with its parent."""
        spaces = ["--pid", "--fork", "--kill-child", *([] if self._network else ["--net"])]
        return _apart(*spaces)

    def _stored(self, *words: str) -> tuple[int, str]:
        """Have buildah work on its store, in a namespace of mounts that goes with it."""
        return self._run([*_apart(), *self._buildah, *words])

    @cached_property
    def _buildah(self) -> Sequence[str]:
        """Return buildah with a store of its own, the user's below it."""
        answer = self._run(["buildah", "info"], _ASKING_S)[1]
        try:
            store = _json(answer, _Info).store
        except FormatError:
            store = _Store()
        place = ["--root", f"{self.folder}/root", "--runroot", f"{self.folder}/run"]
        driver = store.GraphDriverName
        below = ["--storage-opt", f"{driver}.imagestore={store.GraphRoot}"]
        return [
            "buildah",
            *place,
            "--storage-driver",
            driver,
            *(below if store.GraphRoot else []),
        ]

    def _run(self, command: Sequence[str], seconds: int | None = None) -> tuple[int, str]:
        """Return the code of a process and the end of what it said; -1 where it took too long."""
        seconds = seconds or self._seconds
        with tempfile.TemporaryFile() as output:
            try:
                done = subprocess.run(
                    list(command),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=_environment(),
                    timeout=seconds,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                return -1, f"it took more than {seconds} s"
            except OSError as error:
                return 1, str(error.strerror)
            output.seek(max(0, output.tell() - _MOST_ANSWER))
            return done.returncode, output.read(_MOST_ANSWER).decode("utf-8", "replace")


_HOW = (
    *("--isolation", "chroot", "--network", "host"),  # the network of the namespace around it
    *("--format", "docker", "--timestamp", "0", "--no-cache", "--layers=false"),
)


def _apart(*spaces: str) -> Sequence[str]:
    """Return what runs a program in namespaces: mounts of its own, so that none is left behind."""
    rootless = ["buildah", "unshare"] if os.geteuid() else []
    return [*rootless, "unshare", "--mount", *spaces, "--"]


def _environment() -> Mapping[str, str]:
    return {**os.environ, "LANG": "C.UTF-8", "BUILDAH_ISOLATION": "chroot"}


def _json(said: str, kind: type[T]) -> T:
    """Return the object in what a program said, warnings before it left out."""
    return parse_json(said[max(0, said.find("\n{")) :].lstrip().encode(), kind)


def _last(said: str) -> str:
    """Return the last lines of what a build said, as one."""
    lines = [line.strip() for line in said[-_SAID_BYTES:].splitlines() if line.strip()]
    return " | ".join(lines[-2:])[-400:] or "it failed and said nothing"
