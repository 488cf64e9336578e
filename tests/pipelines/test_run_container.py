"""The sandbox is closed whatever the image wants, and what goes wrong is said; tests/e2e runs it."""

from pathlib import Path

import pytest

from pratique.pipelines.run_container import (
    NOBODY,
    SandboxError,
    listening,
    run_container,
    sandbox_options,
)
from tests.makers.fake_tools import program

TCP = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:1FA3 00000000:0000 0A 00000000:00000000 00:00000000 00000000 65534        0 1 1
   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000 65534        0 2 1
   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 3 1
"""


def test_ports_that_are_listened_at(tmp_path):
    """Of both protocols; a connection is none."""
    (tmp_path / "tcp").write_text(TCP)
    assert listening(tmp_path) == {8099, 80}
    (tmp_path / "tcp6").write_text(TCP.replace("00000000:1FA3", f"{'0' * 32}:01BB"))
    assert listening(tmp_path) == {8099, 80, 443}


def test_the_sandbox_is_closed():
    """No network, no capability, no privilege, nothing to write but memory, everything bounded."""
    options = " ".join(sandbox_options(NOBODY, 60))
    for wanted in (
        "--network none",
        "--cap-drop all",
        "--security-opt no-new-privileges",
        "--read-only",
        "--memory 1g",
        "--pids-limit 256",
        "--cpus 2",
        "--timeout 60",
        "--pull never",
        f"--user {NOBODY}",
    ):
        assert wanted in options
    assert "--user" not in sandbox_options("", 60)
    assert not {"--privileged", "--volume", "-v", "--device", "--publish", "-p"} & set(
        sandbox_options("", 60)
    )


PODMAN = """
log = open(os.path.join(os.path.dirname(sys.argv[0]), "calls"), "a")
words = [one for one in arguments]
log.write(" ".join(words) + chr(10))
if "pull" in words: print("0123abcd")
if "run" in words: sys.exit("no groups" if "--cgroup-manager" in words else "it may not")
"""


def test_a_container_that_cannot_start_is_told_and_cleared(tmp_path):
    """The first reason is given, everything is removed, nothing is left on the disk."""
    podman = program(tmp_path, "podman", PODMAN)
    (tmp_path / "layout").mkdir()
    with (
        pytest.raises(
            SandboxError, match="podman cannot start it: it may not; another way: no groups"
        ),
        run_container(str(podman), tmp_path / "layout", (80,), "", 60),
    ):
        pass
    calls = (tmp_path / "calls").read_text().splitlines()
    root = calls[0].split()[1]
    assert not Path(root).parent.exists()
    assert all(f"--root {root}" in one for one in calls)
    assert any(" rm --force " in one for one in calls)
    assert calls[-1].endswith("rmi --all --force")


def test_an_image_that_cannot_be_loaded_is_told(tmp_path):
    """With podman's own words."""
    podman = program(tmp_path, "podman", "sys.exit('no space left')")
    with (
        pytest.raises(SandboxError, match="cannot load the image: no space left"),
        run_container(str(podman), tmp_path, (80,), "", 60),
    ):
        pass
