"""Make what measures are tried on: processes of our own, alerts about them, means that remember."""

import subprocess
import sys
import time
from contextlib import contextmanager

from pratique.model.reaction import Measure
from pratique.responses.interface import Means, Order, Unable
from pratique.responses.node import Node
from tests.makers.alerts import CONTAINER, alert

NOW_NS = 1_800_000_000_000_000_000
SLEEP = "import sys, time; print('up', flush=True); time.sleep(600)"


@contextmanager
def sleeper(code=SLEEP, **more):
    """Run a Python program that says when it is up; it is ended at the end."""
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, **more)
    try:
        assert child.stdout.readline()
        yield child
    finally:
        child.kill()
        child.wait()
        child.stdout.close()


def about(pid, **changed):
    """Return an alert, told now, about a running process of this node."""
    running = Node().running(pid)
    facts = {
        "pid": pid,
        "workload": None,
        "time_ns": time.time_ns(),
        "process_started_ns": running.started_ns if running else 0,
    }
    return alert(**(facts | changed))


def order(measure, **changed):
    """Return an order that is to be carried out."""
    facts = {"measure": Measure(measure), "reason": "response test", "dry_run": False}
    return Order(**(facts | changed))


def means(**changed):
    """Return means with a clock that stands still."""
    return Means(**({"now_ns": lambda: NOW_NS} | changed))


ROOT = "83 53 {device} / / rw - overlay overlay rw,lowerdir=/l,upperdir=/u,workdir=/w\n"
INIT = 77
"""The first process of the container in ``node_tree``."""


def node_tree(folder, v1=f"/box/libpod-{CONTAINER}/inner", v2=f"/box/libpod-{CONTAINER}"):
    """Make a /proc with the first process of a container, and both hierarchies; gives the /proc."""
    proc = folder / "proc"
    (proc / str(INIT)).mkdir(parents=True)
    (proc / "self").mkdir()
    stat = f"{INIT} (init) S 1 {INIT} {INIT} 0 -1 4194560 " + "0 " * 12 + "500 " + "0 " * 30
    (proc / str(INIT) / "stat").write_text(stat)
    (proc / str(INIT) / "cgroup").write_text(f"8:pids:{v1}\n0::{v2}\n")
    (proc / str(INIT) / "status").write_text(f"NSpid:\t{INIT}\t1\n")
    (proc / str(INIT) / "mountinfo").write_text(ROOT.format(device="0:51"))
    (proc / "self/mountinfo").write_text(
        f"37 31 0:34 / {folder}/v1 rw - cgroup cgroup rw,pids\n"
        f"41 31 0:38 / {folder}/v2 rw - cgroup2 cgroup2 rw\n"
    )
    for place, path in ((folder / "v1", v1), (folder / "v2", v2)):
        (place / path.lstrip("/")).mkdir(parents=True)
    return proc


class Remembering:
    """A sensor and engine that remember what they were asked, or cannot do it."""

    def __init__(self, error=None):
        self.asked, self.error = [], error

    def deny(self, cgroup, cgroup_v1, address, port):
        """Remember a destination."""
        self._note("deny", cgroup, cgroup_v1, address, port)

    def refuse(self, workload, cgroup, cgroup_v1):
        """Remember a container."""
        self._note("refuse", workload.id, cgroup, cgroup_v1)
        return "by a fake"

    def pause(self, workload):
        """Remember a container."""
        self._note("pause", workload.id)
        return "paused by a fake"

    def stop(self, workload, grace_s):
        """Remember a container."""
        self._note("stop", workload.id, grace_s)
        return "stopped by a fake"

    def _note(self, *what):
        if self.error:
            raise self.error
        self.asked.append(what)


UNABLE = Unable("the fake is unable")
