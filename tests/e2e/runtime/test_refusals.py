"""What a reaction calls refused is refused with EPERM, in every kind of container; else it says failed."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pratique.responses.fanotify_gate import why_not
from tests.conftest import missing
from tests.e2e.engines import podman_environ, wait_for
from tests.e2e.runtime.containers import Podman
from tests.e2e.runtime.watching import Watcher

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PLAN = """\
pratique-responses: 1
dry-run: false
rate: {per-workload: 100, overall: 1000, seconds: 60}
responses:
  - name: image-only
    match: {rule: drifted-executable}
    measures: [refuse-execution]
"""
SLEEP = ("sh", "-c", "sleep 600")
DROP = "cp /bin/sleep /tmp/true; /tmp/true; echo $?"
AGAIN = {
    "the same program": ("/tmp/true", "126"),
    "another one": ("cp /bin/sleep /tmp/sleep; /tmp/sleep 0", "126"),
    "a script": ("printf '#!/bin/sh\\n' >/tmp/script; chmod 755 /tmp/script; /tmp/script", "126"),
    "at another path": ("mkdir -p /m; mount --bind /tmp /m; /m/true 0", "126"),
    "in the image's place": (
        "cp /bin/sleep /bin/cat2; mv /bin/cat2 /bin/cat; /bin/cat </dev/null",
        "126",
    ),
    "a script by its interpreter": ("printf 'exit 3' >/tmp/script; sh /tmp/script", "3"),
    "the image's own": ("sleep 0", "0"),
}
TOLD = {"/tmp/true", "/tmp/sleep", "/tmp/script", "/m/true", "/bin/cat"}


@pytest.fixture
def plan(short_folder):
    """Write the plan."""
    if why := why_not():
        missing("fanotify", why)
    path = short_folder / "plan.yaml"
    path.write_text(PLAN)
    return path


@pytest.fixture(scope="module")
def files(short_folder, need):
    """Make a root of one static program; gives its folder."""
    root = short_folder / "files"
    for name in ("bin", "tmp", "proc", "sys", "dev", "etc", "run"):
        (root / name).mkdir(parents=True)
    shutil.copy(need("busybox"), root / "bin/sleep")
    for name in ("sh", "cp", "mv", "mkdir", "mount", "printf", "chmod"):
        (root / "bin" / name).symlink_to("sleep")
    (root / "bin/cat").symlink_to("sleep")
    return root


@pytest.fixture(scope="module")
def image(podman, files, short_folder, need):
    """Import it; gives the image's name."""
    archive = short_folder / "files.tar"
    subprocess.run([need("tar"), "-C", str(files), "-cf", str(archive), "."], check=True)
    done = podman.run("import", "-q", str(archive), "localhost/files:1")
    assert done.returncode == 0, done.stderr
    return "localhost/files:1"


def begin(podman, name, *what):
    """Start a container that sleeps; gives its id."""
    options = ("run", "-d", "--replace", "--name", name, "--network=none", "--cap-add=SYS_ADMIN")
    unconfined = ("--security-opt=seccomp=unconfined", "--security-opt=apparmor=unconfined")
    done = podman.run(*options, *unconfined, *what, *SLEEP)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


def said(podman, name, line):
    return podman.run("exec", name, "sh", "-c", f"{line}; echo $?").stdout.split()[-1]


def reactions(environ, container):
    """Return what the log has of a container."""
    log = Path(environ["PRATIQUE_DATA_DIR"]) / "responses/reactions.json"
    lines = log.read_bytes().splitlines() if log.exists() else []
    found = [json.loads(line) for line in lines]
    return [
        one
        for one in found
        if one["container_id"] == container and one["measure"] == "refuse-execution"
    ]


def refused(environ, container):
    """Return what the gate says it refused, for the reason of the measure."""
    return {
        one["target"]
        for one in reactions(environ, container)
        if (one["detail"], one["reason"]) == ("refused by the gate", "response image-only")
    }


def test_done_means_refused(podman, environ, image, files, plan) -> None:
    """In an image's container and in one of a mere folder, begun before the watch and after it."""
    kinds = {"image": (image,), "folder": ("--rootfs", f"{files}:O")}
    begun = {
        f"before-{kind}": begin(podman, f"before-{kind}", *what) for kind, what in kinds.items()
    }
    with Watcher(environ, "--responses", str(plan), "--enforce") as watcher:
        for kind, what in kinds.items():
            begun[f"after-{kind}"] = begin(podman, f"after-{kind}", *what)
        for name, container in begun.items():
            podman.run("exec", name, "sh", "-c", DROP)
            wait_for("the reaction", lambda of=container: reactions(environ, of))
            (first, *_) = reactions(environ, container)
            assert first["outcome"] == "done", first
            for what, (line, code) in AGAIN.items():
                assert said(podman, name, line) == code, (name, what, watcher.remarks)
            wait_for("what was refused", lambda of=container: refused(environ, of) >= TOLD)
    for name in begun:
        assert said(podman, name, "/tmp/true") == "0"


def test_without_an_overlay_it_fails(
    podman_program, files, plan, tmp_path_factory, environ
) -> None:
    """What the image lacks cannot be told there, and nobody claims that it was refused."""
    folder = Path(tmp_path_factory.mktemp("v"))
    plain = podman_environ(folder, "vfs")
    podman = Podman(podman_program, plain, folder)
    more = {**plain, "PRATIQUE_DATA_DIR": str(folder / "data")}
    plan.write_text(PLAN.replace("drifted-executable", "preload-file-written"))
    try:
        with Watcher(more, "--responses", str(plan), "--enforce"):
            container = begin(podman, "plain", "--rootfs", str(files))
            said(podman, "plain", ": >/etc/ld.so.preload")
            wait_for("the reaction", lambda: reactions(more, container))
        assert {one["outcome"] for one in reactions(more, container)} == {"failed"}
        assert "no overlay" in reactions(more, container)[0]["detail"]
    finally:
        podman.run("rm", "-af", "-t", "0")
