"""
The agent watches with what the DaemonSet gives it, and with nothing else.

As `python -m tools.agent` tries the image, but offline: the container is one of this machine's own
files (``--rootfs /:O``), with the program of this checkout. What the manifest says is what podman is
told: capabilities, user, mounts, a read-only root, limits; and the seccomp profile for the rest.
"""

import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tools import agent

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]
ROOTFS = ("--rootfs", "/:O")
CHECKOUT = [word for place in {str(ROOT), sys.prefix} for word in ("-v", f"{place}:{place}:ro")]
"""It may lie below /tmp, which is the agent's own."""
FIVE = 0xC000081004
"""BPF, PERFMON, NET_ADMIN, SYS_PTRACE, DAC_READ_SEARCH (include/uapi/linux/capability.h)."""


def test_the_agent_watches_as_the_manifest_starts_it(podman, environ, tmp_path: Path) -> None:
    """It names another container, tells what that one does, serves numbers and ends when asked."""
    storage = f"CONTAINERS_STORAGE_CONF={environ['CONTAINERS_STORAGE_CONF']}"
    seen = list(
        agent.prove(
            podman.run,
            ("-e", storage, *CHECKOUT, *ROOTFS),
            tmp_path,
            victim=ROOTFS,
            program=(sys.executable, "-m", "pratique"),
        )
    )

    assert "watching tried-node by ebpf" in seen[0]
    assert len(seen) == 4


def test_it_has_the_five_capabilities_and_no_way_to_more(podman, short_folder: Path) -> None:
    """What the kernel says of a process that was started so."""
    words = ("grep", "-E", "Cap(Prm|Eff|Bnd)|NoNewPrivs|Seccomp:", "/proc/self/status")
    done = podman.run("run", "--rm", *agent.options(short_folder), *ROOTFS, *words)
    said = dict(line.split(":\t") for line in done.stdout.splitlines())

    assert {int(said[f"Cap{name}"], 16) for name in ("Prm", "Eff", "Bnd")} == {FIVE}
    assert (said["NoNewPrivs"], said["Seccomp"]) == ("1", "2")
