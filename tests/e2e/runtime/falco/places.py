"""
Where deeds are done: a container of podman's, one of containerd's, or the node.

A container is made of this machine's files with a layer over them, so that its programs are real and
what is done to its files is gone with it. What is done on the node has mounts, a network and process numbers of its own.
"""

import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.engines import CONTAINERD, process, wait_for
from tests.e2e.runtime.containers import MOST_S, Podman
from tests.e2e.runtime.falco.deeds import Deed

Ended = tuple[str, str]
"""The id of the container, empty on the node, and what was said as it ended."""
_ALONE = ("unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc")
_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
_LAYERED = """\
mount -t tmpfs none "$1/layer" && mkdir "$1/layer/up" "$1/layer/work" &&
mount -t overlay -o "lowerdir=/,upperdir=$1/layer/up,workdir=$1/layer/work" overlay "$1/files" &&
exec containerd -c "$1/config.toml"
"""


def in_container(podman: Podman, scripts: Path, deed: Deed) -> Ended:
    """Do a deed in a container of podman's."""
    folder = Path(tempfile.mkdtemp(dir=scripts.parent))
    done = podman.run(
        *("run", "--rm", "--cidfile", str(folder / "id"), "-v", f"{scripts}:/scripts:ro"),
        *deed.run,
        *("--rootfs", "/:O", "sh", f"/scripts/{deed.name}.sh"),
    )
    identity = (folder / "id").read_text() if (folder / "id").exists() else ""
    return identity, _said(done)


def on_node(scripts: Path, deed: Deed) -> Ended:
    """Do a deed as a process of the node; ``$PLACE`` is a folder that it may write to."""
    environ = {"PATH": _PATH, "PLACE": str(scripts.parent)}
    return "", _said(_run((*_ALONE, "sh", str(scripts / f"{deed.name}.sh")), environ))


@contextmanager
def containerd(folder: Path) -> Iterator[None]:
    """Run containerd, which sees this machine's files with a layer over them as ``files``."""
    for name in ("files", "layer"):
        (folder / name).mkdir(parents=True)
    (folder / "config.toml").write_text(CONTAINERD.format(folder=folder))
    command = ["unshare", "--mount", "sh", "-c", _LAYERED, "containerd", str(folder)]
    with process(command, folder / "log", {"PATH": _PATH}):
        wait_for("containerd", (folder / "c.sock").exists)
        yield


def in_pod(folder: Path, scripts: Path, deed: Deed) -> Ended:
    """Do a deed in a container of the containerd of a folder."""
    identity = f"pq-{uuid.uuid4().hex}"
    mount = f"type=bind,src={scripts},dst=/scripts,options=rbind:ro"
    done = _run(
        (
            *("ctr", "-a", f"{folder}/c.sock", "-n", "k8s.io", "run", "--rm", "--mount", mount),
            *("--env", f"PATH={_PATH}", *deed.run),
            *("--rootfs", f"{folder}/files", identity, "sh", f"/scripts/{deed.name}.sh"),
        ),
        {"PATH": _PATH},
    )
    return identity, _said(done)


def _run(
    command: tuple[str, ...], environ: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=MOST_S,
        check=False,
    )


def _said(done: "subprocess.CompletedProcess[str]") -> str:
    return f"{done.returncode}: {done.stderr[-500:]}"
