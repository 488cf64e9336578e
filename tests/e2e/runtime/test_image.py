"""A scan and a watch know the same image: an alert tells its digest, what was added, and the verdict."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.engines import wait_for
from tests.e2e.runtime.watching import Watcher

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

IMAGE = "localhost/tool:1"


@pytest.fixture(scope="module")
def image(podman, need, short_folder) -> str:
    """Make an image of a static busybox; return its name."""
    root = short_folder / "fs"
    (root / "bin").mkdir(parents=True)
    (root / "etc").mkdir()
    (root / "etc/os-release").write_text('ID=alpine\nVERSION_ID=3.19.1\nNAME="Alpine Linux"\n')
    (root / "bin/busybox").write_bytes(Path(need("busybox")).read_bytes())
    (root / "bin/busybox").chmod(0o755)
    for name in ("sh", "cp", "true", "sleep"):
        (root / "bin" / name).symlink_to("busybox")
    archive = short_folder / "fs.tar"
    subprocess.run([need("tar"), "-C", str(root), "-cf", str(archive), "."], check=True)
    done = podman.run("import", "-q", str(archive), IMAGE)
    assert done.returncode == 0, done.stderr
    return IMAGE


def test_a_container_that_ends_at_once_is_named(podman, environ, image) -> None:
    with Watcher(environ) as watcher:
        done = podman.run(
            "run", "--replace", "--name", "blink", image, "sh", "-c", ": >/etc/ld.so.preload"
        )
        assert done.returncode == 0, done.stderr
        wait_for("the alert", lambda: _grave(watcher, "preload-file-written", "blink"))
    (alert,) = _grave(watcher, "preload-file-written", "blink")
    assert alert["container"]["name"] == "blink"
    assert alert["container"]["image"] == image


def test_containers_that_are_gone_before_the_watch_looks_are_named(podman, environ, image) -> None:
    """What their engine says of them later is waited for."""
    names = [f"moment-{number}" for number in range(3)]
    deed = ("sh", "-c", ": >/etc/ld.so.preload")
    with Watcher(environ) as watcher:
        watcher.running.send_signal(signal.SIGSTOP)
        for name in names:
            done = podman.run("run", "--rm", "--replace", "--name", name, image, *deed)
            assert done.returncode == 0, done.stderr
        watcher.running.send_signal(signal.SIGCONT)
        for name in names:
            wait_for("the alert", lambda name=name: _grave(watcher, "preload-file-written", name))
    for name in names:
        (alert,) = _grave(watcher, "preload-file-written", name)
        assert alert["container"]["image"] == image
        assert f"container={name} image=localhost/tool" in alert["output"]


def test_drift_tells_the_digest_and_the_verdict_of_the_scanned_image(
    podman, environ, image, short_folder
) -> None:
    """What was added is judged by the files that the scan remembered."""
    saved = short_folder / "image.tar"
    # An engine does not write over what an earlier try left.
    saved.unlink(missing_ok=True)
    assert podman.run("save", "-q", "-o", str(saved), image).returncode == 0
    scanned = subprocess.run(
        [sys.executable, "-m", "pratique", "gate", "--store", "--scanners", "malware", str(saved)],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert scanned.returncode in (0, 1, 3), scanned.stderr
    with Watcher(environ) as watcher:
        done = podman.run(
            "run",
            "--replace",
            "--name",
            "drifts",
            image,
            "sh",
            "-c",
            "cp /bin/busybox /true; /true; sleep 1",
        )
        assert done.returncode == 0, done.stderr
        wait_for("the alert", lambda: _grave(watcher, "drifted-executable", "drifts"))
    (alert,) = _grave(watcher, "drifted-executable", "drifts")
    assert alert["container"]["digest"].startswith("sha256:")
    assert alert["output_fields"]["pratique.unknown"] == ""
    assert alert["verdict"] is not None


def _grave(watcher: Watcher, rule: str, container: str):
    """
    Return each alert of a rule in a container of ours, once.

    Other containers may run here, and a story that grows is told again, with what it had.
    """
    return list(
        {
            said["id"]: said
            for one in tuple(watcher.told)
            for said in (*one.said.get("story", ()), one.said)
            if said["rule"] == rule and (said["container"] or {}).get("name") == container
        }.values()
    )
