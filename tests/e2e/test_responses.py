"""Measures reach real containers of Podman, and nobody else."""

import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from pratique.model.reaction import Measure, Outcome
from pratique.pipelines.respond_now import Asked, find_container, known_workloads, respond_now
from pratique.responses.engines import Engines
from pratique.responses.fanotify_gate import FanotifyGate, why_not
from pratique.responses.hook import hook_file
from pratique.responses.plan import Plan
from tests.conftest import missing
from tests.e2e.engines import podman_environ, podman_service

pytestmark = pytest.mark.e2e

IMAGE = "localhost/box:1"
PLAN = Plan(version="1")
DROP = "cp /bin/busybox /tmp/true; /tmp/true; echo rc=$?"


class Podman:
    """A Podman that keeps everything in one folder, with one image that holds a shell."""

    def __init__(self, program, folder, busybox):
        self.program, self.folder = program, folder
        self.environ = podman_environ(folder, "overlay")
        self.environ["PRATIQUE_DATA_DIR"] = str(folder / "data")
        with tarfile.open(folder / "root.tar", "w") as tar:
            tar.add(busybox, "bin/busybox")
            for name in ("sh", "sleep", "cp", "cat", "true"):
                link = tarfile.TarInfo(f"bin/{name}")
                link.type, link.linkname = tarfile.SYMTYPE, "busybox"
                tar.addfile(link)
            for name in ("tmp", "proc", "sys", "dev", "etc"):
                made = tarfile.TarInfo(name)
                made.type, made.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(made)
        self.run("import", str(folder / "root.tar"), IMAGE)

    def run(self, *words, check=True):
        """Run a command of Podman and return what it printed."""
        done = subprocess.run(
            [self.program, *words], capture_output=True, text=True, env=self.environ, timeout=100
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout.strip()

    def workload(self, name):
        """Return what pratique knows of a container."""
        return find_container(name, known_workloads(self.environ))

    def state(self, name):
        """Return the state that Podman says a container is in."""
        return self.run("inspect", "-f", "{{.State.Status}}", name)


@pytest.fixture(scope="module")
def podman(need, short_folder):
    """Give a Podman, or skip without it."""
    if os.geteuid() != 0:
        missing("root")
    made = Podman(need("podman"), short_folder, need("busybox"))
    need("runc")
    yield made
    made.run("rm", "-fa", "-t", "0", check=False)
    subprocess.run(["umount", str(short_folder / "root/overlay")], capture_output=True)


@pytest.fixture
def box(podman):
    """Run a container that sleeps; gives its name."""
    name = f"box{time.monotonic_ns()}"
    podman.run("run", "-d", "--network=none", "--name", name, IMAGE, "sleep", "600")
    yield name
    workload = podman.workload(name)
    state = Path(f"/sys/fs/cgroup/freezer/libpod_parent/libpod-{workload.id}/freezer.state")
    if state.is_file():
        state.write_text("THAWED")
    podman.run("rm", "-f", "-t", "0", name, check=False)


def ask(podman, measure, target, **more):
    asked = Asked(measure=Measure(measure), target=str(target), really=True, **more)
    return respond_now(asked, PLAN, podman.environ)


def until(what, ready):
    end = time.monotonic() + 30
    while not ready():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def test_a_process_in_a_container_is_killed(podman, box) -> None:
    """The one that was named; the container's own stays."""
    podman.run("exec", "-d", box, "sleep", "500")
    workload = podman.workload(box)
    inside = [
        int(pid)
        for group in Path("/sys/fs/cgroup/pids").rglob(f"*{workload.id}*/**/cgroup.procs")
        for pid in group.read_text().split()
    ]
    (other,) = set(inside) - {workload.init_pid}
    done = ask(podman, "kill", other)

    assert (done.outcome, done.container_id) == (Outcome.DONE, workload.id)
    until("its end", lambda: not Path(f"/proc/{other}/exe").exists())
    assert podman.state(box) == "running"


def test_a_container_is_frozen_without_its_engine(podman, box) -> None:
    """All its processes stand still; the engine's service is not needed."""
    workload = podman.workload(box)
    done = ask(podman, "pause", box)
    stat = Path(f"/proc/{workload.init_pid}/cgroup").read_text()

    assert done.outcome is Outcome.DONE, done.detail
    assert "freez" in done.detail
    assert workload.id in stat


def test_a_container_is_paused_and_stopped_by_its_engine(podman, box, short_folder) -> None:
    """Over the socket, so that the engine knows."""
    workload = podman.workload(box)
    with podman_service(podman.program, short_folder, podman.environ) as address:
        sockets = {"podman": Path(address.removeprefix("unix://"))}
        engines = Engines(environ={}, sockets=sockets)

        assert engines.pause(workload) == "paused by podman"
        assert podman.state(box) == "paused"
        podman.run("unpause", box)
        assert engines.stop(workload, 1) == "stopped by podman"
        assert podman.state(box) == "exited"


def test_a_container_is_stopped_without_its_engine(podman, box) -> None:
    """Its first process is ended, and the engine sees it."""
    done = ask(podman, "stop", box, grace_s=0.2)

    assert done.outcome is Outcome.DONE, done.detail
    until("the end of the container", lambda: podman.state(box) == "exited")


def test_quarantine(podman, box) -> None:
    """The interface is down, the container runs on."""
    workload = podman.workload(box)
    enter = ["nsenter", "-t", str(workload.init_pid), "-n", "ip"]
    made = subprocess.run([*enter, "link", "add", "pq0", "type", "veth"], capture_output=True)
    if made.returncode:
        missing("veth")
    subprocess.run([*enter, "link", "set", "pq0", "up"], check=True)
    done = ask(podman, "quarantine", box)
    links = subprocess.run([*enter, "-br", "link"], capture_output=True, text=True, check=True)

    assert done.outcome is Outcome.DONE, done.detail
    assert "pq0" in done.detail
    (line,) = [one for one in links.stdout.splitlines() if one.startswith("pq0@")]
    assert ",UP" not in line
    assert podman.state(box) == "running"


def test_a_container_in_the_nodes_network_is_not_quarantined(podman) -> None:
    """Its interfaces are the node's."""
    podman.run("run", "-d", "--network=host", "--name", "hosted", IMAGE, "sleep", "600")
    done = ask(podman, "quarantine", "hosted")

    assert done.outcome is Outcome.REFUSED
    assert "node's own network" in done.detail


def test_a_record_holds_what_the_container_did(podman, box) -> None:
    """Its processes and what it wrote, with hashes."""
    podman.run("exec", box, "sh", "-c", "cp /bin/busybox /tmp/dropped; echo x > /etc/evil")
    done = ask(podman, "record", box)
    folder = Path(done.detail)
    changed = json.loads((folder / "changed.json").read_bytes())
    processes = json.loads((folder / "processes.json").read_bytes())

    assert done.outcome is Outcome.DONE, done.detail
    assert {"/tmp/dropped", "/etc/evil"} <= {one["path"] for one in changed["entries"]}
    assert any("sleep" in one["arguments"] for one in processes)


def test_drifted_programs_are_refused(podman, box, short_folder) -> None:
    """What the image has runs on, in the same container and in others."""
    if why := why_not():
        missing("fanotify", why)
    with FanotifyGate(short_folder / "g.sock") as gate:
        means = gate.refuse(podman.workload(box))
        said = podman.run("exec", box, "sh", "-c", DROP)

        assert "fanotify" in means
        assert said == "rc=126"
        assert (
            podman.run("exec", box, "sh", "-c", "cat /tmp/true > /dev/null; true; echo ok") == "ok"
        )
    assert podman.run("exec", box, "sh", "-c", DROP) == "rc=0"


def test_the_hook_guards_a_container_before_its_first_program(podman, short_folder) -> None:
    """There is no moment in which a dropped program could run; without a gate, closed means no start."""
    if why := why_not():
        missing("fanotify", why)
    program = Path(sys.executable).with_name("pratique")
    hooks = short_folder / "hooks"
    hooks.mkdir()
    place = short_folder / "h.sock"
    (hooks / "pratique.json").write_text(hook_file(program, on_failure="closed", socket=place))
    run = ("--hooks-dir", str(hooks), "run", "--rm", "--network=none", IMAGE, "sh", "-c", DROP)
    with FanotifyGate(place):
        guarded = podman.run(*run)
    refused = podman.run(*run, check=False)

    assert guarded == "rc=126"
    assert refused == ""
