"""A watch needs five capabilities and no root; without the two that load programs it says so."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.examples.test_agent import RIGHTS

pytestmark = pytest.mark.e2e
NOBODY = 65534
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(need: Callable[[str], str], short_folder: Path) -> Run:
    """Return what runs `pratique watch` as nobody with some capabilities."""
    if os.geteuid() != 0 or not Path("/sys/kernel/btf/vmlinux").exists():
        missing("ebpf", "needs root, and a kernel that describes its types")
    setpriv = need("setpriv")
    os.chown(short_folder, NOBODY, NOBODY)

    def start(rights: Iterable[str], *words: str) -> "subprocess.CompletedProcess[str]":
        given = ",".join(["-all", *(f"+{one.lower()}" for one in sorted(rights))])
        return subprocess.run(
            [
                *(setpriv, f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"),
                *(f"--inh-caps={given}", f"--ambient-caps={given}", "--no-new-privs", "--"),
                *(sys.executable, "-m", "pratique", "watch", *words),
            ],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": os.environ["PATH"], "PRATIQUE_DATA_DIR": str(short_folder)},
        )

    return start


def test_five_capabilities_are_enough(run: Run) -> None:
    """Nobody with the five attaches every hook that root attaches, and sees what others do."""
    own = subprocess.run(
        [sys.executable, "-m", "pratique", "watch", "--probe"],
        capture_output=True,
        text=True,
        check=False,
    )
    with _busy():
        done = run(RIGHTS, "--sensor", "ebpf", "--seconds", "2", "-o", "json")

    assert _hooks(run(RIGHTS, "--probe").stdout) == _hooks(own.stdout)
    assert done.returncode == 0, done.stderr
    seen = re.search(r"pratique: (\d+) events, \d+ lost", done.stderr)
    assert seen is not None
    assert int(seen[1]) > 0


def test_hooks_of_control_groups_need_net_admin(run: Run) -> None:
    """Without it the sensor runs, and names what it cannot see."""
    full, less = run(RIGHTS, "--probe").stdout, run(RIGHTS - {"NET_ADMIN"}, "--probe").stdout

    assert less.startswith("ebpf           ready")
    assert "DNS questions" in less
    assert "DNS questions" not in full


@pytest.mark.parametrize("right", ["BPF", "PERFMON"])
def test_programs_need_the_right_to_load_them(run: Run, right: str) -> None:
    """Without it the sensor is not ready, and the error names what is missing."""
    done = run(RIGHTS - {right}, "--sensor", "ebpf", "--seconds", "1")

    assert done.returncode == 2
    assert "CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN" in done.stderr


@contextmanager
def _busy() -> Iterator[None]:
    """Run a program of somebody else over and over."""
    other = subprocess.Popen(["/bin/sh", "-c", "while :; do /bin/true; sleep 0.05; done"])
    try:
        yield
    finally:
        other.kill()
        other.wait()


def _hooks(probed: str) -> list[str]:
    """Return the lines of the sensor that loads programs."""
    first, *rest = probed.splitlines()
    return [first, *takewhile(lambda line: line.startswith(" "), rest)]
