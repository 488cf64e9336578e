"""Start real registries and engines on loopback or a unix socket, in a folder of their own."""

import io
import os
import socket
import subprocess
import tarfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 30.0

REGISTRY = """\
version: 0.1
log: {{level: error}}
storage: {{filesystem: {{rootdirectory: {folder}/data}}}}
http:
  addr: 127.0.0.1:{port}
  secret: none
{more}
"""

CONTAINERS = """\
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
netns = "none"
"""

STORAGE = """\
[storage]
driver = "{driver}"
graphroot = "{folder}/root"
runroot = "{folder}/run"
"""

CONTAINERD = """\
version = 2
root = "{folder}/root"
state = "{folder}/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "{folder}/c.sock"
[ttrpc]
address = "{folder}/t.sock"
"""


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, ready: Callable[[], object]) -> None:
    """Wait until ``ready`` is true and does not raise OSError."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come up within {PATIENCE_S:g} s")


@contextmanager
def process(command: list[str], log: Path, environ: Mapping[str, str]) -> Iterator[None]:
    """Run a program until the end of the block."""
    with log.open("wb") as output:
        running = subprocess.Popen(command, stdout=output, stderr=output, env=dict(environ))
    try:
        yield
    finally:
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextmanager
def docker_registry(program: str, folder: Path, more: str = "") -> Iterator[str]:
    """Run Debian's docker-registry; gives ``127.0.0.1:port``."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    config = folder / "config.yml"
    config.write_text(REGISTRY.format(folder=folder, port=port, more=more))
    with process([program, "serve", str(config)], folder / "log", os.environ):
        wait_for(program, lambda: socket.create_connection(("127.0.0.1", port), 1).close() or True)
        yield f"127.0.0.1:{port}"


def podman_environ(folder: Path, driver: str) -> dict[str, str]:
    """Return the environment for a podman that keeps everything in ``folder``."""
    (folder / "containers.conf").write_text(CONTAINERS)
    (folder / "storage.conf").write_text(STORAGE.format(folder=folder, driver=driver))
    return {
        **os.environ,
        "CONTAINERS_CONF": str(folder / "containers.conf"),
        "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf"),
        "TMPDIR": str(folder),
    }


@contextmanager
def podman_service(program: str, folder: Path, environ: Mapping[str, str]) -> Iterator[str]:
    """Run `podman system service`; gives the address of its socket."""
    address = f"unix://{folder}/p.sock"
    command = [program, "system", "service", "--time=0", address]
    with process(command, folder / "log", environ):
        wait_for("podman", lambda: _answers(folder / "p.sock"))
        yield address


@contextmanager
def containerd_service(program: str, folder: Path) -> Iterator[str]:
    """Run containerd; gives the path of its socket."""
    (folder / "config.toml").write_text(CONTAINERD.format(folder=folder))
    command = [program, "-c", str(folder / "config.toml")]
    with process(command, folder / "log", os.environ):
        wait_for("containerd", lambda: _answers(folder / "c.sock"))
        yield f"{folder}/c.sock"


@contextmanager
def docker_service(program: str, folder: Path) -> Iterator[Path]:
    """
    Run dockerd without a network of its own; gives its socket.

    Raises:
        AssertionError: it did not come up.
    """
    settings = {
        "data-root": f"{folder}/root",
        "exec-root": f"{folder}/exec",
        "pidfile": f"{folder}/pid",
        "host": f"unix://{folder}/d.sock",
        "config-file": f"{folder}/daemon.json",
        "exec-opt": "native.cgroupdriver=cgroupfs",
        "bridge": "none",
        **dict.fromkeys(("iptables", "ip6tables", "ip-forward", "userland-proxy"), "false"),
    }
    (folder / "daemon.json").write_text("{}")
    command = [program, *(f"--{name}={value}" for name, value in settings.items())]
    with process(command, folder / "log", os.environ):
        wait_for("dockerd", lambda: _answers(folder / "d.sock"))
        yield folder / "d.sock"


def shell_files(busybox: Path) -> bytes:
    """Return the files of a small image as a tar: a shell, and a few programs by its links."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as packed:
        packed.add(busybox, "bin/busybox")
        for name in ("sh", "sleep", "true"):
            link = tarfile.TarInfo(f"bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            packed.addfile(link)
    return written.getvalue()


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(path))
    return True
