"""Containers that really run are named from their control groups, those of a moment too."""

import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from pratique.kit import registry
from pratique.model.observation import CgroupChanged, Executed, Observation
from pratique.workloads.containers import Containers
from pratique.workloads.groups import hierarchies
from pratique.workloads.host import Host
from pratique.workloads.index import Index
from pratique.workloads.joining import Joiner
from pratique.workloads.names import Names
from pratique.workloads.process_files import look_up
from pratique.workloads.processes import ProcessTable
from pratique.workloads.users import Users
from tests.e2e.engines import containerd_service, podman_environ, wait_for

pytestmark = pytest.mark.e2e

IMAGE = "localhost/shell:1"
PASSWD = "root:x:0:0::/:/bin/sh\napp:x:1234:1234::/:/bin/sh\n"
PARENT = "/libpod_parent"


@pytest.fixture(scope="module")
def podman(need, short_folder):
    """Give a function that runs podman in a folder of its own, and the node as it shows there."""
    program, busybox, _ = need("podman"), need("busybox"), need("runc")
    root = short_folder / "fs"
    (root / "bin").mkdir(parents=True)
    (root / "etc").mkdir()
    (root / "etc/passwd").write_text(PASSWD)
    (root / "bin/busybox").write_bytes(Path(busybox).read_bytes())
    (root / "bin/busybox").chmod(0o755)
    for name in ("sh", "sleep", "true"):
        (root / "bin" / name).symlink_to("busybox")
    environ = podman_environ(short_folder, "overlay")

    def run(*arguments: str) -> str:
        done = subprocess.run([program, *arguments], env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    archive = short_folder / "fs.tar"
    subprocess.run(["tar", "-C", str(root), "-cf", str(archive), "."], check=True)
    run("import", "-q", str(archive), IMAGE)
    yield run, Host("/", environ)
    run("rm", "-af", "-t", "0")


def index_of(host: Host) -> Index:
    """Return the index of this machine after its first look."""
    made = Index(host, registry.load("workloads"), Containers())
    made.scan()
    return made


def test_a_container_that_runs(podman):
    """Name, image, digests, overlay, labels, first process, user: all as podman says."""
    run, host = podman
    identity = run(
        "run", "-d", "--name", "web", "--label", "app=x", "-u", "1234", IMAGE, "sleep", "600"
    )
    pid = int(run("inspect", "-f", "{{.State.Pid}}", "web"))
    two, one = hierarchies(host)
    group = f"{PARENT}/libpod-{identity}"
    ids = [host.inode(each.mount + group) if each.mount else 0 for each in (two, one)]
    index = index_of(host)
    found = index.of(*ids)

    assert found is not None
    assert (found.id, found.name, found.image, found.init_pid) == (identity, "web", IMAGE, pid)
    assert found.digest == run("image", "inspect", "-f", "{{.Digest}}", IMAGE)
    assert found.image_id == "sha256:" + run("image", "inspect", "-f", "{{.Id}}", IMAGE)
    assert found.upper == run("inspect", "-f", "{{.GraphDriver.Data.UpperDir}}", "web")
    assert found.merged == run("inspect", "-f", "{{.GraphDriver.Data.MergedDir}}", "web")
    assert found.labels == (("app", "x"),)
    assert not found.privileged

    looked = look_up(host, pid, 0)
    assert looked is not None
    table = ProcessTable(host, 0, inside_path=lambda path: index.of_path(path) is not None)
    joiner = Joiner(index, table, "here", Names(), Users(host))
    act = Executed("/bin/sh", ("sh",))
    event = joiner.join(
        Observation("execve", act, time.time_ns(), pid, pid, looked.parent, 1234, 0, ids[0], ids[1])
    )
    assert (event.user, event.workload) == ("app", found)
    assert event.process.ancestors[0].name == "conmon"
    assert not event.process.ancestors[0].in_container


def test_a_privileged_container_with_a_mount(podman, short_folder):
    """What it may do and touch is known."""
    run, host = podman
    volume = f"{short_folder}/fs:/data:ro"
    identity = run("run", "-d", "--privileged", "-v", volume, IMAGE, "sleep", "600")
    index_known = index_of(host).containers.get(identity)
    assert index_known is not None
    assert index_known.privileged
    mounts = {one.destination: one for one in index_known.mounts}
    assert mounts["/data"].source == f"{short_folder}/fs"
    assert not mounts["/data"].writable


def test_containers_of_a_moment(podman):
    """A container that does nothing and goes is named, whenever anybody asks afterwards."""
    run, host = podman
    index = index_of(host)
    births: list[tuple[str, int, int]] = []
    watching = threading.Event()
    _, one = hierarchies(host)
    hierarchy = one if one.mount else hierarchies(host)[0]

    def watch() -> None:
        seen = set(host.folders(hierarchy.mount + PARENT))
        while not watching.is_set():
            for name in set(host.folders(hierarchy.mount + PARENT)) - seen:
                seen.add(name)
                path = f"{PARENT}/{name}"
                identity = host.inode(hierarchy.mount + path)
                births.append((name, identity, hierarchy.number))
                born = CgroupChanged(path, identity, hierarchy.number)
                index.observe(born, time.time_ns())
            index.poll(time.time_ns())
            time.sleep(0.002)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        for number in range(3):
            run("run", "--rm", "--name", f"moment-{number}", IMAGE, "true")
    finally:
        watching.set()
        thread.join()
    named = {
        found.name: found.digest
        for name, identity, _ in births
        if "conmon" not in name
        for found in [index.of(0, identity) if one.mount else index.of(identity)]
        if found is not None and found.name.startswith("moment-")  # others run containers too
    }

    digest = run("image", "inspect", "-f", "{{.Digest}}", IMAGE)
    assert named == {f"moment-{number}": digest for number in range(3)}


def test_a_step_of_a_build(podman, short_folder):
    """While it runs, it is known to be a build's."""
    run, host = podman
    (short_folder / "Containerfile").write_text(f"FROM {IMAGE}\nRUN sleep 3\n")
    arguments = ("build", "--isolation", "oci", "--network", "none", str(short_folder))
    building = threading.Thread(target=run, args=arguments)
    building.start()
    try:
        two, one = hierarchies(host)
        mount = one.mount or two.mount

        def step() -> str:
            return next((name for name in host.folders(mount) if name.startswith("buildah-")), "")

        wait_for("a step", step)
        name = step()
        found = index_of(host).of_path(f"/{name}")
        assert found is not None
        assert (found.id, found.engine) == (name, "buildah")
    finally:
        building.join()


def test_containerd(podman, need, short_folder):
    """A task of containerd, in a namespace of its own."""
    program, ctr = need("containerd"), need("ctr")
    run, _ = podman
    archive = short_folder / "image.tar"
    run("save", "-q", "--format", "oci-archive", "-o", str(archive), IMAGE)
    place = short_folder / "c"
    place.mkdir()
    with containerd_service(program, place) as address:
        command = [ctr, "-a", address, "-n", "k8s.io"]

        def ask(*arguments: str) -> str:
            done = subprocess.run([*command, *arguments], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
            return done.stdout

        ask("image", "import", str(archive))
        ask("run", "-d", IMAGE, "pq-one", "/bin/sleep", "600")
        try:
            environ = {
                "PRATIQUE_CONTAINERD_STATE": f"{place}/state",
                "PRATIQUE_CONTAINERD_ROOT": f"{place}/root",
            }
            index = index_of(Host("/", environ))
            found = index.of_path("/k8s.io/pq-one")
            assert found is not None
            assert (found.engine, found.image) == ("containerd", IMAGE)
            assert found.digest in ask("image", "ls")
            assert found.init_pid
            assert os.path.ismount(found.merged)
            assert Path(found.upper).is_dir()
        finally:
            ask("task", "kill", "-s", "KILL", "pq-one")
            time.sleep(0.5)
            subprocess.run([*command, "container", "rm", "pq-one"], capture_output=True)
