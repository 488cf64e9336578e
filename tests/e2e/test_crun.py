"""Containers that crun runs are known, alone and under podman."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pratique.kit import registry
from pratique.workloads.containers import Containers
from pratique.workloads.host import Host
from pratique.workloads.index import Index
from tests.conftest import missing
from tests.e2e.engines import podman_environ, wait_for

pytestmark = pytest.mark.e2e

ALONE = """\
mount --make-rprivate / && mount -t cgroup2 none /sys/fs/cgroup && exec "$@"
"""
"""crun 1.8 wants one hierarchy of control groups, and finds it in a mount namespace of its own."""


@pytest.fixture(scope="module")
def crun(need, short_folder) -> tuple[Callable[..., str], Path]:
    """Give what runs a program beside crun, and a folder with a root folder for containers."""
    program, busybox, unshare = need("crun"), need("busybox"), need("unshare")
    if os.geteuid():
        missing("crun", "it needs root")
    root = short_folder / "bundle/rootfs"
    for name in ("bin", "proc", "dev"):
        (root / name).mkdir(parents=True)
    (root / "bin/busybox").write_bytes(Path(busybox).read_bytes())
    (root / "bin/busybox").chmod(0o755)
    (root / "bin/sleep").symlink_to("busybox")

    def run(*words: str, **environ: str) -> str:
        with (short_folder / "errors").open("wb") as errors:
            done = subprocess.run(
                [unshare, "-m", "sh", "-c", ALONE, "sh", *words],
                env={**os.environ, **environ},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert done.returncode == 0, (short_folder / "errors").read_text()
        return done.stdout.strip()

    assert program
    return run, short_folder


def index_of(host: Host) -> Index:
    """Return the index of this machine after its first look."""
    made = Index(host, registry.load("workloads"), Containers())
    made.scan()
    return made


def test_crun_alone(crun):
    """A container of no engine is known by the runtime's state: group, process, root."""
    run, folder = crun
    bundle = folder / "bundle"
    name = f"pq-{os.getpid()}"
    settings = {
        "ociVersion": "1.0.0",
        "process": {"cwd": "/", "args": ["/bin/sleep", "600"], "user": {"uid": 0, "gid": 0}},
        "root": {"path": "rootfs"},
        "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}],
        "linux": {"namespaces": [{"type": "pid"}, {"type": "mount"}], "cgroupsPath": f"/{name}"},
    }
    (bundle / "config.json").write_text(json.dumps(settings))
    crun_itself = ("crun", "--cgroup-manager=cgroupfs")
    # What it prints would be held open by the container.
    words = (*crun_itself, "run", "-d", "-b", str(bundle), name)
    run("sh", "-c", '"$@" >/dev/null', "sh", *words)
    try:
        found = index_of(Host()).of_path(f"/{name}")
        assert found is not None
        assert (found.id, found.engine, found.merged) == (name, "crun", f"{bundle}/rootfs")
        group = Path(f"/proc/{found.init_pid}/cgroup").read_text()
        assert group.splitlines()[-1] == f"0::/{name}"
    finally:
        run(*crun_itself, "delete", "-f", name)


def test_crun_under_podman(crun, need):
    """Podman's container is Podman's, whichever runtime runs it."""
    need("podman")
    run, folder = crun
    environ = podman_environ(folder, "overlay")
    conf = folder / "containers.conf"
    conf.write_text(conf.read_text().replace("runc", "crun"))
    subprocess.run(
        ["tar", "-C", f"{folder}/bundle/rootfs", "-cf", f"{folder}/fs.tar", "."], check=True
    )

    def podman(*words: str) -> str:
        return run("podman", *words, **environ)

    image = "localhost/sleeper:1"
    podman("import", "-q", f"{folder}/fs.tar", image)
    # The groups of this node may lack the controllers for limits and devices.
    bare = ("--privileged", "--pids-limit=-1")
    identity = podman("run", "-d", *bare, "--name", "crunned", image, "/bin/sleep", "600")
    try:
        told = podman("inspect", "-f", "{{.OCIRuntime}} {{.State.Pid}}", "crunned")
        runtime, pid = told.split()
        path = Path(f"/proc/{pid}/cgroup").read_text().splitlines()[-1].removeprefix("0::")
        found = index_of(Host("/", environ)).of_path(path)
        assert found is not None
        assert (runtime, found.engine, found.id) == ("crun", "podman", identity)
        assert (found.name, found.image, found.init_pid) == ("crunned", image, int(pid))
        assert Path(f"/run/crun/{identity}/status").is_file()
    finally:
        podman("rm", "-af", "-t", "0")
        wait_for("its end", lambda: not Path(f"/run/crun/{identity}").exists())
