"""
Have Helm and Kustomize render what only they understand, when they are installed.

Laws: the tool is a process of its own with no network, no home, no cluster and no credentials; it is
given a folder, never a command line from a file. Bounds: ``SECONDS`` by the clock and of CPU time,
``MAX_BYTES`` of output. Whatever goes wrong is a reason in words, never an empty rendering. Helm
follows links inside a chart, as it does for its user.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

SECONDS = 60
MAX_BYTES = 32 << 20
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


class Rendered(Struct, frozen=True, kw_only=True):
    """What a tool made of a folder, or why it made nothing."""

    tool: str
    content: bytes = b""
    problem: str = ""


Render = Callable[[Path], Rendered]


def render_chart(folder: Path) -> Rendered:
    """Return the manifests of a Helm chart with its own default values."""
    return _rendered("helm", ("helm", "template", "release-name", str(folder.resolve())))


def render_kustomization(folder: Path) -> Rendered:
    """Return the manifests of a kustomization, by ``kustomize`` or else by ``kubectl``."""
    if shutil.which("kustomize") or not shutil.which("kubectl"):
        return _rendered("kustomize", ("kustomize", "build", str(folder.resolve())))
    return _rendered("kubectl kustomize", ("kubectl", "kustomize", str(folder.resolve())))


def chart_of(place: Path | None) -> Path | None:
    """Return the chart whose template a file is: a folder with ``Chart.yaml`` above ``templates``."""
    for above in place.parents if place is not None else ():
        if above.name == "templates" and (above.parent / "Chart.yaml").is_file():
            return above.parent
    return None


def _rendered(tool: str, command: Sequence[str]) -> Rendered:
    program = shutil.which(command[0])
    if program is None:
        return Rendered(tool=tool, problem=f"{command[0]} is not installed")
    with (
        tempfile.TemporaryDirectory() as home,
        tempfile.TemporaryFile() as output,
        tempfile.TemporaryFile() as said,
    ):
        try:
            done = subprocess.run(
                [program, *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=said,
                env={"PATH": os.environ.get("PATH", ""), "HOME": home, "LANG": "C.UTF-8"},
                cwd=home,
                timeout=SECONDS,
                check=False,
                preexec_fn=_confine,
            )
        except subprocess.TimeoutExpired:
            return Rendered(tool=tool, problem=f"{tool} took more than {SECONDS} s")
        except (OSError, subprocess.SubprocessError):
            return Rendered(tool=tool, problem=f"{tool} cannot be shut off from the network here")
        if done.returncode:
            said.seek(max(0, said.tell() - 4_000))
            words = " ".join(said.read(4_000).decode("utf-8", "replace").split())
            return Rendered(tool=tool, problem=f"{tool} failed: {words[-300:]}")
        output.seek(0)
        return Rendered(tool=tool, content=output.read(MAX_BYTES))


def _confine() -> None:
    """Take network, growth and time from the process that is about to become the tool."""
    import ctypes  # in the child only
    import resource

    if ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER | _NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "unshare")
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_BYTES, MAX_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
